/**
 * Questions put to a finished run: pure functions from timelines to numbers. Reading, printing and drawing live elsewhere.
 */
export { type Intervals, lengthNs } from './intervals.ts';
export { type OpClass, opClasses } from './op-class.ts';
export { opTypeKey, type OpTypeTimes, opTypeTimes } from './op-types.ts';
export { type DeviceId, deviceKey } from './device-id.ts';
export { type TimeWindow } from './extent.ts';
export {
  type DeviceOverlap,
  deviceOverlaps,
  type DeviceWork,
  deviceWork,
  overlapOf,
  type OverlapTotals,
  WINDOW_RULES,
  type WindowRule,
} from './overlap.ts';
export { type ProcessGroup, processGroups } from './process-groups.ts';
export {
  criticalPath,
  type CriticalPath,
  CriticalPaths,
  PATH_KINDS,
  type PathKind,
  type PathOp,
  type PathOptions,
  type PathSegments,
} from './critical-path/critical-path.ts';
export { type Collectives, collectivesOf, WAIT_SOURCES, type WaitSource } from './collectives/collectives.ts';
export {
  type Footing,
  type Link,
  rankFigures,
  type RankFigures,
  type RankStep,
  type SlowRank,
  type SlowRanks,
  type SlowReason,
  type Spread,
  type TransferGroup,
} from './ranks/rank-figures.ts';
export { countRows, describeRun, type RowCounts, type RunFacts, type TrackFacts } from './run-facts.ts';
export { type OpGrouping, type OpTime, topOps } from './top-ops.ts';
export type { OpFigure, TimeFigure, VendorFigure } from './vendor-figure.ts';
export { vendorFigures } from './vendor-figures.ts';
