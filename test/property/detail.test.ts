// What is drawn in columns of pixels, against a look at every slice, every sample and every interval there is.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Peaks } from '../../src/analysis/detail/peaks.ts';
import { RowDetail, WIDE_COLUMNS } from '../../src/analysis/detail/row-detail.ts';
import { columnsOf } from '../../src/analysis/detail/time-columns.ts';
import type { Intervals } from '../../src/analysis/intervals.ts';
import { counters } from '../../src/session/requests/counters.ts';
import { deviceBubbles } from '../../src/session/requests/device-bubbles.ts';
import { devices } from '../../src/session/requests/devices.ts';
import { shareOfCode, type Window } from '../../src/session/requests/protocol.ts';
import type { ViewedRun } from '../../src/session/requests/viewed-run.ts';
import { window } from '../../src/session/requests/window.ts';
import { NONE } from '../../src/timeline/index.ts';
import { type PlantedRank, plantedRun } from '../support/planted-run.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { viewed } from '../support/viewed.ts';

const seed = 20261121;
const END_NS = 4000;
/** How far a share may be off. */
const CLOSE = 1 / 256;

/** Few long ones, many short ones, some of no length; crowded enough to nest and to need lanes. */
const time = fc
  .record({
    startNs: fc.oneof(fc.nat(END_NS), fc.nat(60)),
    durNs: fc.oneof(fc.constant(0), fc.nat(4), fc.nat(40), fc.nat(END_NS)),
  })
  .map(({ startNs, durNs }) => ({ startNs, endNs: startNs + durNs }));
const tasks = fc
  .array(fc.tuple(time, fc.integer({ min: 2, max: 3 })), { maxLength: 70 })
  .map((list) => list.map(([at, stream], i) => ({ ...at, name: `op_${i % 7}`, stream })));
const ranges = fc
  .array(time, { maxLength: 40 })
  .map((list) => list.map((at, i) => ({ ...at, name: `call_${i % 5}`, thread: 7 })));
const samples = fc
  .array(fc.tuple(fc.nat(END_NS), fc.integer({ min: -5, max: 5 })), { maxLength: 60 })
  .map((list) => list.map(([timeNs, value]) => ({ counter: 'HBM', series: 'Read(MB/s)', timeNs, value })));
/** The second rank begins later, so that its times are shifted. */
const runs = fc.record({ tasks, ranges, samples, laterNs: fc.nat(500) });
interface Drawn {
  readonly tasks: NonNullable<PlantedRank['tasks']>;
  readonly ranges: NonNullable<PlantedRank['ranges']>;
  readonly samples: NonNullable<PlantedRank['samples']>;
  readonly laterNs: number;
}

async function runOf({ laterNs, ...own }: Drawn): Promise<ViewedRun> {
  const late = { name: 'late', stream: 4, startNs: laterNs, endNs: laterNs + 100 };
  return viewed(
    await plantedRun([
      { rank: 0, ...own },
      { rank: 1, tasks: [late] },
    ]),
  );
}

/** In the run, around it and beside it; columns of whole ns, of parts of them, and of ugly widths. */
const windows = fc
  .record({
    startNs: fc.oneof(fc.nat(END_NS), fc.nat(60), fc.integer({ min: -END_NS, max: 2 * END_NS })),
    widthNs: fc.constantFrom(1, 16, 97, 700, 0.25, 2 ** -6, 1 / 3, 7.3, 0.01),
    columnCount: fc.integer({ min: 1, max: 90 }),
  })
  .map(({ startNs, widthNs, columnCount }) => ({ startNs, endNs: startNs + widthNs * columnCount, columnCount }));

/** The columns of a window, from its start. */
function boundsOf({ startNs, endNs, columnCount }: Window): { widthNs: number; bounds: (readonly [number, number])[] } {
  const widthNs = (endNs - startNs) / columnCount;
  return {
    widthNs,
    bounds: Array.from({ length: columnCount }, (_, column) => [column * widthNs, (column + 1) * widthNs] as const),
  };
}

interface Piece {
  readonly slice: number;
  readonly startNs: number;
  readonly endNs: number;
}
const sharedNs = ({ startNs, endNs }: Piece, [fromNs, toNs]: readonly [number, number]): number =>
  Math.max(0, Math.min(endNs, toNs) - Math.max(startNs, fromNs));
const isIn = (piece: Piece, bounds: readonly [number, number]): boolean =>
  sharedNs(piece, bounds) > 0 ||
  (piece.startNs === piece.endNs && piece.startNs >= bounds[0] && piece.startNs < bounds[1]);

/** The slices of each row of a track, in times from the start of a window. */
function rowsOf(run: ViewedRun, number: number, { startNs: originNs }: Window): Piece[][] {
  const { shard, track } = run.tracks[number];
  const { slices, sliceRange } = shard.timeline;
  const rows = new Map<number, Piece[]>();
  const deepest = new Map<number, number>();
  for (let slice = sliceRange[track]; slice < sliceRange[track + 1]; slice++) {
    const key = slices.lane[slice] * 1000 + slices.depth[slice];
    deepest.set(slices.lane[slice], Math.max(deepest.get(slices.lane[slice]) ?? 0, slices.depth[slice]));
    const startNs = slices.startNs[slice] + shard.shiftNs - originNs;
    rows.set(key, [...(rows.get(key) ?? []), { slice, startNs, endNs: startNs + slices.durNs[slice] }]);
  }
  const lanes = [...deepest].sort(([a], [b]) => a - b);
  return lanes.flatMap(([lane, depth]) =>
    Array.from({ length: depth + 1 }, (_, level) => rows.get(lane * 1000 + level) ?? []),
  );
}

/** Whether a byte stands for a share, and for nothing or all exactly where it says so. */
function expectShare(code: number, busyNs: number, wholeNs: number): void {
  const share = busyNs / wholeNs;
  expect(Math.abs(shareOfCode(code) - share)).toBeLessThan(CLOSE);
  if (busyNs === 0) expect(code).toBe(0);
  if (busyNs > 0) expect(code).toBeGreaterThan(0);
  if (busyNs === wholeNs) expect(code).toBe(255);
  // Bounds of columns that are no whole ns are rounded.
  if (share < 1 - 1e-12) expect(code).toBeLessThan(255);
}

function expectColumn(pieces: readonly Piece[], bounds: readonly [number, number], code: number, slice: number): void {
  const here = pieces.filter((piece) => isIn(piece, bounds));
  const partsNs = here.map((piece) => sharedNs(piece, bounds));
  expectShare(
    code,
    partsNs.reduce((sum, ns) => sum + ns, 0),
    bounds[1] - bounds[0],
  );
  const mostNs = Math.max(...partsNs);
  expect(slice).toBe(here[partsNs.indexOf(mostNs)]?.slice ?? NONE);
}

describe('rows of tracks', () => {
  test('show in each column the busy share and the longest slice, whatever the window', async () => {
    let shown = 0;
    await fc.assert(
      fc.asyncProperty(runs, fc.array(windows, { minLength: 1, maxLength: 3 }), async (drawn, asked) => {
        const run = await runOf(drawn);
        const tracks = run.tracks.map((_, number) => number);
        for (const each of asked) {
          const { json, columns } = window(run, { ...each, tracks, colourBy: 'kind' });
          const rows = tracks.map((number) => rowsOf(run, number, each));
          expect(json.rowCounts).toEqual(rows.map(({ length }) => length));
          const { bounds } = boundsOf(each);
          for (const [row, pieces] of rows.flat().entries()) {
            for (const [column, at] of bounds.entries()) {
              const cell = row * each.columnCount + column;
              expectColumn(pieces, at, columns.coverage[cell], columns.slice[cell]);
              if (columns.slice[cell] !== NONE) shown++;
            }
          }
        }
      }),
      { seed, numRuns: 60 },
    );
    expect(shown).toBeGreaterThan(5_000);
  });

  test('name the slices of which enough columns are in view, and no others', async () => {
    let named = 0;
    await fc.assert(
      fc.asyncProperty(runs, windows, async (drawn, asked) => {
        const run = await runOf(drawn);
        const tracks = run.tracks.map((_, number) => number);
        const { json, columns } = window(run, { ...asked, tracks, colourBy: 'name' });
        const { widthNs, bounds } = boundsOf(asked);
        const view = [0, bounds[bounds.length - 1][1]] as const;
        const rows = tracks.flatMap((number) => rowsOf(run, number, asked).map((pieces) => ({ number, pieces })));
        const expected = rows.flatMap(({ number, pieces }, row) =>
          pieces
            .filter((piece) => sharedNs(piece, view) >= WIDE_COLUMNS * widthNs)
            .map(({ slice, startNs, endNs }) => {
              const { strings, slices } = run.tracks[number].shard.timeline;
              return { row, slice, startNs, durNs: endNs - startNs, name: strings.get(slices.name[slice]) };
            }),
        );
        const found = Array.from(columns.wideRow, (row, i) => ({
          ...{ row, slice: columns.wideSlice[i], startNs: columns.wideStartNs[i] - asked.startNs },
          ...{ durNs: columns.wideDurNs[i], name: json.names[columns.wideName[i]] },
        }));
        expect(found).toEqual(expected);
        named += found.length;
      }),
      { seed, numRuns: 100 },
    );
    expect(named).toBeGreaterThan(30);
  });

  test.each([
    ['tens of thousands of slices', 1],
    ['slices and pauses of minutes among short ones', 1e8],
  ])('of %s are as exact', (_, scale) => {
    const random = seededRandom(seed);
    const pieces: Piece[] = [];
    for (let nowNs = 0, slice = 0; slice < 30_000; slice++) {
      const stretch = random.below(20) === 0 ? scale : 1;
      const endNs = nowNs + (random.below(50) === 0 ? 0 : random.below(random.pick([3, 30, 3000])) * stretch);
      pieces.push({ slice, startNs: nowNs, endNs });
      nowNs = endNs + (random.below(3) === 0 ? 1 : random.below(random.pick([5, 500, 40_000])) * stretch);
    }
    const lastNs = pieces[pieces.length - 1].endNs;
    const row = new RowDetail(
      Float64Array.from(pieces, ({ startNs }) => startNs),
      Float64Array.from(pieces, ({ startNs, endNs }) => endNs - startNs),
    );
    for (let zoom = 1; zoom < lastNs; zoom *= 7) {
      const spanNs = lastNs / zoom;
      const startNs = Math.floor(random.share() * (lastNs - spanNs)) - (zoom === 1 ? 100 : 0);
      const asked = { startNs, endNs: startNs + spanNs, columnCount: 37 };
      const coverage = new Uint8Array(37);
      const longest = new Int32Array(37).fill(NONE);
      row.draw(columnsOf(asked), { coverage, longest });
      const moved = pieces.map((piece) => ({
        ...{ slice: piece.slice, startNs: piece.startNs - startNs, endNs: piece.endNs - startNs },
      }));
      for (const [column, at] of boundsOf(asked).bounds.entries()) {
        expectColumn(moved, at, coverage[column], longest[column]);
      }
    }
  });

  test('tell columns apart that are a thousandth of a ns wide, hours after the start', () => {
    const hoursNs = 4e13;
    const row = new RowDetail(Float64Array.of(hoursNs, hoursNs + 2), Float64Array.of(1, 1));
    const coverage = new Uint8Array(3000);
    const longest = new Int32Array(3000).fill(NONE);
    row.draw({ startNs: hoursNs, widthNs: 0.001, columnCount: 3000 }, { coverage, longest });
    expect([...longest]).toEqual(Array.from({ length: 3000 }, (_, i) => (i < 1000 ? 0 : i < 2000 ? NONE : 1)));
    expect([...coverage]).toEqual(Array.from({ length: 3000 }, (_, i) => (i < 1000 || i >= 2000 ? 255 : 0)));
  });

  test('show 1 ns of work in weeks, and 1 ns of pause', () => {
    const weeksNs = 1e15;
    const [coverage, longest] = [new Uint8Array(2), new Int32Array(2).fill(NONE)];
    const row = new RowDetail(Float64Array.of(5, weeksNs), Float64Array.of(1, weeksNs - 1));
    row.draw({ startNs: 0, widthNs: weeksNs, columnCount: 2 }, { coverage, longest });
    expect([...coverage]).toEqual([1, 254]);
    expect([...longest]).toEqual([0, 1]);
  });
});

describe('counters', () => {
  test('show in each column the least, most and last value that held in it', async () => {
    let shown = 0;
    await fc.assert(
      fc.asyncProperty(runs, windows, async (drawn, asked) => {
        const run = await runOf(drawn);
        const tracks = run.tracks.flatMap(({ shard, track }, number) =>
          shard.timeline.tracks[track].kind === 'counter' ? [number] : [],
        );
        const { columns } = counters(run, { ...asked, tracks });
        for (const [row, number] of tracks.entries()) {
          const { shard, track } = run.tracks[number];
          const { counters: all, counterRange } = shard.timeline;
          const held = Array.from(all.timeNs.subarray(counterRange[track], counterRange[track + 1]), (timeNs, i) => {
            const at = counterRange[track] + i;
            const isLast = at + 1 === counterRange[track + 1];
            const untilNs = isLast ? run.run.endNs : all.timeNs[at + 1] + shard.shiftNs;
            const startNs = timeNs + shard.shiftNs - asked.startNs;
            return { value: all.value[at], slice: at, startNs, endNs: untilNs - asked.startNs };
          });
          for (const [column, at] of boundsOf(asked).bounds.entries()) {
            const values = held.filter((piece) => isIn(piece, at)).map(({ value }) => value);
            const cell = row * asked.columnCount + column;
            shown += values.length;
            expect([columns.least[cell], columns.most[cell], columns.last[cell]]).toEqual(
              values.length === 0 ? [NaN, NaN, NaN] : [Math.min(...values), Math.max(...values), values.at(-1)],
            );
          }
          const values = held.map(({ value }) => value);
          expect([...columns.range.subarray(2 * row, 2 * row + 2)]).toEqual([Math.min(...values), Math.max(...values)]);
        }
      }),
      { seed, numRuns: 100 },
    );
    expect(shown).toBeGreaterThan(1000);
  });
});

describe('devices', () => {
  const partNs = (set: Intervals, originNs: number, bounds: readonly [number, number]): number => {
    let sumNs = 0;
    for (let i = 0; i < set.length; i += 2) {
      sumNs += sharedNs({ slice: i, startNs: set[i] - originNs, endNs: set[i + 1] - originNs }, bounds);
    }
    return sumNs;
  };

  test('show in each column what they did of the time', async () => {
    await fc.assert(
      fc.asyncProperty(runs, windows, async (drawn, asked) => {
        const run = await runOf(drawn);
        const { columns } = devices(run, { ...asked, kind: 'device' });
        for (const [row, { overlap }] of run.analysis.devices.entries()) {
          for (const [column, at] of boundsOf(asked).bounds.entries()) {
            const cell = row * asked.columnCount + column;
            const sets = [
              ['computing', overlap.compute],
              ['exposed', overlap.exposedCommunication],
              ['idle', overlap.deviceIdle],
            ] as const;
            for (const [what, set] of sets) {
              expectShare(columns[what][cell], partNs(set, asked.startNs, at), at[1] - at[0]);
            }
          }
        }
      }),
      { seed, numRuns: 50 },
    );
  });

  test('show each bubble that is in view and as wide as a column', async () => {
    let shown = 0;
    const stretched = runs.map((drawn) => ({
      ...drawn,
      tasks: drawn.tasks.map((task) => ({ ...task, startNs: 40 * task.startNs, endNs: 40 * task.startNs + 50 })),
    }));
    const kinds = fc.constantFrom('device', 'compute', 'stream');
    await fc.assert(
      fc.asyncProperty(stretched, windows, kinds, fc.boolean(), async (drawn, small, kind, isWhole) => {
        const run = await runOf(drawn);
        const asked = { startNs: 40 * small.startNs, endNs: 40 * small.endNs, columnCount: isWhole ? 1 : 40 };
        const { columns } = devices(run, { ...asked, kind });
        const { widthNs } = boundsOf(asked);
        const expected = deviceBubbles(run)(kind).flatMap(({ startNs, durNs, cause }, device) =>
          Array.from(startNs, (_, row) => row)
            .filter((row) => durNs[row] >= widthNs)
            .filter((row) => startNs[row] < asked.endNs && startNs[row] + durNs[row] > asked.startNs)
            .map((row) => [device, row, startNs[row], durNs[row], cause[row]]),
        );
        const { bubbleDevice, bubbleRow, bubbleStartNs, bubbleDurNs, bubbleCause } = columns;
        const found = Array.from(bubbleDevice, (device, i) => [
          ...[device, bubbleRow[i], bubbleStartNs[i], bubbleDurNs[i], bubbleCause[i]],
        ]);
        expect(found).toEqual(expected);
        shown += found.length;
      }),
      { seed, numRuns: 100 },
    );
    expect(shown).toBeGreaterThan(20);
  });
});

describe('peaks', () => {
  const values = fc.array(fc.nat(30), { maxLength: 700 }).map((list) => Float64Array.from(list));

  test('are the first of the highest values of a range', () => {
    fc.assert(
      fc.property(values, fc.nat(700), fc.nat(700), (list, a, b) => {
        const [from, to] = [Math.min(a, b, list.length), Math.min(Math.max(a, b), list.length)];
        const range = list.subarray(from, to);
        const expected = range.length === 0 ? NONE : from + range.indexOf(Math.max(...range));
        expect(new Peaks(list).highest(from, to)).toBe(expected);
      }),
      { seed, numRuns: 500 },
    );
  });

  test('find all that reach a value', () => {
    fc.assert(
      fc.property(values, fc.nat(30), fc.nat(700), (list, least, from) => {
        const found: number[] = [];
        new Peaks(list).eachFrom(least, from, list.length, (position) => found.push(position));
        expect(found).toEqual([...list.keys()].filter((i) => i >= from && list[i] >= least));
      }),
      { seed, numRuns: 300 },
    );
  });
});
