/** What a page of one file carries as data, by the ids of its elements. */
export const WORKER_ELEMENT = 'traceconv-worker';
export const SAVED_ELEMENT = 'traceconv-saved';
