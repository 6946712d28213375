/**
 * What a report says, whatever it looks like. `docs/schemas/report-1.schema.json` describes the same for other programs.
 *
 * Times are integer ns from the run's origin, ratios are from 0 to 1, null is "not known", and everything is sorted, so the
 * same input gives the same bytes. Within version 1 fields are only ever added.
 */
import type {
  BubbleCause,
  BubbleKind,
  Definition,
  FigureUnit,
  PathKind,
  Phase,
  StepSource,
  TimeFigure,
  WindowRule,
} from '../../analysis/index.ts';
import type { DiagnosticKind, Severity } from '../../base/index.ts';
import type { AlignMethod } from '../../timeline/index.ts';
import type { ReportFlame, ReportHost } from './host-document.ts';
import type { ReportDistribution, ReportLatency, ReportMetric } from './report-metrics.ts';
import type { AbsentReason, Section } from './sections.ts';

export const REPORT_SCHEMA = 'traceconv.report/1';

export interface ReportDocument {
  readonly schema: typeof REPORT_SCHEMA;
  readonly tool: { readonly name: string; readonly version: string };
  /** The absolute time of 0, in ns of the captures' clock; text, because it does not fit a JSON number. */
  readonly originNs: string;
  readonly inputs: readonly ReportInput[];
  readonly environment: ReportEnvironment;
  /** From the first start to the last end of what all devices' windows cover; null where no device ran an op. */
  readonly window: ReportWindow | null;
  readonly selection: ReportSelection;
  readonly dataQuality: ReportQuality;
  /** Of all devices, also where the section was not asked for: other sections are shares of them. */
  readonly totals: readonly DeviceTotals[];
  readonly steps: ReportSteps;
  readonly topOps: readonly ReportOp[];
  readonly opClasses: readonly ReportOpClass[];
  readonly bubbles: ReportBubbles | null;
  readonly overlap: readonly ReportCombination[];
  readonly ranks: ReportRanks | null;
  readonly criticalPath: readonly ReportCriticalPath[];
  readonly metrics: readonly ReportMetric[];
  readonly distributions: readonly ReportDistribution[];
  readonly latencies: readonly ReportLatency[];
  /** Measured values that are NaN or infinite, and left out. */
  readonly metricsLeftOut: number;
  readonly findings: readonly ReportFinding[];
  readonly vendor: readonly ReportVendorFigure[];
  /** The numbers of another tool, by its own definitions; null where they were not asked for. */
  readonly definitions: ReportDefinitions | null;
  /** What hosts do for their devices, and the stacks of their threads; null where they were not asked for. */
  readonly host: ReportHost | null;
  readonly flame: ReportFlame | null;
  /** Why a section says nothing, or not all. */
  readonly absent: readonly { readonly section: Section; readonly reason: AbsentReason }[];
}

/** What tells devices apart. The capture is named only where the rank is not known or has several captures. */
export interface DeviceName {
  readonly rank: number | null;
  readonly device: number | null;
  readonly capture: string | null;
}

export interface ReportInput {
  /** As the user knows it. */
  readonly path: string;
  /** Of the file's bytes as they lie on the disk. */
  readonly sha256: string | null;
  readonly reader: string;
  /** The profiler's own word for how much it recorded, as "Level1". */
  readonly level: string | null;
}

export interface ReportEnvironment {
  readonly device: string | null;
  /** The code of the chip's family as the profiler numbers it; and what the vendor calls that, where it is known. */
  readonly chip: string | null;
  readonly chipName: string | null;
  readonly toolkit: string | null;
  /** How many ranks the job has; some may not be among the inputs. */
  readonly world: number | null;
  /** Ranks that share the tensors of one layer, and stages of the pipeline. */
  readonly tp: number | null;
  readonly pp: number | null;
}

export interface ReportWindow {
  readonly startNs: number;
  readonly endNs: number;
  readonly rule: WindowRule;
}

/** What part of the run was asked for; null: all of it. */
export interface ReportSelection {
  readonly range: { readonly fromNs: number; readonly toNs: number | null } | null;
  readonly steps: string | null;
}

export interface ReportQuality {
  /** How often each kind of diagnostic occurred. */
  readonly diagnostics: Readonly<Partial<Record<DiagnosticKind, number>>>;
  /** What these are: a pipeline may stop at `data_loss`. In English. */
  readonly messages: Readonly<Partial<Record<DiagnosticKind, ReportMessage>>>;
  /** Rows of op tables that describe no op of the timeline; null where there was nothing to match. */
  readonly unmatchedOps: number | null;
  /** How many graphs were launched of which no device shows anything. */
  readonly unseenGraphCount: number;
  /** How far the clocks of host and device may be apart. */
  readonly skewNs: number | null;
}

export interface ReportMessage {
  readonly severity: Severity;
  readonly text: string;
}

/** compute + exposedComm + deviceIdle = window, and computeIdle = deviceIdle + exposedComm. */
export interface DeviceTotals extends DeviceName {
  readonly windowNs: number;
  readonly computeNs: number;
  readonly commNs: number;
  readonly exposedCommNs: number;
  readonly copyNs: number | null;
  readonly deviceIdleNs: number;
  /** Of that, what comes after the launch of a graph that no device shows: it may have run then. */
  readonly unseenGraphNs: number;
  readonly computeIdleNs: number;
  readonly vendorFreeNs: number | null;
}

export interface ReportSteps {
  readonly source: StepSource;
  readonly confidence: number;
  readonly items: readonly ReportStep[];
  /** Steps of which the chosen range holds only a part; no figure is of them. Their times are those of the whole step. */
  readonly cut: readonly ReportCutStep[];
  readonly byPhase: Readonly<Partial<Record<Phase, ReportPhase>>>;
}

export interface ReportCutStep extends DeviceName {
  readonly id: string;
  readonly phase: Phase;
  readonly startNs: number;
  readonly durNs: number;
}

export interface ReportStep extends DeviceName {
  readonly id: string;
  readonly phase: Phase;
  readonly startNs: number;
  readonly durNs: number;
  readonly isFirst: boolean;
  readonly isOutlier: boolean;
  readonly computeNs: number;
  readonly exposedCommNs: number;
  readonly deviceIdleNs: number;
  readonly topOps: readonly { readonly key: string; readonly totalNs: number }[];
}

/** The mean step of a phase; of the phase `decode` that is the mean token. */
export interface ReportPhase {
  /** A step that several devices took together counts once; in several captures of one device it counts each time. */
  readonly count: number;
  readonly deviceCount: number;
  readonly p50Ns: number;
  readonly p95Ns: number;
  readonly meanNs: number;
  /** Steps of each device that are neither its first nor outliers; what follows is their mean. */
  readonly usualCount: number;
  readonly usualMeanNs: number;
  readonly computeNs: number;
  readonly exposedCommNs: number;
  readonly deviceIdleNs: number;
  readonly ops: readonly ReportPhaseOp[];
}

export interface ReportPhaseOp {
  readonly key: string;
  readonly nsPerStep: number;
  readonly countPerStep: number;
  /** Of the length of such a step. */
  readonly share: number;
}

export interface ReportOp {
  readonly key: string;
  readonly type: string | null;
  readonly name: string | null;
  readonly shape: string | null;
  readonly class: string | null;
  readonly count: number;
  readonly totalNs: number;
  readonly selfNs: number | null;
  readonly meanNs: number;
  readonly p50Ns: number | null;
  readonly p95Ns: number | null;
  readonly maxNs: number | null;
  readonly shareOfBusy: number;
  readonly perStepNs: number | null;
}

export interface ReportOpClass {
  readonly class: string;
  readonly count: number;
  readonly totalNs: number;
  readonly share: number;
}

/** groups + belowThreshold = total, the idle time of this kind over all devices. */
export interface ReportBubbles {
  readonly kind: BubbleKind;
  readonly thresholdNs: number;
  readonly totalNs: number;
  readonly belowThresholdNs: number;
  readonly belowThresholdCount: number;
  /** All of them, those that lose most first. */
  readonly groups: readonly ReportBubbleGroup[];
  /** How long bubbles are: from a length to below the next one. */
  readonly histogram: readonly ReportBubbleLengths[];
  readonly count: number;
  /** The longest. */
  readonly items: readonly ReportBubble[];
}

export interface ReportBubbleLengths {
  readonly fromNs: number;
  readonly count: number;
  readonly totalNs: number;
  /** What these consist of, by the order of causes; those without any are left out. */
  readonly causes: readonly { readonly cause: BubbleCause; readonly count: number; readonly totalNs: number }[];
}

export interface ReportBubbleGroup {
  readonly cause: BubbleCause;
  /** Types of the ops, which may be empty; null at the edges of the window. */
  readonly before: string | null;
  readonly after: string | null;
  readonly count: number;
  readonly totalNs: number;
}

export interface ReportBubble extends DeviceName {
  readonly stream: string | null;
  readonly startNs: number;
  readonly durNs: number;
  readonly cause: BubbleCause;
  readonly confidence: number;
  readonly stepId: string | null;
  /** Names of the ops, which may be empty; null at the edges of the window. */
  readonly before: string | null;
  readonly after: string | null;
}

/** The time in which exactly these run, or nothing of it: all that any time is spent in, so they add up to the window. */
export interface ReportCombination extends DeviceName {
  readonly compute: boolean;
  readonly communication: boolean;
  readonly copy: boolean;
  readonly totalNs: number;
}

export interface ReportRanks {
  /** What comparisons of times between ranks rest on. */
  readonly alignment: {
    readonly method: AlignMethod | 'one-clock';
    /** How far the ends of one collective are apart. */
    readonly residualMedianNs: number | null;
    readonly residualMaxNs: number | null;
    /** Smaller differences between starts mean nothing. */
    readonly toleranceNs: number | null;
  };
  /** What each rank did in each step, or in all of the run where no steps are known. */
  readonly items: readonly ReportRankStep[];
  /** Ranks that others wait for, those that cost most first. */
  readonly slow: readonly ReportSlowRank[];
  readonly slowLinks: readonly ReportLink[];
}

export interface ReportRankStep extends DeviceName {
  readonly stepId: string | null;
  /** After the first rank to start it. */
  readonly startSkewNs: number | null;
  readonly durNs: number | null;
  readonly computeNs: number | null;
  readonly exposedCommNs: number | null;
  readonly idleNs: number | null;
  /** In collectives, for other ranks; and what is left of them. */
  readonly waitNs: number | null;
  readonly transferNs: number | null;
}

export interface ReportSlowRank extends DeviceName {
  /** In how many collectives it came last, of how many it took part in. */
  readonly votes: number;
  readonly collectives: number;
  /** What the others lost to it, added up over them. */
  readonly lostNs: number;
  readonly confidence: number;
  readonly reason: 'computes-longer' | 'communicates-longer' | 'host-late' | 'idle' | 'unknown';
}

export interface ReportLink {
  /** Ranks count from 0 in their group; null where no group is named. */
  readonly group: string | null;
  readonly fromRank: number | null;
  readonly toRank: number | null;
  readonly transport: string | null;
  readonly bytesPerSecond: number;
  /** Of the median of links of the same transport. */
  readonly ratio: number;
}

export interface ReportCriticalPath extends DeviceName {
  readonly stepId: string;
  readonly durNs: number;
  /** What the path consists of; together they last as long as the step. Those with the most time first. */
  readonly kinds: readonly { readonly kind: PathKind; readonly onPathNs: number }[];
  /** Those that shorten the step most first. */
  readonly ops: readonly {
    readonly key: string;
    readonly count: number;
    readonly onPathNs: number;
    /** What the step could win at most. */
    readonly stakeNs: number;
  }[];
  /** What the host did on the path: its innermost ops, calls and frames; null where none is recorded. By time. */
  readonly host: readonly { readonly name: string | null; readonly count: number; readonly onPathNs: number }[];
}

export interface ReportFinding {
  readonly rule: string;
  /** What could be won at most. */
  readonly stakeNs: number;
  readonly confidence: number;
  readonly at: DeviceName | null;
  readonly window: { readonly startNs: number; readonly endNs: number } | null;
  readonly evidence: Readonly<Record<string, number | string | readonly string[] | null>>;
}

/** A figure of the profiler's own tools beside ours. */
export interface ReportVendorFigure extends DeviceName {
  readonly step: string | null;
  readonly figure: TimeFigure;
  readonly vendorNs: number | null;
  readonly oursNs: number | null;
  readonly differenceNs: number | null;
  /** How much of the difference rounding can explain. */
  readonly roundingNs: number;
  /** The name of the file. */
  readonly source: string;
  readonly window: WindowRule | null;
}

export interface ReportDefinitions {
  readonly definition: Definition;
  readonly rows: readonly ReportDefinitionRow[];
}

/** A number as the tool would give it, in its own unit. */
export interface ReportDefinitionRow extends DeviceName {
  readonly table: string;
  readonly stream: number | null;
  readonly step: string | null;
  /** A kind or a name of kernels. */
  readonly subject: string | null;
  readonly figure: string;
  readonly unit: FigureUnit;
  readonly value: number | null;
}
