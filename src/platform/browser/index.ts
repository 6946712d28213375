/**
 * The machine as a page of a browser sees it: files that were dropped, chosen or embedded, gzip undone. Knows nothing of
 * traces.
 */
export { gunzipWhole } from './gunzip.ts';
export { BrowserHost, type BrowserFile } from './host.ts';
