/**
 * The model every reader fills and everything else reads: columns of slices, instants, counters and flows on tracks,
 * with integer nanoseconds. How to build, check, cut and print it lives here; no file format does.
 */
export * from './alignment.ts';
export { type ArgColumn, argColumns, type ArgKey } from './arg-column.ts';
export { type OpenPart, TimelineBuilder } from './builder.ts';
export { CaptureNames } from './capture-names.ts';
export { type CollectiveName, collectiveOfName, isPointToPoint, Occurrences, plainType } from './collective-names.ts';
export { FLOW_END } from './columns.ts';
export { commonDeviceWord } from './device-words.ts';
export { type DumpOptions, dumpTimeline } from './dump.ts';
export type { EventRows } from './event-rows.ts';
export { assertIntegrity } from './integrity.ts';
export { jobsOf, overlapInTime } from './jobs.ts';
export * from './model.ts';
export { hasOwnClock, setOwnClock } from './own-clock.ts';
export { opTypeOfName } from './op-type.ts';
export { fileName, lastFolder, partsOf, rankOf, type RunPart } from './parts.ts';
export { StringTable } from './strings.ts';
export {
  type Better,
  canonicalMetric,
  knownMetric,
  METRIC_FAMILIES,
  type MetricFamily,
  metricFamily,
  type MetricUnit,
  STATISTICS,
} from './known-metrics.ts';
export {
  type BucketRow,
  bucketRows,
  histogramTable,
  type Labels,
  labelsFrom,
  labelsText,
  type Metric,
  metricsOf,
  metricTable,
  type SampleRow,
  sampleTable,
  samplesOf,
} from './run-metrics.ts';
export { type CellKind, TableBuilder } from './table-builder.ts';
export { type Table, tableCell, type TableColumn, type TableKind } from './table.ts';
export type { ProcessDraft, TrackDraft, TrackNaming } from './tracks.ts';
export { type TypedKeySpec, typedColumns } from './typed-args.ts';
export type { TypedColumn } from './typed-column.ts';
