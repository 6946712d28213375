/**
 * How much the time of one and the same communication varies, without the waiting in it.
 *
 * - transfer of a collective: the shortest of its durations without their waits; unknown where the waits are.
 * - alike: collectives of one type that move as many bytes; where no table tells sizes, those at one place of the steps.
 * - slow: longer than the median of those alike in all groups by more than three robust sigmas and a tenth.
 * - jitter: p95 / p50 of those alike in one group; at least five of them.
 */
import { grouped, quantile } from '../../base/index.ts';
import { type CollectiveName, collectiveOfName, NONE, Occurrences } from '../../timeline/index.ts';
import type { RunAnalysis } from '../analyse-run.ts';
import { byString } from '../by-string.ts';
import type { Collectives } from '../collectives/collectives.ts';
import type { RunTexts, TextId } from '../run-texts.ts';
import { RobustScale } from './outlier.ts';

export interface TransferGroup {
  readonly type: string;
  /** The last digits of its number, as in the names of ops; '' where the names hold none. */
  readonly group: string;
  /** To other ranks, of the rank that sent most; undefined where no table tells it. */
  readonly sizeBytes: number | undefined;
  /** Where no size is known: how many of the type and group came before it in its step. */
  readonly place: number | undefined;
  readonly count: number;
  readonly p50Ns: number;
  readonly p95Ns: number;
  /** undefined where there are too few to tell. */
  readonly jitter: number | undefined;
  /** Over the median of those alike in all groups. */
  readonly ratio: number;
  readonly slowCount: number;
}

const FAR = 0.1;
const ENOUGH = 5;

interface Transfer {
  readonly type: string;
  readonly group: string;
  readonly sizeBytes: number | undefined;
  readonly place: number | undefined;
  readonly ns: number;
}

/** Those that vary most first. */
export function transferGroups(analysis: RunAnalysis, collectives: Collectives): TransferGroup[] {
  const transfers = transfersOf(analysis, collectives);
  return grouped(transfers, ({ type, sizeBytes, place }) => `${sizeBytes} ${place} ${type}`)
    .flatMap((alike) => {
      const scale = new RobustScale(Float64Array.from(alike, ({ ns }) => ns).sort());
      const { middle } = scale;
      const isSlow = ({ ns }: Transfer): boolean =>
        alike.length >= ENOUGH && ns > middle * (1 + FAR) && scale.isOutlier(ns);
      return grouped(alike, ({ group }) => group).map((own): TransferGroup => {
        const [{ type, group, sizeBytes, place }] = own;
        const sorted = Float64Array.from(own, ({ ns }) => ns).sort();
        const [p50Ns, p95Ns] = [quantile(sorted, 0.5), quantile(sorted, 0.95)];
        return {
          ...{ type, group, sizeBytes, place, count: own.length },
          ...{ p50Ns: Math.round(p50Ns), p95Ns: Math.round(p95Ns) },
          jitter: own.length < ENOUGH || p50Ns === 0 ? undefined : p95Ns / p50Ns,
          ratio: middle === 0 ? 1 : p50Ns / middle,
          slowCount: own.filter(isSlow).length,
        };
      });
    })
    .sort((a, b) => (b.jitter ?? 0) - (a.jitter ?? 0) || b.ratio - a.ratio);
}

/** One of each collective, and of each op that has no other side. Neither size nor place known: nothing is alike. */
function transfersOf({ devices }: RunAnalysis, { sides, matched, waitNs }: Collectives): Transfer[] {
  if (waitNs.every(Number.isNaN)) return [];
  const names = new NameParts(sides.texts);
  const transfers: Transfer[] = [];
  const best = new Map<number, Transfer>();
  for (let participant = 0; participant < sides.participants.length; participant++) {
    const named = new Occurrences<number>();
    for (let side = sides.sideRange[participant]; side < sides.sideRange[participant + 1]; side++) {
      const part = names.of(sides.name[side]);
      const step = sides.task[side] === NONE ? NONE : devices[participant].steps.stepOf[sides.task[side]];
      const place = step === NONE ? undefined : named.next(step * sides.texts.length + part);
      const bytes = sides.table[side]?.sizeBytes ?? 0;
      const known = best.get(matched.of[side]);
      const sizeBytes = Math.max(bytes || 0, known?.sizeBytes ?? 0) || undefined;
      const ns = Math.min(sides.durNs[side] - waitNs[side], known?.ns ?? Number.POSITIVE_INFINITY);
      if (Number.isNaN(ns) || (sizeBytes === undefined && place === undefined)) continue;
      const transfer = { ...names.parts[part], sizeBytes, place: sizeBytes === undefined ? place : undefined, ns };
      if (matched.of[side] === NONE) transfers.push(transfer);
      else best.set(matched.of[side], transfer);
    }
  }
  return [...transfers, ...best.values()];
}

/** What names consist of: as many numbers as there are pairs of a type and a group. */
class NameParts {
  readonly parts: CollectiveName[] = [];
  /** By name. */
  readonly of: (name: TextId) => number;
  readonly #numbers = new Map<string, number>();

  constructor(texts: RunTexts) {
    this.of = byString(texts.length, (name) => this.#numberOf(texts.get(name)));
  }

  #numberOf(name: string): number {
    const parts = collectiveOfName(name);
    const key = `${parts.group} ${parts.type}`;
    const number = this.#numbers.get(key) ?? this.parts.push(parts) - 1;
    this.#numbers.set(key, number);
    return number;
  }
}
