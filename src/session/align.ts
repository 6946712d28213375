import { type AlignMethod, hasOwnClock, NONE } from '../timeline/index.ts';
import type { Clock, PlacedClock } from './clocks.ts';
import { medianShift, sharedCounts } from './collectives.ts';

const METHODS: Record<AlignMethod, (clocks: readonly Clock[]) => PlacedClock[]> = {
  clock: byClock,
  start: byStart,
  collective: byCollectives,
  none: (clocks) => clocks.map((clock) => ({ ...clock, shiftNs: clocks[0].firstNs - clock.firstNs })),
};

/** Puts clocks on one axis. The first of them keeps its time, and so do those of which the method can say nothing. */
export function placeClocks(method: AlignMethod, clocks: readonly Clock[]): PlacedClock[] {
  return METHODS[method](clocks);
}

/**
 * Captures that have no clock but their own begin together, device by device; those of one device follow one another, in the
 * order of their names.
 */
function byClock(clocks: readonly Clock[]): PlacedClock[] {
  const shifts = clocks.map(() => 0n);
  const freeNs = new Map<string, bigint>();
  const own = clocks.map((_, index) => index).filter((index) => clocks[index].timelines.every(isOwn));
  own.sort((a, b) => natural.compare(clocks[a].path, clocks[b].path));
  for (const index of own) {
    const { firstNs, lastNs, rank, timelines } = clocks[index];
    const devices = new Set(timelines.flatMap(({ timeline: { processes } }) => processes.map(({ device }) => device)));
    const key = JSON.stringify([rank, ...[...devices].sort((a, b) => a - b)]);
    const startNs = freeNs.get(key) ?? firstNs;
    shifts[index] = startNs - firstNs;
    freeNs.set(key, startNs + lastNs - firstNs);
  }
  return clocks.map((clock, index) => ({ ...clock, shiftNs: shifts[index] }));
}

const natural = new Intl.Collator('en', { numeric: true });

function isOwn({ timeline }: Clock['timelines'][number]): boolean {
  return hasOwnClock(timeline);
}

function byStart(clocks: readonly Clock[]): PlacedClock[] {
  const starts = commonStarts(clocks);
  const reference = starts.find((startNs) => startNs !== undefined) ?? 0n;
  return clocks.map((clock, index) => {
    const startNs = starts[index];
    if (startNs !== undefined) return { ...clock, shiftNs: reference - startNs };
    return { ...clock, shiftNs: 0n, unplacedWhy: 'no step that all ranks have, and no device op' };
  });
}

/** The absolute start of the first step that all clocks know, or else of the first op of each. */
function commonStarts(clocks: readonly Clock[]): (bigint | undefined)[] {
  const steps = clocks.map(stepStarts);
  const common = [...(steps[0]?.keys() ?? [])].filter((step) => steps.every((starts) => starts.has(step)));
  if (common.length === 0) return clocks.map(firstOpStart);
  const first = common.reduce((lowest, step) => Math.min(lowest, step));
  return steps.map((starts) => starts.get(first));
}

const STEP_NAME = /^ProfilerStep#(\d+)$/;

/** By step number. torch profilers mark steps on the thread that runs them. */
function stepStarts(clock: Clock): Map<number, bigint> {
  const starts = new Map<number, bigint>();
  for (const { timeline, fromNs } of clock.timelines) {
    const { tracks, processes, slices, sliceRange, strings } = timeline;
    const stepOf = new Map<number, number>();
    for (let id = 0; id < strings.size; id++) {
      const step = STEP_NAME.exec(strings.get(id))?.[1];
      if (step !== undefined) stepOf.set(id, Number(step));
    }
    if (stepOf.size === 0) continue;
    tracks.forEach(({ kind, process }, track) => {
      if (kind !== 'thread' || processes[process].side === 'device') return;
      for (let row = sliceRange[track]; row < sliceRange[track + 1]; row++) {
        const step = stepOf.get(slices.name[row]);
        if (step === undefined) continue;
        const startNs = clock.firstNs + BigInt(fromNs + slices.startNs[row]);
        const known = starts.get(step);
        if (known === undefined || startNs < known) starts.set(step, startNs);
      }
    });
  }
  return starts;
}

/** Rows of overlap are derived from ops and are none. */
function firstOpStart({ timelines, firstNs }: Clock): bigint | undefined {
  let first = Number.POSITIVE_INFINITY;
  for (const { timeline, fromNs } of timelines) {
    const { tracks, processes, slices, sliceRange } = timeline;
    tracks.forEach(({ kind, process }, track) => {
      if (processes[process].side !== 'device' || kind === 'overlap') return;
      if (sliceRange[track] < sliceRange[track + 1])
        first = Math.min(first, fromNs + slices.startNs[sliceRange[track]]);
    });
  }
  return first === Number.POSITIVE_INFINITY ? undefined : firstNs + BigInt(first);
}

/** Along a tree of those that have most in common, because not every rank has a collective in common with every other. */
function byCollectives(clocks: readonly Clock[]): PlacedClock[] {
  const placed: PlacedClock[] = [];
  for (const { node, parent } of treeOfMost(sharedCounts(clocks.map(({ collectives }) => collectives)))) {
    const clock = clocks[node];
    if (parent === NONE) {
      const unplacedWhy = `no collective in common with ${clocks[0].name} or what is aligned to it`;
      placed[node] = { ...clock, shiftNs: 0n, ...(node === 0 ? {} : { unplacedWhy }) };
    } else {
      const { firstNs, shiftNs, collectives } = placed[parent];
      const moveNs = BigInt(medianShift(collectives, clock.collectives));
      placed[node] = { ...clock, shiftNs: shiftNs + firstNs - clock.firstNs + moveNs };
    }
  }
  return placed;
}

/** A spanning tree of the largest weights, parents first, from node 0; where nothing leads on, from the lowest one left. */
function* treeOfMost(weights: readonly Uint32Array[]): Generator<{ node: number; parent: number }> {
  const isTaken = new Uint8Array(weights.length);
  const parents = new Int32Array(weights.length).fill(NONE);
  const best = new Uint32Array(weights.length);
  for (;;) {
    let next = NONE;
    for (let node = 0; node < weights.length; node++) {
      if (isTaken[node] === 0 && (next === NONE || best[node] > best[next])) next = node;
    }
    if (next === NONE) return;
    isTaken[next] = 1;
    yield { node: next, parent: parents[next] };
    for (let node = 0; node < weights.length; node++) {
      if (isTaken[node] === 1 || weights[next][node] <= best[node]) continue;
      best[node] = weights[next][node];
      parents[node] = next;
    }
  }
}
