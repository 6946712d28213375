/**
 * Questions put to a finished run: pure functions from timelines to numbers. Reading, printing and drawing live elsewhere.
 */
export { countRows, describeRun, type RowCounts, type RunFacts, type TrackFacts } from './run-facts.ts';
export { type OpTime, topOps } from './top-ops.ts';
