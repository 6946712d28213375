/**
 * What a viewer may ask of an opened run. protocol.ts says what can be asked and what comes back; handlers.ts is the table of
 * who answers, which the HTTP server and the worker share; codec.ts makes bytes of answers. A request is a file of its name,
 * a pure function of the run, and what is costly is worked out once per run (per-run.ts). Nothing of how asks and answers travel
 * is known here.
 */
export { decodeAnswer, encodeAnswer } from './codec.ts';
export { answer, HANDLERS } from './handlers.ts';
export { prepare } from './prepare.ts';
export type * from './protocol.ts';
export { ViewedRun } from './viewed-run.ts';
