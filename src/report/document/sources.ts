/**
 * The analyses a report rests on, each in the narrow shape that a section takes. What is missing here leaves its section
 * out, with the reason `not-worked-out`.
 */
import {
  type DeviceAnalysis,
  type DeviceId,
  type Finding,
  type Phase,
  type RunAnalysis,
  type Step,
  type TimeWindow,
  topOps,
} from '../../analysis/index.ts';
import { UsageError } from '../../base/index.ts';
import type { AlignMethod } from '../../timeline/index.ts';
import type { ReportSlowRank } from './report-document.ts';

/** Ops with something in common. Fields are undefined where the input cannot tell. */
export interface OpGroup {
  readonly key: string;
  readonly type?: string | undefined;
  readonly name?: string | undefined;
  readonly shape?: string | undefined;
  readonly opClass?: string | undefined;
  readonly count: number;
  readonly totalNs: number;
  readonly selfNs?: number | undefined;
  readonly meanNs: number;
  readonly p50Ns?: number | undefined;
  readonly p95Ns?: number | undefined;
  readonly maxNs?: number | undefined;
  readonly shareOfBusy: number;
  readonly perStepNs?: number | undefined;
}

export interface StepFigures {
  readonly step: Step;
  readonly durNs: number;
  readonly computeNs: number;
  readonly exposedCommunicationNs: number;
  readonly deviceIdleNs: number;
  readonly topOps: readonly { readonly key: string; readonly totalNs: number }[];
}

export interface PhaseFigures {
  readonly phase: Phase;
  readonly count: number;
  readonly p50Ns: number;
  readonly p95Ns: number;
  readonly meanNs: number;
  /** Of what the mean step is the mean: no first steps, no outliers. */
  readonly usualCount: number;
  readonly meanStep: {
    readonly durNs: number;
    readonly computeNs: number;
    readonly exposedCommunicationNs: number;
    readonly deviceIdleNs: number;
    readonly ops: readonly {
      readonly key: string;
      readonly nsPerStep: number;
      readonly countPerStep: number;
      readonly share: number;
    }[];
  };
}

/** By the number of the combination (1 compute, 2 communication, 4 copy, added up): the time in which exactly this ran. */
export interface Combinations extends DeviceId {
  readonly exclusiveNs: Float64Array;
}

export interface StepPath {
  readonly ops: readonly {
    /** A text of the tasks of the device. */
    readonly key: number;
    readonly count: number;
    readonly onPathNs: number;
    /** What the step could win at most; undefined where it was not worked out. */
    readonly winNs: number | undefined;
  }[];
}

/** Positions in `participants`; undefined is not known, '' is all of the run. */
export interface RankFigures {
  readonly footing: {
    readonly method: AlignMethod | 'one-clock';
    readonly residual: { readonly medianNs: number; readonly maxNs: number } | undefined;
    readonly toleranceNs: number | undefined;
  };
  readonly participants: readonly DeviceId[];
  readonly steps: readonly {
    readonly participant: number;
    readonly step: string;
    readonly startSkewNs: number | undefined;
    readonly durNs: number | undefined;
    readonly computeNs: number | undefined;
    readonly exposedCommunicationNs: number | undefined;
    readonly idleNs: number | undefined;
    readonly waitNs: number | undefined;
    readonly transferNs: number | undefined;
  }[];
  readonly slow: {
    readonly ranks: readonly {
      readonly participant: number;
      readonly votes: number;
      readonly collectives: number;
      readonly lostNs: number;
      readonly confidence: number;
      readonly reason: { readonly why: ReportSlowRank['reason'] };
    }[];
  };
  readonly links: readonly {
    readonly group: string;
    readonly fromRank: number;
    readonly toRank: number;
    readonly transport: string;
    readonly bytesPerSecond: number;
    readonly ratio: number;
    readonly isSlow: boolean;
  }[];
}

export interface TopOpsOptions {
  /** As `--by` spells it. */
  readonly by: string;
  readonly limit: number;
}

export interface ReportSources {
  topOps?(analysis: RunAnalysis, options: TopOpsOptions): Promise<readonly OpGroup[]>;
  stepFigures?(device: DeviceAnalysis): readonly StepFigures[];
  phaseFigures?(analysis: RunAnalysis): readonly PhaseFigures[];
  findings?(analysis: RunAnalysis): Promise<readonly Finding[]>;
  combinations?(device: DeviceAnalysis): Combinations;
  ranks?(analysis: RunAnalysis): RankFigures;
  criticalPath?(analysis: RunAnalysis, device: DeviceAnalysis, window: TimeWindow): StepPath;
  /** How far the clocks of host and device may be apart. */
  skewNs?(analysis: RunAnalysis): number | undefined;
}

const GROUPINGS = ['type', 'name', 'shape', 'core'] as const;

export const SOURCES: ReportSources = {
  topOps: async ({ run }, { by, limit }) => {
    if (by === 'class') return [];
    const grouping = GROUPINGS.find((each) => each === by);
    if (grouping === undefined) {
      throw new UsageError('unknown_grouping', `--by ${by}: no such grouping`, `groupings: ${GROUPINGS.join(', ')}`);
    }
    return topOps(run, limit, grouping).map(({ name, share, ...each }) => ({ key: name, ...each, shareOfBusy: share }));
  },
};
