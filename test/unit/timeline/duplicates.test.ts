import { describe, expect, test } from 'vitest';
import { plainFlows, plainSamples, plainSlices } from '../../support/plain-timeline.ts';
import { eventArray, type ReadResult, readFiles } from '../../support/reading.ts';

const slice = { ph: 'X', name: 'op', pid: 1, tid: 1, ts: 10, dur: 5 };
const instant = { ph: 'i', name: 'mark', pid: 1, tid: 1, ts: 11 };
const sample = { ph: 'C', name: 'MHz', pid: 1, ts: 12, args: { MHz: 800 } };
const start = { ph: 's', name: 'arrow', cat: 'c', id: 1, pid: 1, tid: 1, ts: 10 };
const finish = { ph: 'f', bp: 'e', name: 'arrow', cat: 'c', id: 1, pid: 1, tid: 1, ts: 14 };

const readParts = (...parts: object[][]): Promise<ReadResult> =>
  readFiles(
    'ascend-msprof-json',
    parts.map((events, i) => ({ path: `slice_${i}.json`, bytes: new TextEncoder().encode(eventArray(events)) })),
  );

describe('an event that stands in two files of one capture', () => {
  test('counts once, of every kind', async () => {
    const events = [slice, instant, sample, start, finish];
    const { timeline, diagnostics } = await readParts(events, events);
    expect(plainSlices(timeline).length).toBe(1);
    expect(timeline.instants.length).toBe(1);
    expect(plainSamples(timeline).length).toBe(1);
    expect(plainFlows(timeline)).toEqual([{ name: 'arrow', from: 'op @ 10000', to: 'op @ 14000' }]);
    expect(diagnostics.list()).toMatchObject([{ kind: 'duplicate_event', severity: 'info', count: 5 }]);
  });

  test.each([
    ['name', { name: 'other' }],
    ['start', { ts: 10.001 }],
    ['duration', { dur: 5.001 }],
    ['track', { tid: 2 }],
  ])('is another one when its %s differs', async (_, change) => {
    const { timeline, diagnostics } = await readParts([slice], [{ ...slice, ...change }]);
    expect(timeline.slices.length).toBe(2);
    expect(diagnostics.list()).toEqual([]);
  });

  test('is found among others of the same time, and in any of the files before', async () => {
    const others = ['a', 'b', 'c'].map((name) => ({ ...slice, name }));
    const { timeline } = await readParts([...others, slice], [{ ...slice, name: 'd' }], [slice, ...others]);
    expect(
      plainSlices(timeline)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['a', 'b', 'c', 'd', 'op']);
  });
});

test('events of one file are never taken for copies, however alike', async () => {
  const { timeline, diagnostics } = await readParts([slice, slice, sample, sample, instant, instant]);
  expect([timeline.slices.length, timeline.counters.length, timeline.instants.length]).toEqual([2, 2, 2]);
  expect(diagnostics.list()).toEqual([]);
});

test('what only one file has is kept from both', async () => {
  const { timeline } = await readParts([slice, { ...slice, ts: 20 }], [slice, { ...slice, ts: 30 }]);
  expect(plainSlices(timeline).map(({ startNs }) => startNs)).toEqual([10_000n, 20_000n, 30_000n]);
});

test('names of tracks repeat in every file and are no duplicates', async () => {
  const named = { ph: 'M', name: 'thread_name', pid: 1, tid: 1, args: { name: 'Stream 1' } };
  const { timeline, diagnostics } = await readParts([named, slice], [named, { ...slice, ts: 20 }]);
  expect(timeline.tracks.length).toBe(1);
  expect(diagnostics.list()).toEqual([]);
});
