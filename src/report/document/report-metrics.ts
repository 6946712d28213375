/** What a report says of numbers that somebody measured beside traces. */
import type { Phase } from '../../analysis/index.ts';

export interface ReportMetric {
  readonly id: string;
  readonly unit: string;
  readonly direction: 'lower-is-better' | 'higher-is-better' | 'neither';
  /** What was run. */
  readonly labels: Readonly<Record<string, string>>;
  /** The mean of its repeats, in its unit: ns, 1/s, bytes, ratio or count. */
  readonly value: number;
  /** Where only bounds are known, else null both; a null `high` beside a `low`: that or more. */
  readonly low: number | null;
  readonly high: number | null;
  /** Standard error, from repeats, bounds or the values behind it; 0 where nothing tells. */
  readonly error: number;
  readonly repeats: number;
  /** From how many values; null where nobody says. */
  readonly count: number | null;
}

/** What lies behind a metric. */
export interface ReportDistribution {
  readonly family: string;
  readonly unit: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly count: number;
  /** Worked out from single values; else from buckets, between whose bounds nothing is known. */
  readonly isExact: boolean;
  /** The share of values that are not larger, in ascending order. */
  readonly points: readonly (readonly [value: number, share: number])[];
}

/** A measured latency beside the mean step that it should consist of. */
export interface ReportLatency {
  readonly family: 'ttft' | 'tpot';
  readonly phase: Phase;
  readonly labels: Readonly<Record<string, string>>;
  readonly measuredNs: number;
  readonly stepNs: number;
  /** measured less step: may be below 0. */
  readonly restNs: number;
  readonly computeNs: number;
  readonly exposedCommNs: number;
  readonly deviceIdleNs: number;
}
