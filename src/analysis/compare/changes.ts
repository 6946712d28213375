/** What two runs differ by, one measure after the other, for who shows all of it. Verdicts are those of `compareRuns`. */
import { type Phase, PHASES } from '../steps/step.ts';
import { type Measure, measuresOf, opSum, phaseOn } from './measure.ts';
import type { RunSummary } from './summary.ts';
import { DEFAULT_FLOORS, driftsOf, weigh, type Weighed } from './weigh.ts';

/** Ops each for itself, as they were matched, or all of a type together. */
export type OpsBy = 'type' | 'name';

export function changesOf(base: RunSummary, head: RunSummary, opsBy: OpsBy): Weighed[] {
  const measures = measuresOf([base], [head]);
  const drifts = driftsOf(measures);
  const shown = opsBy === 'name' ? measures : [...measures.filter(({ kind }) => kind !== 'op'), ...ofTypes(base, head)];
  return weigh(shown, drifts, DEFAULT_FLOORS).filter(isWorthARow);
}

function ofTypes(base: RunSummary, head: RunSummary): Measure[] {
  return PHASES.flatMap((phase) => {
    const sides = { base: phaseOn([base], phase), head: phaseOn([head], phase) };
    const ops = [...sides.base, ...sides.head].flatMap((each) => each.ops);
    const types = new Set(ops.flatMap(({ type }) => (type === '' ? [] : [type])));
    return [...types].map((type) => opSum('op.total', phase, type, sides));
  });
}

/** Whether both have steps of a phase: what else is said of phases is all new or all gone. */
export function hasCommonPhase(base: RunSummary, head: RunSummary): boolean {
  const phasesOf = ({ phases }: RunSummary): Phase[] => phases.map(({ phase }) => phase);
  return phasesOf(base).some((phase) => phasesOf(head).includes(phase));
}

/** Of bubbles and counts of ops only what there is, or what changed. */
export function isWorthARow({ measure: { kind, metric }, base, head, status }: Weighed): boolean {
  if (base === undefined && head === undefined) return false;
  if (metric === 'op.count') return status !== 'same' && base !== undefined && head !== undefined;
  return (kind !== 'bubble' && metric !== 'op.unmatched') || (base ?? 0) !== 0 || (head ?? 0) !== 0;
}
