// How a run is put on one axis of time, method by method.
import { describe, expect, it } from 'vitest';
import { Diagnostics, UsageError } from '../../src/base/index.ts';
import { assembleRun } from '../../src/session/assemble-run.ts';
import { type AlignMethod, NONE, type Run } from '../../src/timeline/index.ts';
import { type PartSpec, runOf, type SliceSpec } from './writers/run-of.ts';

const EPOCH = 1_700_000_000_000_000_000n;

/** A rank whose slices begin at these ns of its own clock; its first event is at 0. */
interface RankSpec {
  readonly rank?: number;
  readonly originNs?: bigint;
  readonly capture?: string;
  readonly steps?: Readonly<Record<string, number>>;
  readonly ops?: readonly number[];
  /** Ends; they all begin at 0. */
  readonly collectives?: readonly (readonly [name: string, endNs: number])[];
}

function rankOf({
  rank = NONE,
  originNs = EPOCH,
  capture,
  steps = {},
  ops = [],
  collectives = [],
}: RankSpec): PartSpec {
  const at = (name: string, startNs: number): SliceSpec => ({ name, startNs, durNs: 10 });
  const stepSlices = Object.entries(steps).map(([name, startNs]) => at(name, startNs));
  const ends = collectives.map(([name, endNs]) => ({ name, startNs: 0, durNs: endNs }));
  const device = { side: 'device', device: 0, rank } as const;
  return {
    originNs,
    capture,
    processes: [
      { name: 'Python', side: 'host', rank, tracks: [{ kind: 'thread', slices: [at('main', 0), ...stepSlices] }] },
      { ...device, name: 'Ascend Hardware', tracks: [{ kind: 'stream', slices: ops.map((ns) => at('op', ns)) }] },
      { ...device, name: 'Communication', tracks: [{ kind: 'communication', slices: ends }] },
      { ...device, name: 'Overlap Analysis', tracks: [{ kind: 'overlap', slices: [at('Free', 1)] }] },
    ],
  };
}

function aligned(method: AlignMethod, parts: readonly PartSpec[]): { run: Run; findings: string[] } {
  const diagnostics = new Diagnostics();
  const run = assembleRun(runOf(parts).shards, method, diagnostics);
  const findings = diagnostics
    .list()
    .flatMap(({ kind, places }) => places.map(({ place, detail }) => `${kind} ${place.path} ${detail}`));
  return { run, findings };
}

const shiftsOf = ({ alignment }: Run): unknown => alignment?.shifts.map(({ name, shiftNs }) => [name, shiftNs]);
const placesOf = ({ shards }: Run): number[] => shards.map(({ shiftNs }) => shiftNs);

describe('every method', () => {
  it.each(['clock', 'start', 'collective', 'none'] as const)('%s leaves a run of one clock as it is', (method) => {
    const shards = [rankOf({ rank: 3 }), rankOf({ rank: 3, originNs: EPOCH + 500n })];
    const { run, findings } = aligned(method, shards);
    expect(run.originNs).toBe(EPOCH);
    expect(placesOf(run)).toEqual([0, 500]);
    expect(run.alignment).toBeUndefined();
    expect(findings).toEqual([]);
  });

  it.each(['clock', 'start', 'collective', 'none'] as const)('%s takes runs without parts or events', (method) => {
    expect(aligned(method, []).run).toMatchObject({ originNs: 0n, endNs: 0, shards: [] });
    const { run } = aligned(method, [
      { processes: [], originNs: 7n },
      { processes: [], originNs: 3n },
    ]);
    expect(run).toMatchObject({ originNs: 7n, endNs: 0, alignment: undefined });
    expect(placesOf(run)).toEqual([0, 0]);
  });

  it.each(['start', 'collective', 'none'] as const)('%s moves the shards of a rank and capture together', (method) => {
    const later = { originNs: EPOCH + 1_000_000n, ops: [50], collectives: [['allReduce', 90]] } as const;
    const { run } = aligned(method, [
      rankOf({ rank: 0, ops: [50], collectives: [['allReduce', 90]] }),
      rankOf({ rank: 1, capture: '/b', ...later }),
      rankOf({ rank: 1, capture: '/b', originNs: EPOCH + 1_000_300n }),
    ]);
    expect(placesOf(run)).toEqual([0, 0, 300]);
    expect(shiftsOf(run)).toEqual([
      ['rank 0', 0n],
      ['rank 1', -1_000_000n],
    ]);
  });

  it('moves captures of one rank each by itself', () => {
    const { run } = aligned('none', [
      rankOf({ rank: 0, capture: '/a' }),
      rankOf({ rank: 0, capture: '/b', originNs: EPOCH + 700n }),
    ]);
    expect(placesOf(run)).toEqual([0, 0]);
  });
});

describe('clock', () => {
  it('keeps absolute times and says how far apart the ends of collectives are', () => {
    const { run, findings } = aligned('clock', [
      rankOf({
        rank: 1,
        originNs: EPOCH + 100n,
        collectives: [
          ['a', 1000],
          ['b', 2000],
          ['c', 3040],
        ],
      }),
      rankOf({
        rank: 0,
        collectives: [
          ['a', 1000],
          ['b', 2300],
          ['c', 3000],
          ['own', 9],
        ],
      }),
    ]);
    expect(run.originNs).toBe(EPOCH);
    expect(placesOf(run)).toEqual([100, 0]);
    expect(run.alignment).toEqual({
      method: 'clock',
      shifts: [
        { name: 'rank 0', rank: 0, shiftNs: 0n, sharedCollectives: 3 },
        { name: 'rank 1', rank: 1, shiftNs: 0n, sharedCollectives: 3 },
      ],
      residual: { medianNs: 140, maxNs: 200, count: 3 },
    });
    expect(findings).toEqual([]);
  });

  it('takes collectives of two captures of one rank for those of two runs', () => {
    const { run } = aligned('clock', [
      rankOf({ rank: 0, capture: '/first', collectives: [['a', 1000]] }),
      rankOf({ rank: 0, capture: '/second', originNs: EPOCH + 9000n, collectives: [['a', 1000]] }),
      rankOf({ rank: 1, capture: '/third', originNs: EPOCH + 9005n, collectives: [['a', 1000]] }),
    ]);
    expect(run.alignment?.residual).toEqual({ medianNs: 5, maxNs: 5, count: 1 });
    expect(run.alignment?.shifts.map(({ name, sharedCollectives }) => [name, sharedCollectives])).toEqual([
      ['rank 0 · first', 0],
      ['rank 0 · second', 1],
      ['rank 1', 1],
    ]);
  });

  it('warns of ranks that never run while the others do', () => {
    const { run, findings } = aligned('clock', [
      rankOf({ rank: 0, ops: [500] }),
      rankOf({ rank: 1, originNs: EPOCH + 400n }),
      rankOf({ rank: 2, originNs: EPOCH + 511n }),
    ]);
    expect(placesOf(run)).toEqual([0, 400, 511]);
    expect(findings).toEqual(['ranks_apart /captures/part2.json rank 2']);
  });

  it('takes several captures of the same ranks, and files without a rank, for what they are', () => {
    const late = EPOCH + 1_000_000n;
    const { findings } = aligned('clock', [
      rankOf({ rank: 0, capture: '/a' }),
      rankOf({ rank: 1, capture: '/b' }),
      rankOf({ rank: 0, capture: '/c', originNs: late }),
      rankOf({ rank: 1, capture: '/d', originNs: late }),
      rankOf({ originNs: late + 1_000_000n }),
    ]);
    expect(findings).toEqual([]);
  });
});

describe('start', () => {
  it('puts the first step that all ranks have at one time', () => {
    const { run, findings } = aligned('start', [
      rankOf({ rank: 0, steps: { 'ProfilerStep#9': 100, 'ProfilerStep#10': 400 }, ops: [20] }),
      rankOf({ rank: 1, originNs: EPOCH - 5000n, steps: { 'ProfilerStep#11': 900, 'ProfilerStep#10': 450 } }),
    ]);
    expect(run.originNs).toBe(EPOCH - 50n);
    expect(placesOf(run)).toEqual([50, 0]);
    expect(shiftsOf(run)).toEqual([
      ['rank 0', 0n],
      ['rank 1', 4950n],
    ]);
    expect(findings).toEqual([]);
  });

  it('puts the first device op at one time where a rank has no such step; overlap rows are no ops', () => {
    const { run } = aligned('start', [
      rankOf({ rank: 0, steps: { 'ProfilerStep#1': 100 }, ops: [70, 40] }),
      rankOf({ rank: 1, originNs: EPOCH + 10n, steps: { 'ProfilerStep#2': 100, 'ProfilerStep#1x': 100 }, ops: [60] }),
    ]);
    expect(shiftsOf(run)).toEqual([
      ['rank 0', 0n],
      ['rank 1', -30n],
    ]);
  });

  it('names a rank that has neither and keeps its clock', () => {
    const { run, findings } = aligned('start', [
      rankOf({ rank: 0 }),
      rankOf({ rank: 1, originNs: EPOCH + 10n, ops: [60] }),
      rankOf({ rank: 2, originNs: EPOCH + 10n, ops: [90] }),
    ]);
    expect(shiftsOf(run)).toEqual([
      ['rank 0', 0n],
      ['rank 1', 0n],
      ['rank 2', -30n],
    ]);
    expect(findings).toEqual([
      'rank_not_aligned /captures/part0.json rank 0: no step that all ranks have, and no device op',
    ]);
  });
});

describe('collective', () => {
  it('moves a rank by the median over the ends of what it shares', () => {
    const { run, findings } = aligned('collective', [
      rankOf({
        rank: 0,
        collectives: [
          ['a', 1000],
          ['b', 2000],
          ['c', 3000],
        ],
      }),
      rankOf({
        rank: 1,
        originNs: EPOCH + 50n,
        collectives: [
          ['a', 1100],
          ['b', 2107],
          ['c', 8000],
        ],
      }),
    ]);
    expect(shiftsOf(run)).toEqual([
      ['rank 0', 0n],
      ['rank 1', -157n],
    ]);
    expect(run.originNs).toBe(EPOCH - 107n);
    expect(run.alignment?.residual).toEqual({ medianNs: 7, maxNs: 4893, count: 3 });
    expect(findings).toEqual([]);
  });

  it('takes the n-th of one name for the same collective', () => {
    const { run } = aligned('collective', [
      rankOf({
        rank: 0,
        collectives: [
          ['allReduce', 1000],
          ['allReduce', 2000],
        ],
      }),
      rankOf({
        rank: 1,
        collectives: [
          ['allReduce', 1010],
          ['allReduce', 2010],
          ['allReduce', 3010],
        ],
      }),
    ]);
    expect(shiftsOf(run)).toEqual([
      ['rank 0', 0n],
      ['rank 1', -10n],
    ]);
    expect(run.alignment?.residual).toEqual({ medianNs: 0, maxNs: 0, count: 2 });
  });

  it('leaves out what passes between two ranks only: its ends may lie apart', () => {
    const names = ['hcom_send__1_0_1', 'hcom_receive__1_1_1', 'hcom_batchSendRecv__128_3_1'];
    const { run, findings } = aligned(
      'collective',
      [0, 1].map((rank) => rankOf({ rank, collectives: names.map((name, i) => [name, i + rank] as const) })),
    );
    expect(run.alignment?.residual).toBeUndefined();
    expect(findings).toEqual([
      'rank_not_aligned /captures/part1.json rank 1: no collective in common with rank 0 or what is aligned to it',
    ]);
  });

  it('goes from rank to rank along groups where none has all of them, the largest common part first', () => {
    const { run, findings } = aligned('collective', [
      rankOf({
        rank: 0,
        collectives: [
          ['tp__1_0', 100],
          ['tp__1_1', 200],
          ['dp__3_0', 300],
        ],
      }),
      rankOf({
        rank: 1,
        collectives: [
          ['tp__1_0', 110],
          ['tp__1_1', 210],
          ['dp__4_0', 310],
        ],
      }),
      rankOf({
        rank: 2,
        collectives: [
          ['tp__2_0', 120],
          ['tp__2_1', 220],
          ['dp__3_0', 320],
        ],
      }),
      // What it shares with rank 1 alone would put it elsewhere.
      rankOf({
        rank: 3,
        collectives: [
          ['tp__2_0', 130],
          ['tp__2_1', 230],
          ['dp__4_0', 999],
        ],
      }),
    ]);
    expect(shiftsOf(run)).toEqual([
      ['rank 0', 0n],
      ['rank 1', -10n],
      ['rank 2', -20n],
      ['rank 3', -30n],
    ]);
    expect(run.alignment?.residual).toMatchObject({ count: 6, medianNs: 0, maxNs: 669 });
    expect(findings).toEqual([]);
  });

  it('aligns ranks with no way to the first among themselves, and says so', () => {
    const { run, findings } = aligned('collective', [
      rankOf({ rank: 0, collectives: [['a', 100]] }),
      rankOf({ rank: 1, collectives: [['a', 110]] }),
      rankOf({ rank: 2, collectives: [['b', 100]] }),
      rankOf({ rank: 3, collectives: [['b', 130]] }),
      rankOf({}),
    ]);
    expect(shiftsOf(run)).toEqual([
      ['rank 0', 0n],
      ['rank 1', -10n],
      ['rank 2', 0n],
      ['rank 3', -30n],
      ['part4.json', 0n],
    ]);
    expect(findings).toEqual([
      'rank_not_aligned /captures/part2.json rank 2: no collective in common with rank 0 or what is aligned to it',
      'rank_not_aligned /captures/part4.json part4.json: no collective in common with rank 0 or what is aligned to it',
    ]);
  });
});

describe('none', () => {
  it('lets every rank count from its own first event, on the clock of the lowest', () => {
    const { run, findings } = aligned('none', [
      rankOf({ rank: 1, originNs: EPOCH + 900n, ops: [40] }),
      rankOf({ rank: 0, originNs: EPOCH + 200n }),
    ]);
    expect(run.originNs).toBe(EPOCH + 200n);
    expect(run.endNs).toBe(50);
    expect(placesOf(run)).toEqual([0, 0]);
    expect(shiftsOf(run)).toEqual([
      ['rank 0', 0n],
      ['rank 1', -700n],
    ]);
    expect(findings).toEqual([]);
  });
});

describe('clocks that have nothing in common', () => {
  const both = { steps: { 'ProfilerStep#1': 30 }, collectives: [['allReduce', 90]] } as const;
  const boot = rankOf({ rank: 0, originNs: 5000n, ...both });
  const epoch = rankOf({ rank: 1, originNs: EPOCH, ...both });

  it('cannot be on one axis as they are; the hint names what helps', () => {
    const refused = (method: AlignMethod, parts: readonly PartSpec[]): unknown => {
      try {
        return aligned(method, parts);
      } catch (error) {
        return error instanceof UsageError ? [error.code, error.hint] : error;
      }
    };
    expect(refused('clock', [boot, epoch])).toEqual([
      'clocks_differ',
      '--align start or collective or none puts them side by side',
    ]);
    const silent = rankOf({ rank: 1 });
    expect(refused('start', [boot, silent])).toEqual(['clocks_differ', '--align none puts them side by side']);
    const mixed = [rankOf({ rank: 0, originNs: 5000n }), rankOf({ rank: 0 })];
    expect(refused('none', mixed)).toEqual(['clocks_differ', 'convert them one by one']);
  });

  it.each(['start', 'collective', 'none'] as const)('are on one with %s, and the shift is exact', (method) => {
    const { run } = aligned(method, [epoch, boot]);
    expect(run.originNs).toBe(5000n);
    expect(placesOf(run)).toEqual([0, 0]);
    expect(shiftsOf(run)).toEqual([
      ['rank 0', 0n],
      ['rank 1', 5000n - EPOCH],
    ]);
  });
});
