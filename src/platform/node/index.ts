/**
 * The machine as Node sees it: finding files, opening them (gzip undone, pipes spooled), and writing outputs whole or
 * not at all. Knows nothing of traces.
 */
export { identityAt } from './find.ts';
export { NodeHost } from './host.ts';
export { writeOutput } from './output.ts';
export { removeUnfinished } from './unfinished.ts';
