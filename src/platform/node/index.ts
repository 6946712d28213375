/**
 * The machine as Node sees it: finding files, opening them (gzip undone, pipes spooled), writing outputs whole or
 * not at all, and asking for a page. Knows nothing of traces.
 */
export { fetchPage, isWeb, PageFailure } from './fetch-page.ts';
export { identityAt } from './find.ts';
export { GrowingFile } from './growing-file.ts';
export { NodeHost } from './host.ts';
export { writeOutput } from './output.ts';
export { removeUnfinished } from './unfinished.ts';
