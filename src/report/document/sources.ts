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
  parseGrouping,
  topOps,
} from '../../analysis/index.ts';
import type { AlignMethod } from '../../timeline/index.ts';
import type { ReportCombination, ReportCriticalPath, ReportSlowRank } from './report-document.ts';

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
  /** Position among the steps of the device. */
  readonly step: number;
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
  /** Of a mean step. */
  readonly computeNs: number;
  readonly exposedCommunicationNs: number;
  readonly deviceIdleNs: number;
  readonly ops: readonly {
    readonly key: string;
    readonly nsPerStep: number;
    readonly countPerStep: number;
    readonly share: number;
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
  combinations?(analysis: RunAnalysis): readonly ReportCombination[];
  ranks?(analysis: RunAnalysis): RankFigures;
  criticalPath?(analysis: RunAnalysis): readonly ReportCriticalPath[];
  /** How far the clocks of host and device may be apart. */
  skewNs?(analysis: RunAnalysis): number | undefined;
}

export const SOURCES: ReportSources = {
  topOps: (analysis, { by, limit }) => topOps(analysis, { by: parseGrouping(by), limit }),
};
