/**
 * Ranks of one job that do not have equally much to do, so that the others wait for the slowest in each collective.
 *
 * As the vendor's advisor has it: (most - least) / mean of compute, communication or idle time over the ranks. The slow
 * rank is the one with the most time of its own (window - exposed communication), which waits least.
 * Stake: what the others wait for it, the sum of (most own time - own time), and no more than each communicates exposed.
 *
 * Figures are per step where all ranks have steps, so that captures of unequal length can be compared.
 */
import { NONE } from '../../timeline/index.ts';
import type { DeviceAnalysis } from '../analyse-run.ts';
import type { FindingRule } from './finding.ts';
import { sumOf, WORTH_TELLING } from './over-devices.ts';

/** The vendor's. */
const LEAST_SPREAD = 0.05;

/** Ranks of one job take equally long for a step. Where they do not, captures show other things than one job. */
const MOST_WINDOW_SPREAD = 0.2;

/** Stages of a pipeline may have unequal work that nobody can move. */
const CONFIDENCE = 0.7;

const FIGURES = ['compute', 'communication', 'idle'] as const;
type Figure = (typeof FIGURES)[number];

interface Rank extends Readonly<Record<Figure, number>> {
  readonly device: DeviceAnalysis;
  readonly stepCount: number;
  readonly window: number;
  readonly own: number;
  readonly exposed: number;
}

export const unbalancedRanks: FindingRule<{
  rankCount: number;
  slowRank: string;
  fastRank: string;
  ownSlowNs: number;
  ownFastNs: number;
  /** That differs most, in share of its mean. */
  figure: Figure;
  spreadShare: number;
  /** Those with the most and the least of it, and how many times as much; undefined where the least is none. */
  mostRank: string;
  leastRank: string;
  mostToLeastRatio: number | undefined;
}> = ({ devices }) => {
  const ranks = ranksOf(devices);
  if (ranks.length < 2 || spread(ranks, 'window') > MOST_WINDOW_SPREAD) return undefined;
  const windowNs = mean(ranks, 'window');
  const far = FIGURES.map((figure) => ({ figure, spread: spread(ranks, figure) }))
    .filter(({ figure, spread }) => spread > LEAST_SPREAD && spread * mean(ranks, figure) >= WORTH_TELLING * windowNs)
    .sort((a, b) => b.spread - a.spread);
  if (far.length === 0) return undefined;
  const slow = ranks.reduce((a, b) => (b.own > a.own ? b : a));
  const fast = ranks.reduce((a, b) => (b.own < a.own ? b : a));
  const stakeNs = sumOf(ranks, ({ own, exposed, stepCount }) => Math.min(slow.own - own, exposed) * stepCount);
  if (stakeNs < WORTH_TELLING * sumOf(ranks, ({ window, stepCount }) => window * stepCount)) return undefined;
  const { rank, device, capture } = slow.device.tasks;
  const [{ figure, spread: spreadShare }] = far;
  const most = ranks.reduce((a, b) => (b[figure] > a[figure] ? b : a));
  const least = ranks.reduce((a, b) => (b[figure] < a[figure] ? b : a));
  return {
    stakeNs: Math.round(stakeNs),
    confidence: CONFIDENCE,
    device: { rank, device, capture },
    window: slow.device.overlap.window,
    evidence: {
      rankCount: ranks.length,
      slowRank: `${rank}`,
      fastRank: `${fast.device.tasks.rank}`,
      ownSlowNs: Math.round(slow.own),
      ownFastNs: Math.round(fast.own),
      ...{ figure, spreadShare },
      mostRank: `${most.device.tasks.rank}`,
      leastRank: `${least.device.tasks.rank}`,
      mostToLeastRatio: least[figure] === 0 ? undefined : most[figure] / least[figure],
    },
  };
};

/** None where the devices are not one each of several ranks. */
function ranksOf(devices: readonly DeviceAnalysis[]): Rank[] {
  const numbers = new Set(devices.map(({ tasks }) => tasks.rank));
  if (numbers.has(NONE) || numbers.size !== devices.length) return [];
  const haveSteps = devices.every(({ steps }) => steps.steps.length > 0);
  return devices.map((device) => {
    const stepCount = haveSteps ? device.steps.steps.length : 1;
    const { windowNs, computeNs, communicationNs, exposedCommunicationNs, deviceIdleNs } = device.overlap.totals;
    return {
      ...{ device, stepCount, window: windowNs / stepCount, compute: computeNs / stepCount },
      ...{ communication: communicationNs / stepCount, idle: deviceIdleNs / stepCount },
      own: (windowNs - exposedCommunicationNs) / stepCount,
      exposed: exposedCommunicationNs / stepCount,
    };
  });
}

function mean(ranks: readonly Rank[], figure: Figure | 'window'): number {
  return sumOf(ranks, (rank) => rank[figure]) / ranks.length;
}

function spread(ranks: readonly Rank[], figure: Figure | 'window'): number {
  const values = ranks.map((rank) => rank[figure]);
  const average = mean(ranks, figure);
  return average === 0 ? 0 : (Math.max(...values) - Math.min(...values)) / average;
}
