import type { PhaseFigures } from '../../analysis/index.ts';
import { type Distribution, type MetricFigure, quantileOf, type RunMetrics } from '../../analysis/run-metrics/index.ts';
import type { ReportDistribution, ReportLatency, ReportMetric } from './report-metrics.ts';
import { wholeNs } from './values.ts';

export const NO_METRICS: RunMetrics = { common: {}, groups: [], notNumbers: 0 };

export function metricsSection({ groups }: RunMetrics): ReportMetric[] {
  return groups.flatMap(({ figures }) => figures.map(metricOf));
}

function metricOf({ id, unit, better, labels, value, low, high, error, repeats, count }: MetricFigure): ReportMetric {
  return {
    ...{ id, unit, labels, value: tidy(value), error: tidy(error), repeats },
    direction: better === 'neither' ? 'neither' : `${better}-is-better`,
    low: low === undefined ? null : tidy(low),
    high: high === undefined || !Number.isFinite(high) ? null : tidy(high),
    count: count ?? null,
  };
}

/** Twelve digits are more than anybody measures, and the last ones are only rounding. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

const SHARES = [...Array.from({ length: 100 }, (_, percent) => percent / 100), 0.995, 0.999, 1];

export function distributionsSection({ groups }: RunMetrics): ReportDistribution[] {
  return groups.flatMap(({ distributions }) =>
    distributions
      .filter(({ count }) => count > 0)
      .map((each) => ({
        ...{ family: each.family, unit: each.unit, labels: each.labels, count: each.count },
        isExact: each.values !== undefined,
        points: pointsOf(each),
      })),
  );
}

/** [value, share of values that are not larger] */
function pointsOf(distribution: Distribution): [value: number, share: number][] {
  const { values, buckets = { bounds: [], cumulative: [] }, count } = distribution;
  if (values !== undefined) {
    const wanted =
      values.length > SHARES.length ? SHARES : [...values.keys()].map((at) => at / Math.max(1, values.length - 1));
    return wanted.map((share) => [tidy(quantileOf(distribution, share)?.value ?? 0), Number(share.toFixed(6))]);
  }
  const shares = buckets.bounds.flatMap((bound, i): [number, number][] =>
    Number.isFinite(bound) ? [[tidy(bound), Number((buckets.cumulative[i] / count).toFixed(6))]] : [],
  );
  // Empty buckets below and above all values would only make the axis of a curve wide.
  const last = shares.findIndex(([, share]) => share === 1);
  const first = shares.findIndex(([, share]) => share > 0);
  return shares.slice(Math.max(0, first - 1), last < 0 ? undefined : last + 1);
}

const BESIDE = [
  ['ttft', 'prefill'],
  ['tpot', 'decode'],
] as const;

/** A first token takes a prefill, and each further one a decode step: what is left is not explained by them. */
export function latenciesSection({ groups }: RunMetrics, phases: readonly PhaseFigures[]): ReportLatency[] {
  return groups.flatMap(({ labels, figures }) =>
    BESIDE.flatMap(([family, phase]) => {
      const measured = figures.find(({ id, unit }) => id === `${family}.mean` && unit === 'ns');
      const step = phases.find((each) => each.phase === phase)?.meanStep;
      if (measured === undefined || step === undefined) return [];
      const [measuredNs, stepNs] = [measured.value, step.durNs].map(wholeNs);
      return [
        {
          ...{ family, phase, labels, measuredNs, stepNs, restNs: measuredNs - stepNs },
          computeNs: wholeNs(step.computeNs),
          exposedCommNs: wholeNs(step.exposedCommunicationNs),
          deviceIdleNs: wholeNs(step.deviceIdleNs),
        },
      ];
    }),
  );
}
