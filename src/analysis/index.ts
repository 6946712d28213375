/**
 * Questions put to a finished run: pure functions from timelines to numbers. Reading, printing and drawing live elsewhere.
 *
 * `analyseRun` says of each device what ran (`device-tasks`), what it did of the time (`overlap`), and finds its steps
 * (`steps`) and bubbles (`bubbles`). The other folders answer questions about that: `top-ops`, `collectives` and `ranks`,
 * `critical-path`, `findings`, `compare`. `definitions` and `vendor-*` give the numbers of other tools, from the run alone.
 * `host` says what hosts do for their devices: launches, queues, copies, marked ranges, stacks.
 * `detail` says what rows of slices, counters and devices look like in columns of pixels.
 * docs/analysis.md says what each number means.
 */
export * from './compare/index.ts';
export { ownThresholdNs } from './bubbles/threshold.ts';
export { analyseRun, type AnalysisOptions, type DeviceAnalysis, type RunAnalysis } from './analyse-run.ts';
export {
  BUBBLE_CAUSES,
  BUBBLE_KINDS,
  type BubbleCause,
  type BubbleKind,
  type DeviceBubbles,
} from './bubbles/bubble.ts';
export type { ClockSkew } from './bubbles/clock-skew.ts';
export { type BubbleOptions, findBubbles } from './bubbles/find-bubbles.ts';
export { type FreeTime, freeTimes } from './bubbles/free-time.ts';
export { unseenGraphCount, unseenGraphNs } from './bubbles/unseen-graphs.ts';
export { type BubbleGroup, type BubbleRow, groupBubbles, topBubbles } from './bubbles/group-bubbles.ts';
export { chipName } from './chip-names.ts';
export { type Collectives, collectivesOf, WAIT_SOURCES, type WaitSource } from './collectives/collectives.ts';
export { COMBINATION_BITS, combinationsOf, type DeviceCombinations } from './combinations.ts';
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
export {
  type Definition,
  definitionFigures,
  type DefinitionFigures,
  type DefinitionRow,
  DEFINITIONS,
  type FigureUnit,
} from './definitions/index.ts';
export { type DeviceId, deviceKey } from './device-id.ts';
export { type Environment, environmentOf } from './environment.ts';
export type { TimeWindow } from './extent.ts';
export type { Evidence, Finding } from './findings/finding.ts';
export { findings } from './findings/index.ts';
export type { Annotation } from './host/annotations.ts';
export type { CopyBandwidth } from './host/copy-bandwidth.ts';
export { withDerivedCounters } from './host/derived-counters.ts';
export { frameShares, largestFrames, readingOrder } from './host/flame-order.ts';
export {
  compareHostOps,
  HOST_OP_CHANGES,
  type HostOpChange,
  type HostOpsCompared,
  type HostOpsOfRun,
} from './host/compare-host-ops.ts';
export { hostOpTotals } from './host/host-op-totals.ts';
export { type DeviceHost, hostFigures, type HostFigures } from './host/host-figures.ts';
export { type HostFlame, hostFlame } from './host/host-flame.ts';
export type { DelaySpread, LaunchDelays } from './host/launch-delay.ts';
export { type LauncherGroup, type LauncherKind, LAUNCHERS } from './host/launched-by.ts';
export { type Measure, MEASURES } from './host/measures.ts';
export type { QueueLength } from './host/queue-length.ts';
export { meansOver, type RunningSum } from './host/running-sum.ts';
export { type Intervals, lengthNs } from './intervals.ts';
export { type OpClass, opClasses } from './op-class.ts';
export { OP_KINDS, type OpKind } from './op-kind.ts';
export { opTypeKey, type OpTypeTimes, opTypeTimes } from './op-types.ts';
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
export { Settings } from './settings.ts';
export type { StepOptions } from './steps/find-steps.ts';
export { type MeanOp, type PhaseFigures, phaseFigures, type StepFigures, stepFigures } from './steps/step-figures.ts';
export { type DeviceSteps, type Phase, PHASES, type Step, type StepSource } from './steps/step.ts';
export { type OpGrouping, parseGrouping } from './top-ops/grouping.ts';
export { type OpGroup, topOps, type TopOpsOptions } from './top-ops/top-ops.ts';
export type { OpFigure, TimeFigure, VendorFigure } from './vendor-figure.ts';
export { vendorFigures } from './vendor-figures.ts';
