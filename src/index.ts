/**
 * The library: open captures as a Run, ask it questions, write it out.
 */
export * from './analysis/index.ts';
export * from './base/index.ts';
export { NodeHost, writeOutput } from './platform/node/index.ts';
export { LANGUAGES, type Language } from './locale/index.ts';
export { readers } from './readers/index.ts';
export * from './report/index.ts';
export { type OpenedFile, type OpenedRun, type OpenOptions, openRun } from './session/index.ts';
export { answer, decodeAnswer, encodeAnswer, prepare, ViewedRun } from './session/requests/index.ts';
export type * as requests from './session/requests/protocol.ts';
export { cutRun, type TimeRange, type TrackFilter, WHOLE_RANGE } from './timeline/cut.ts';
export * from './timeline/index.ts';
export { type Output, type Write, type WriteOptions, type Writer, writers } from './writers/index.ts';
