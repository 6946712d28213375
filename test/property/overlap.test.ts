// Sets of intervals against a sweep that looks at every nanosecond, and the identities of what a device did of its time.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deviceOverlaps, WINDOW_RULES } from '../../src/analysis/index.ts';
import {
  difference,
  intersection,
  interval,
  type Intervals,
  IntervalUnion,
  lengthNs,
  partition,
  startingIn,
  union,
  unionOf,
} from '../../src/analysis/intervals.ts';
import { layer, sliceAt } from '../support/device-events.ts';
import { readEvents } from '../support/reading.ts';
import { runOf } from '../support/runs.ts';

const seed = 20261121;
const END = 120;

const span = fc.tuple(fc.nat(END - 20), fc.nat(20)).map(([start, length]) => [start, start + length] as const);
const spans = fc.array(span, { maxLength: 12 });
type Spans = readonly (readonly [number, number])[];

function setOf(list: Spans): Intervals {
  const builder = new IntervalUnion();
  for (const [start, end] of list.toSorted((a, b) => a[0] - b[0])) builder.add(start, end);
  return builder.finish();
}

const moments = Array.from({ length: END }, (_, at) => at);
const covers = (list: Spans, at: number): boolean => list.some(([start, end]) => start <= at && at < end);
const momentsOf = (set: Intervals): number[] =>
  moments.filter((at) => {
    for (let i = 0; i < set.length; i += 2) if (set[i] <= at && at < set[i + 1]) return true;
    return false;
  });
const isAscending = (set: Intervals): boolean => set.every((bound, i) => i === 0 || set[i - 1] < bound);

describe('sets of intervals', () => {
  const operations = [
    { name: 'union', apply: union, isIn: (a: boolean, b: boolean) => a || b },
    { name: 'intersection', apply: intersection, isIn: (a: boolean, b: boolean) => a && b },
    { name: 'difference', apply: difference, isIn: (a: boolean, b: boolean) => a && !b },
  ];
  test.each(operations)('$name holds the moments it should, in as few intervals as it takes', ({ apply, isIn }) => {
    fc.assert(
      fc.property(spans, spans, (a, b) => {
        const result = apply(setOf(a), setOf(b));
        expect(momentsOf(result)).toEqual(moments.filter((at) => isIn(covers(a, at), covers(b, at))));
        expect(lengthNs(result)).toBe(momentsOf(result).length);
        expect(isAscending(result) && result.length % 2 === 0).toBe(true);
      }),
      { seed },
    );
  });

  test('a partition is the same as taking the parts of a window one by one', () => {
    fc.assert(
      fc.property(spans, spans, (a, b) => {
        const [first, second, window] = [setOf(a), setOf(b), interval(0, END)];
        const parts = partition(first, second, 0, END);
        expect(parts.onlyFirst).toEqual(difference(first, second));
        expect(parts.both).toEqual(intersection(first, second));
        expect(parts.neither).toEqual(difference(window, union(first, second)));
      }),
      { seed },
    );
  });

  test('the union of many is that of all their intervals', () => {
    fc.assert(
      fc.property(fc.array(spans, { maxLength: 7 }), (lists) => {
        expect(unionOf(lists.map(setOf))).toEqual(setOf(lists.flat()));
      }),
      { seed },
    );
  });

  test('those that start in a window come whole', () => {
    fc.assert(
      fc.property(spans, fc.nat(END), fc.nat(END), (list, from, to) => {
        const set = setOf(list);
        const pairs = Array.from({ length: set.length / 2 }, (_, i) => [set[2 * i], set[2 * i + 1]]);
        const chosen = pairs.filter(([start]) => start >= from && start < to);
        expect([...startingIn(set, from, to)]).toEqual(chosen.flat());
      }),
      { seed },
    );
  });
});

const DEVICE = 640551328;
const LAYERS = { hardware: DEVICE, communication: DEVICE + 32 };
const slice = (pid: number, tid: number, name: string, at: readonly [number, number], type?: string): object =>
  sliceAt(pid, tid, name, ...at, type === undefined ? {} : { 'Task Type': type });

describe('what a device did of its time', () => {
  const work = fc.record({
    compute: fc.array(spans, { minLength: 1, maxLength: 3 }),
    communication: spans,
    others: spans,
    profiling: spans,
  });

  test('adds up, moment by moment, in each window', async () => {
    await fc.assert(
      fc.asyncProperty(work, async ({ compute, communication, others, profiling }) => {
        const { timeline } = await readEvents('ascend-msprof-json', [
          ...layer(LAYERS.hardware, 'Ascend Hardware', 'NPU 3'),
          ...layer(LAYERS.communication, 'Communication', 'NPU 3'),
          ...compute.flatMap((list, stream) =>
            list.map((at) => slice(LAYERS.hardware, stream, 'MatMul', at, 'AI_CORE')),
          ),
          ...communication.map((at) => slice(LAYERS.communication, 1, 'hcom_allReduce_', at)),
          ...others.map((at) => slice(LAYERS.hardware, 7, 'EVENT_WAIT', at, 'EVENT_WAIT_SQE')),
          ...profiling.map((at) => slice(LAYERS.hardware, 8, 'PROFILING_ENABLE', at, 'PLACE_HOLDER_SQE')),
        ]);
        const all = compute.flat();
        const busy = [...all, ...communication];
        const windows = { 'first-to-last': busy, 'vendor-2026': [...busy, ...others] };
        for (const rule of WINDOW_RULES) {
          const [overlap] = deviceOverlaps(runOf(timeline), rule);
          if (busy.length === 0) {
            expect(overlap).toBeUndefined();
            continue;
          }
          const start = Math.min(...windows[rule].map(([from]) => from));
          const end = Math.max(...windows[rule].map(([, to]) => to));
          const count = (is: (at: number) => boolean): number =>
            moments.filter((at) => at >= start && at < end && is(at)).length;
          expect(overlap.totals).toEqual({
            windowNs: end - start,
            computeNs: count((at) => covers(all, at)),
            communicationNs: count((at) => covers(communication, at)),
            exposedCommunicationNs: count((at) => covers(communication, at) && !covers(all, at)),
            overlappedNs: count((at) => covers(communication, at) && covers(all, at)),
            deviceIdleNs: count((at) => !covers(busy, at)),
            computeIdleNs: count((at) => !covers(all, at)),
          });
          const { windowNs, computeNs, exposedCommunicationNs, deviceIdleNs, computeIdleNs } = overlap.totals;
          expect(computeNs + exposedCommunicationNs + deviceIdleNs).toBe(windowNs);
          expect(deviceIdleNs + exposedCommunicationNs).toBe(computeIdleNs);
        }
      }),
      { seed },
    );
  });
});
