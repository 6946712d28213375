import { NONE, type Run, type SliceId, type Timeline } from '../../timeline/index.ts';
import { byString } from '../by-string.ts';
import { firstAbove } from '../sorted.ts';
import { outermost, type StepMark } from '../steps/step-mark.ts';
import { PROFILER_STEP } from '../steps/step-names.ts';
import { hostTracks } from './host-tracks.ts';

export interface HostOpTotal {
  readonly count: number;
  readonly totalNs: number;
}

/** By name. */
export type HostOps = ReadonlyMap<string, HostOpTotal>;

/** Operators, calls and marked ranges of host threads by name; Python frames and marks of steps are none of these. */
export interface HostOpTotals {
  /** How many steps of all ranks are marked. */
  readonly stepCount: number;
  /** Of ops that start in one of the steps, on whatever thread; and of all ops there are. */
  readonly inSteps: HostOps;
  readonly inRun: HostOps;
}

/** Of `ProfilerStep#N` those that `isChosen` takes, by N as it stands there; all of them where it is left out. */
export function hostOpTotals(
  { shards }: Pick<Run, 'shards'>,
  isChosen = (_step: string): boolean => true,
): HostOpTotals {
  const [inSteps, inRun] = [new Map<string, HostOpTotal>(), new Map<string, HostOpTotal>()];
  let stepCount = 0;
  for (const { timeline } of shards) {
    const steps = profilerSteps(timeline).filter(({ number }) => isChosen(number ?? ''));
    stepCount += steps.length;
    addOps(timeline, isIn(steps), inSteps);
    addOps(timeline, () => true, inRun);
  }
  return { stepCount, inSteps, inRun };
}

function isIn(steps: readonly StepMark[]): (startNs: number) => boolean {
  const starts = steps.map(({ startNs }) => startNs);
  return (ns) => ns < (steps[firstAbove(starts, ns) - 1]?.endNs ?? Number.NEGATIVE_INFINITY);
}

function addOps(timeline: Timeline, isWanted: (startNs: number) => boolean, ops: Map<string, HostOpTotal>): void {
  const { slices, strings } = timeline;
  const isFrame = byString(strings.size, (id) => Number(strings.get(id) === 'python_function'));
  const isStep = stepNames(timeline);
  const [counts, totalsNs] = [new Float64Array(strings.size), new Float64Array(strings.size)];
  for (const slice of hostSlices(timeline)) {
    const [category, name] = [slices.category[slice], slices.name[slice]];
    if ((category !== NONE && isFrame(category) === 1) || isStep(name) === 1) continue;
    if (!isWanted(slices.startNs[slice])) continue;
    counts[name]++;
    totalsNs[name] += slices.durNs[slice];
  }
  for (const [name, own] of counts.entries()) {
    if (own === 0) continue;
    const text = strings.get(name);
    const { count, totalNs } = ops.get(text) ?? { count: 0, totalNs: 0 };
    ops.set(text, { count: count + own, totalNs: totalNs + totalsNs[name] });
  }
}

function profilerSteps(timeline: Timeline): StepMark[] {
  const { slices, strings } = timeline;
  const isStep = stepNames(timeline);
  const found: StepMark[] = [];
  for (const slice of hostSlices(timeline)) {
    if (isStep(slices.name[slice]) !== 1) continue;
    const [name, startNs] = [strings.get(slices.name[slice]), slices.startNs[slice]];
    found.push({ number: PROFILER_STEP.exec(name)?.[1], name, startNs, endNs: startNs + slices.durNs[slice] });
  }
  return outermost(found);
}

function stepNames({ strings }: Timeline): (name: number) => number {
  return byString(strings.size, (id) => Number(PROFILER_STEP.test(strings.get(id))));
}

function* hostSlices(timeline: Timeline): Generator<SliceId> {
  const { sliceRange } = timeline;
  for (const track of hostTracks(timeline)) {
    for (let slice = sliceRange[track]; slice < sliceRange[track + 1]; slice++) yield slice;
  }
}
