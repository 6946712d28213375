/** Ranks side by side: their steps, who makes the others wait and why, and which links are slow. */
import type { AlignMethod, Residual, Run } from '../../timeline/index.ts';
import type { RunAnalysis } from '../analyse-run.ts';
import { collectivesOf } from '../collectives/collectives.ts';
import type { DeviceId } from '../device-id.ts';
import { type Link, linksOf } from './links.ts';
import { type RankStep, rankSteps, type Spread, spreadsOf } from './rank-steps.ts';
import { type SlowRanks, slowRanks } from './slow-ranks.ts';
import { type TransferGroup, transferGroups } from './transfers.ts';

export type { Link } from './links.ts';
export { type RankStep, type Spread } from './rank-steps.ts';
export type { SlowRank, SlowRanks } from './slow-ranks.ts';
export type { SlowReason } from './slow-reason.ts';
export type { TransferGroup } from './transfers.ts';

/**
 * What comparisons of times between ranks rest on. Durations need no alignment, and neither do waits, slow ranks and links,
 * which are made of durations; only starts do.
 */
export interface Footing {
  /** one-clock: nothing had to be aligned. */
  readonly method: AlignMethod | 'one-clock';
  /** How far apart the ends of one collective are after alignment; undefined where ranks share none. */
  readonly residual: Residual | undefined;
  /** Not where each rank counts from its own first event. */
  readonly areStartsComparable: boolean;
  /** Differences between starts that are smaller mean nothing; undefined where nothing tells how good the clocks are. */
  readonly toleranceNs: number | undefined;
}

export interface RankFigures {
  readonly footing: Footing;
  /** Devices of the analysis first, then ranks of which only figures are known (device NONE). */
  readonly participants: readonly DeviceId[];
  readonly steps: readonly RankStep[];
  /** Per job, step and figure. */
  readonly spreads: readonly Spread[];
  readonly slow: SlowRanks;
  readonly links: readonly Link[];
  readonly transfers: readonly TransferGroup[];
  /** Names of collectives that were left out, as some rank has more of them than another. */
  readonly unequalNames: number;
}

export function rankFigures(analysis: RunAnalysis): RankFigures {
  const collectives = collectivesOf(analysis);
  const footing = footingOf(analysis.run);
  const steps = rankSteps(analysis, collectives, footing.areStartsComparable);
  return {
    footing,
    participants: collectives.sides.participants,
    steps,
    spreads: spreadsOf(steps, collectives),
    slow: slowRanks(analysis, collectives, steps),
    links: linksOf(analysis.run),
    transfers: transferGroups(analysis, collectives),
    unequalNames: collectives.matched.unequalNames,
  };
}

function footingOf({ alignment }: Run): Footing {
  if (alignment === undefined) {
    return { method: 'one-clock', residual: undefined, areStartsComparable: true, toleranceNs: 0 };
  }
  const { method, residual } = alignment;
  return { method, residual, areStartsComparable: method !== 'none', toleranceNs: residual?.maxNs };
}
