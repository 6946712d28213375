import { NONE, type Run, type Shard } from '../../timeline/index.ts';
import { byString } from '../by-string.ts';
import { firstAbove } from '../sorted.ts';
import { outermost, type StepMark } from '../steps/step-mark.ts';
import { PROFILER_STEP } from '../steps/step-names.ts';

export interface HostOpTotal {
  readonly count: number;
  readonly totalNs: number;
}

/** Operators, calls and marked ranges of host threads by name; Python frames and marks of steps are none of these. */
export interface HostOpTotals {
  /** Over how many steps of all ranks they were summed up; undefined where nothing marks steps, so that it is over everything. */
  readonly stepCount: number | undefined;
  readonly ops: ReadonlyMap<string, HostOpTotal>;
}

/**
 * Of `ProfilerStep#N` those that `isChosen` takes, by N as it stands there; all of them where it is left out. An op belongs to the
 * step in which it starts, on whatever thread.
 */
export function hostOpTotals(
  { shards }: Pick<Run, 'shards'>,
  isChosen = (_step: string): boolean => true,
): HostOpTotals {
  const marks = shards.map(profilerSteps);
  const hasSteps = marks.some(({ length }) => length > 0);
  const ops = new Map<string, { count: number; totalNs: number }>();
  let stepCount = 0;
  for (const [number, shard] of shards.entries()) {
    const chosen = marks[number].filter((mark) => isChosen(mark.number ?? ''));
    stepCount += chosen.length;
    addOps(shard, hasSteps ? chosen : undefined, ops);
  }
  return { stepCount: hasSteps ? stepCount : undefined, ops };
}

function addOps(
  { timeline }: Shard,
  steps: readonly StepMark[] | undefined,
  ops: Map<string, { count: number; totalNs: number }>,
): void {
  const { slices, sliceRange, strings, tracks } = timeline;
  const isFrame = byString(strings.size, (id) => Number(strings.get(id) === 'python_function'));
  const isStep = byString(strings.size, (id) => Number(PROFILER_STEP.test(strings.get(id))));
  const starts = steps?.map(({ startNs }) => startNs);
  for (const [track, { kind }] of tracks.entries()) {
    if (kind !== 'thread') continue;
    for (let slice = sliceRange[track]; slice < sliceRange[track + 1]; slice++) {
      const category = slices.category[slice];
      if ((category !== NONE && isFrame(category) === 1) || isStep(slices.name[slice]) === 1) continue;
      if (starts !== undefined) {
        const step = steps?.[firstAbove(starts, slices.startNs[slice]) - 1];
        if (step === undefined || slices.startNs[slice] >= step.endNs) continue;
      }
      const name = strings.get(slices.name[slice]);
      const sum = ops.get(name) ?? { count: 0, totalNs: 0 };
      ops.set(name, sum);
      sum.count++;
      sum.totalNs += slices.durNs[slice];
    }
  }
}

function profilerSteps({ timeline }: Shard): StepMark[] {
  const { slices, sliceRange, strings, tracks } = timeline;
  const isStep = byString(strings.size, (id) => Number(PROFILER_STEP.test(strings.get(id))));
  const found: StepMark[] = [];
  for (const [track, { kind }] of tracks.entries()) {
    if (kind !== 'thread') continue;
    for (let slice = sliceRange[track]; slice < sliceRange[track + 1]; slice++) {
      if (isStep(slices.name[slice]) !== 1) continue;
      const name = strings.get(slices.name[slice]);
      const startNs = slices.startNs[slice];
      found.push({ number: PROFILER_STEP.exec(name)?.[1], name, startNs, endNs: startNs + slices.durNs[slice] });
    }
  }
  return outermost(found);
}
