import { mean } from '../../base/index.ts';
import { type Phase, PHASES } from '../steps/step.ts';
import { type Drift, driftOf } from './drift.ts';
import { type Measure } from './measure.ts';
import { ALPHA, type Effect, effectOf, holm } from './significance.ts';

/** slower is worse and faster is better, whatever the unit. same: no change that counts. */
export type RowStatus = 'new' | 'gone' | 'slower' | 'faster' | 'same';

/**
 * equal: no change at all. not-judged: nobody knows whether more of it is better or worse. within-noise: runs of the same thing
 * differ by as much. small: below the floors.
 */
export type WhySame = 'equal' | 'not-judged' | 'within-noise' | 'small';

/** Changes below these are none, however sure. */
export interface Floors {
  /** Of the base. */
  readonly ratio: number;
  readonly ns: number;
}

export const DEFAULT_FLOORS: Floors = { ratio: 0.01, ns: 1000 };

/** A measure and what became of it. Base and head are undefined on a side that lacks it, the rest where either does. */
export interface Weighed {
  readonly measure: Measure;
  readonly base: number | undefined;
  readonly head: number | undefined;
  readonly effect: Effect | undefined;
  /** Whether the change is more than noise, all changes of its kind considered. */
  readonly isSure: boolean;
  readonly status: RowStatus;
  /** undefined where the status is another than `same`. */
  readonly whySame: WhySame | undefined;
}

export type Drifts = ReadonlyMap<Phase, Drift>;

export function driftsOf(measures: readonly Measure[]): Drifts {
  return new Map(
    PHASES.map((phase) => [
      phase,
      driftOf(measures.filter((measure) => measure.metric === 'op.total' && measure.phase === phase)),
    ]),
  );
}

/** Measures of one metric are a family: the more of them, the surer each has to be. */
export function weigh(measures: readonly Measure[], drifts: Drifts, floors: Floors): Weighed[] {
  const effects = measures.map((measure) => effect(measure, drifts));
  const corrected = new Array<number>(measures.length).fill(1);
  for (const metric of new Set(measures.map((measure) => measure.metric))) {
    const family = measures.flatMap((measure, i) => (measure.metric === metric && effects[i] !== undefined ? [i] : []));
    for (const [position, chance] of holm(family.map((i) => effects[i]?.chance ?? 1)).entries()) {
      corrected[family[position]] = chance;
    }
  }
  return measures.map((measure, i) => {
    const isSure = corrected[i] < ALPHA;
    return {
      measure,
      base: meanOf(measure.base),
      head: meanOf(measure.head),
      effect: effects[i],
      isSure,
      ...statusOf(measure, effects[i], isSure, floors),
    };
  });
}

function meanOf(figures: Measure['base']): number | undefined {
  return figures.length === 0 ? undefined : mean(figures.map(({ value }) => value));
}

function effect(measure: Measure, drifts: Drifts): Effect | undefined {
  const { base, head, kind, unit, phase, ofType, priorScatter } = measure;
  if (base.length === 0 || head.length === 0) return undefined;
  const ofPhase = kind === 'op' && unit === 'ns' && phase !== undefined ? drifts.get(phase) : undefined;
  const apart = ofType && ofPhase?.types.get(ofType.type);
  const drift = apart?.[ofType?.isAll === true ? 'all' : 'each'] ?? ofPhase;
  if (drift === undefined) return effectOf(base, head, priorScatter);
  const undrifted = (figures: Measure['base'], factors: readonly number[]): Measure['base'] =>
    figures.map((figure, run) => ({ ...figure, drift: factors[run] ?? 1 }));
  return effectOf(undrifted(base, drift.base), undrifted(head, drift.head), drift.opScatter, {
    priorRuns: drift.opScatterRuns,
    doubt: drift.doubt,
  });
}

function statusOf(
  { base, head, unit, better }: Measure,
  effectOrNone: Effect | undefined,
  isSure: boolean,
  floors: Floors,
): Pick<Weighed, 'status' | 'whySame'> {
  const same = (whySame: WhySame) => ({ status: 'same', whySame }) as const;
  if (effectOrNone === undefined) {
    if (base.length === 0 && head.length === 0) return same('equal');
    return { status: base.length === 0 ? 'new' : 'gone', whySame: undefined };
  }
  const { delta, ratio } = changeOf(effectOrNone);
  const isSmall =
    (ratio !== undefined && Math.abs(ratio) < floors.ratio) || (unit === 'ns' && Math.abs(delta) < floors.ns);
  if (isSure && !isSmall && delta !== 0 && better !== 'neither') {
    return { status: delta > 0 === (better === 'lower') ? 'slower' : 'faster', whySame: undefined };
  }
  if (effectOrNone.base === effectOrNone.head) return same('equal');
  if (better === 'neither') return same('not-judged');
  return same(isSure && isSmall ? 'small' : 'within-noise');
}

/** Without what drift explains. */
export function changeOf({ base, head, ratio }: Effect): {
  readonly delta: number;
  readonly ratio: number | undefined;
} {
  return { delta: ratio === undefined ? head - base : ratio * base, ratio };
}
