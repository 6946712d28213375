// What a viewer draws of a run: rows of tracks, counters, devices; and what it may not ask for.
import { describe, expect, test } from 'vitest';
import { OP_KINDS } from '../../src/analysis/index.ts';
import { UsageError } from '../../src/base/index.ts';
import { MOST_COLUMNS } from '../../src/session/requests/checks.ts';
import { decodeAnswer, encodeAnswer } from '../../src/session/requests/codec.ts';
import { counters } from '../../src/session/requests/counters.ts';
import { devices } from '../../src/session/requests/devices.ts';
import { answer } from '../../src/session/requests/handlers.ts';
import { OTHER_COLOURS } from '../../src/session/requests/protocol.ts';
import { window } from '../../src/session/requests/window.ts';
import { NONE } from '../../src/timeline/index.ts';
import { trackNamed, viewedPlanted } from '../support/viewed.ts';

const RUN = await viewedPlanted(
  {
    rank: 0,
    tasks: [
      { name: 'MatMul_1', stream: 2, startNs: 0, endNs: 40_000, taskType: 'AI_CORE' },
      { name: 'Cast_1', stream: 2, startNs: 60_000, endNs: 80_000, taskType: 'AI_VECTOR_CORE' },
      { name: 'MEMCPY_ASYNC', stream: 3, startNs: 0, endNs: 20_000, taskType: 'MEMCPY_ASYNC' },
      { name: 'EVENT_WAIT', stream: 3, startNs: 20_000, endNs: 40_000, taskType: 'EVENT_WAIT_SQE' },
      { name: 'EVENT_RECORD', stream: 3, startNs: 40_000, endNs: 60_000, taskType: 'EVENT_RECORD_SQE' },
      { name: 'PROFILING_ENABLE', stream: 3, startNs: 60_000, endNs: 80_000, taskType: 'PLACE_HOLDER_SQE' },
    ],
    collectives: [
      {
        ...{ name: 'hcom_allReduce__1_1_1', startNs: 80_000, endNs: 100_000 },
        parts: [{ name: 'Reduce_Inline', startNs: 80_000, endNs: 90_000 }],
      },
    ],
    ranges: [
      { name: 'outer', startNs: 0, endNs: 100_000 },
      { name: 'inner', startNs: 20_000, endNs: 40_000 },
    ],
    samples: [
      { counter: 'HBM', series: 'Read(MB/s)', timeNs: 20_000, value: 5 },
      { counter: 'HBM', series: 'Read(MB/s)', timeNs: 50_000, value: 9 },
      { counter: 'HBM', series: 'Read(MB/s)', timeNs: 55_000, value: -1 },
    ],
  },
  { rank: 1, tasks: [{ name: 'MatMul_1', stream: 9, startNs: 50_000, endNs: 70_000 }] },
);
const FIVE = { startNs: 0, endNs: 100_000, columnCount: 5 } as const;
const kindsOf = (codes: ArrayLike<number>): string[] =>
  Array.from(codes, (code) => [...OP_KINDS, ...OTHER_COLOURS][code]);

function trackOf(name: RegExp): number {
  const names = RUN.tracks.map(({ shard, track }) => shard.timeline.tracks[track].name);
  return trackNamed(RUN, names.find((each) => name.test(each)) ?? `${name}`);
}
const [COMPUTE, OTHERS, LATE] = [trackOf(/^Stream 2$/), trackOf(/^Stream 3$/), trackOf(/^Stream 9$/)];
const HOST = trackOf(/7/);

describe('window', () => {
  test('gives for each row of each track what is in its columns', () => {
    const { json, columns } = window(RUN, { ...FIVE, tracks: [HOST, COMPUTE, LATE], colourBy: 'kind' });
    expect(json.rowCounts).toEqual([2, 1, 1]);
    expect([...columns.coverage]).toEqual([
      ...[255, 255, 255, 255, 255],
      ...[0, 255, 0, 0, 0],
      ...[255, 255, 0, 255, 0],
      ...[0, 0, 128, 128, 0],
    ]);
    const names = [HOST, HOST, COMPUTE, LATE].map((track, row) =>
      Array.from(columns.slice.subarray(row * 5, row * 5 + 5), (slice) => nameOf(track, slice)),
    );
    expect(names).toEqual([
      ['outer', 'outer', 'outer', 'outer', 'outer'],
      [undefined, 'inner', undefined, undefined, undefined],
      ['MatMul_1', 'MatMul_1', undefined, 'Cast_1', undefined],
      [undefined, undefined, 'MatMul_1', 'MatMul_1', undefined],
    ]);
  });

  function nameOf(track: number, slice: number): string | undefined {
    const { slices, strings } = RUN.timelineOf(RUN.tracks[track]);
    return slice === NONE ? undefined : strings.get(slices.name[slice]);
  }

  test('tells by colour what a slice is', () => {
    const colours = (...tracks: number[]): string[] =>
      kindsOf(window(RUN, { ...FIVE, tracks, colourBy: 'kind' }).columns.colour);
    expect(colours(OTHERS).slice(0, 4)).toEqual(['copy', 'wait', 'no-op', 'profiling']);
    const [matMul, , , cast] = colours(COMPUTE);
    expect([matMul, cast]).toEqual(['unsplit', 'vector']);
    expect(colours(trackOf(/^Group/))[4]).toBe('communication');
    expect(colours(trackOf(/^Plane/))[4]).toBe('part');
    expect(colours(HOST)[0]).toBe('host');
  });

  test('has one colour for one name, on whatever track and in whatever part of the run', () => {
    const ask = { ...FIVE, tracks: [COMPUTE, LATE], colourBy: 'name' } as const;
    const { colour } = window(RUN, ask).columns;
    expect(colour[0]).toBe(colour[5 + 2]);
    expect(colour[0]).not.toBe(colour[3]);
    expect(Math.max(...colour)).toBeLessThan(32);
  });

  test('names what is wide, once each', () => {
    const ask = {
      startNs: 0,
      endNs: 100_000,
      columnCount: 100,
      tracks: [COMPUTE, LATE, HOST],
      colourBy: 'kind',
    } as const;
    const { json, columns } = window(RUN, ask);
    expect(Array.from(columns.wideName, (name) => json.names[name])).toEqual(['MatMul_1', 'outer']);
    expect([...columns.wideRow]).toEqual([0, 2]);
    expect([...columns.wideStartNs]).toEqual([0, 0]);
    expect([...columns.wideDurNs]).toEqual([40_000, 100_000]);
    expect(json.names).toEqual(['MatMul_1', 'outer']);
  });

  test('survives the way over HTTP', () => {
    const answer = window(RUN, { ...FIVE, tracks: [HOST, COMPUTE], colourBy: 'kind' });
    expect(decodeAnswer(encodeAnswer(answer).buffer)).toEqual(answer);
  });
});

describe('counters', () => {
  test('say which values held in a column, and how far the whole run goes', () => {
    const { columns } = counters(RUN, { ...FIVE, tracks: [trackOf(/^HBM/)] });
    expect([...columns.least]).toEqual([NaN, 5, -1, -1, -1]);
    expect([...columns.most]).toEqual([NaN, 5, 9, -1, -1]);
    expect([...columns.last]).toEqual([NaN, 5, -1, -1, -1]);
    expect([...columns.range]).toEqual([-1, 9]);
  });

  test('say nothing of a track without samples', () => {
    const { columns } = counters(RUN, { ...FIVE, tracks: [COMPUTE] });
    expect([...columns.most, ...columns.range]).toEqual([NaN, NaN, NaN, NaN, NaN, NaN, NaN]);
  });
});

describe('devices', () => {
  test('say what each did of the time, and show its bubbles', () => {
    const { json, columns } = devices(RUN, { ...FIVE, kind: 'device' });
    expect([...columns.computing]).toEqual([...[255, 255, 0, 255, 0], ...[0, 0, 128, 128, 0]]);
    expect([...columns.exposed.subarray(0, 5)]).toEqual([0, 0, 0, 0, 255]);
    expect([...columns.idle.subarray(0, 5)]).toEqual([0, 0, 255, 0, 0]);
    expect([...columns.bubbleStartNs]).toEqual([40_000]);
    expect([...columns.bubbleDurNs]).toEqual([20_000]);
    expect([columns.bubbleDevice[0], columns.bubbleRow[0]]).toEqual([0, 0]);
    expect(json.causes[columns.bubbleCause[0]]).toBe(json.causes[RUN.analysis.devices[0].bubbles[0].cause[0]]);
  });

  test('show bubbles of other kinds', () => {
    const { columns } = devices(RUN, { ...FIVE, kind: 'compute' });
    expect([...columns.bubbleStartNs]).toEqual([40_000, 80_000]);
  });
});

describe('what cannot be answered is refused', () => {
  const tracks = [COMPUTE];
  const cases: readonly (readonly [string, Record<string, unknown>])[] = [
    ['an end before the start', { startNs: 5, endNs: 5 }],
    ['a start that is no number', { startNs: Number.NaN }],
    ['an endless window', { endNs: Number.POSITIVE_INFINITY }],
    ['text for a time', { startNs: '0' }],
    ['no columns', { columnCount: 0 }],
    ['too many columns', { columnCount: MOST_COLUMNS + 1 }],
    ['parts of columns', { columnCount: 1.5 }],
    ['a track there is not', { tracks: [RUN.tracks.length] }],
    ['a track before the first', { tracks: [-1] }],
    ['half a track', { tracks: [0.5] }],
    ['no list of tracks', { tracks: 'all' }],
    ['nothing', { startNs: undefined, endNs: undefined, columnCount: undefined, tracks: undefined }],
    ['a kind there is not', { kind: 'soap', colourBy: 'smell' }],
  ];
  const { startNs, endNs, columnCount } = FIVE;
  const asks: Readonly<Record<string, object>> = {
    window: { startNs, endNs, columnCount, tracks, colourBy: 'kind' },
    counters: { startNs, endNs, columnCount, tracks },
    devices: { startNs, endNs, columnCount, kind: 'device' },
  };

  test.each(cases)('%s', async (_, change) => {
    expect.hasAssertions();
    for (const [name, ask] of Object.entries(asks)) {
      const heeded = Object.entries(change).filter(([field]) => Object.hasOwn(ask, field));
      if (heeded.length === 0) continue;
      await expect(answer(RUN, name, { ...ask, ...Object.fromEntries(heeded) })).rejects.toThrow(UsageError);
    }
  });

  test('more rows than fit an answer', () => {
    const all = Array.from({ length: 2049 }, () => COMPUTE);
    const ask = { startNs: 0, endNs: 1, columnCount: MOST_COLUMNS, tracks: all };
    expect(() => window(RUN, { ...ask, colourBy: 'kind' })).toThrow(/at most 2048/);
    expect(() => counters(RUN, ask)).toThrow(UsageError);
  });
});
