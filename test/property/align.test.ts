import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Diagnostics } from '../../src/base/index.ts';
import { assembleRun } from '../../src/session/assemble-run.ts';
import type { Alignment, Run } from '../../src/timeline/index.ts';
import { type PartSpec, runOf } from '../unit/writers/run-of.ts';

/**
 * A made-up job: groups of ranks take part in collectives that end at true times; each rank's clock is off by an offset
 * of its own, and each end it records by a noise.
 */
interface Job {
  readonly groups: readonly (readonly number[])[];
  readonly offsetsNs: readonly bigint[];
  readonly perGroup: number;
  /** By group, collective and rank. */
  readonly noiseNs: (group: number, collective: number, rank: number) => number;
}

const EPOCH = 1_700_000_000_000_000_000n;
const GAP_NS = 1_000_000;

function recorded({ groups, offsetsNs, perGroup, noiseNs }: Job): PartSpec[] {
  return offsetsNs.map((offsetNs, rank) => ({
    originNs: EPOCH + offsetNs,
    processes: [
      {
        name: 'Communication',
        side: 'device',
        device: rank,
        rank,
        tracks: groups.flatMap((members, group) => {
          if (!members.includes(rank)) return [];
          const slices = Array.from({ length: perGroup }, (_, collective) => {
            const trueEndNs = (collective * groups.length + group + 1) * GAP_NS;
            const endNs = trueEndNs + noiseNs(group, collective, rank);
            return { name: `hcom_allReduce__${group}_${collective}_1`, startNs: endNs - 500_000, durNs: 500_000 };
          });
          return [{ kind: 'communication', name: `Group ${group}`, slices } as const];
        }),
      },
    ],
  }));
}

function align(parts: readonly PartSpec[]): { run: Run; alignment: Alignment; diagnostics: Diagnostics } {
  const diagnostics = new Diagnostics();
  const run = assembleRun(runOf(parts).shards, 'collective', diagnostics);
  if (run.alignment === undefined) throw new Error('no alignment of several ranks');
  return { run, alignment: run.alignment, diagnostics };
}

/** What a perfect alignment adds to each clock, as rank 0 keeps its own. */
const trueShifts = (offsetsNs: readonly bigint[]): bigint[] => offsetsNs.map((ns) => offsetsNs[0] - ns);
const shiftsOf = ({ shifts }: Alignment): bigint[] => shifts.map(({ shiftNs }) => shiftNs);

/** Groups that hang together: every rank but the first is in a group with a lower one. */
const connectedGroups = (rankCount: number): fc.Arbitrary<number[][]> =>
  fc
    .tuple(
      ...Array.from({ length: rankCount - 1 }, (_, i) => fc.nat({ max: i }).map((lower) => [lower, i + 1])),
      fc.array(fc.uniqueArray(fc.nat({ max: rankCount - 1 }), { minLength: 1, maxLength: rankCount }), {
        maxLength: 3,
      }),
    )
    .map((parts) => parts.flatMap((part) => (isPair(part) ? [part] : part)));

function isPair(part: number[] | number[][]): part is number[] {
  return part.every((each) => typeof each === 'number') && part.length === 2;
}

const offset = fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n });
const ranks = fc.integer({ min: 2, max: 9 });

describe('clocks that are off', () => {
  it('are set right exactly by collectives without noise, however the groups overlap', () => {
    const job = ranks.chain((count) =>
      fc.record({
        groups: connectedGroups(count),
        offsetsNs: fc.array(offset, { minLength: count, maxLength: count }),
        perGroup: fc.integer({ min: 1, max: 4 }),
        noiseNs: fc.constant(() => 0),
      }),
    );
    fc.assert(
      fc.property(job, (job) => {
        const { alignment, diagnostics } = align(recorded(job));
        expect(shiftsOf(alignment)).toEqual(trueShifts(job.offsetsNs));
        expect(alignment.residual).toMatchObject({ medianNs: 0, maxNs: 0 });
        expect(diagnostics.list()).toEqual([]);
      }),
    );
  });

  it('are set right within the noise of each step along the tree', () => {
    const noise = 4000;
    const job = ranks.chain((count) =>
      fc
        .record({
          groups: connectedGroups(count),
          offsetsNs: fc.array(offset, { minLength: count, maxLength: count }),
          perGroup: fc.integer({ min: 1, max: 5 }),
          noises: fc.array(fc.integer({ min: -noise, max: noise }), { minLength: 37, maxLength: 37 }),
        })
        .map(({ noises, ...rest }) => ({
          ...rest,
          noiseNs: (group: number, collective: number, rank: number) =>
            noises[(group * 31 + collective * 7 + rank) % 37],
        })),
    );
    fc.assert(
      fc.property(job, (job) => {
        const { alignment } = align(recorded(job));
        const expected = trueShifts(job.offsetsNs);
        const mostNs = 2 * noise * (job.offsetsNs.length - 1);
        shiftsOf(alignment).forEach((ns, rank) => {
          expect(Math.abs(Number(ns - expected[rank]))).toBeLessThanOrEqual(mostNs);
        });
        expect(alignment.residual?.maxNs).toBeLessThanOrEqual(2 * noise + 2 * mostNs);
      }),
    );
  });

  it('are set right where one in three collectives is far off on one rank', () => {
    fc.assert(
      fc.property(offset, fc.integer({ min: 2, max: 6 }), (offsetNs, thirds) => {
        const noiseNs = (_group: number, collective: number, rank: number) =>
          rank === 1 && collective % 3 === 0 ? 400_000 : 0;
        const job = { groups: [[0, 1]], offsetsNs: [0n, offsetNs], perGroup: thirds * 3, noiseNs };
        expect(shiftsOf(align(recorded(job)).alignment)).toEqual([0n, -offsetNs]);
      }),
    );
  });

  it('are set right through tensor-parallel and data-parallel pairs, with no group of all ranks', () => {
    const groups = [
      [0, 1],
      [2, 3],
      [4, 5],
      [6, 7],
      ...[0, 1].flatMap((lane) => [
        [lane, lane + 2],
        [lane + 2, lane + 4],
        [lane + 4, lane + 6],
      ]),
    ];
    fc.assert(
      fc.property(fc.array(offset, { minLength: 8, maxLength: 8 }), (offsetsNs) => {
        const { run, alignment, diagnostics } = align(recorded({ groups, offsetsNs, perGroup: 3, noiseNs: () => 0 }));
        expect(shiftsOf(alignment)).toEqual(trueShifts(offsetsNs));
        expect(alignment.residual).toEqual({ medianNs: 0, maxNs: 0, count: groups.length * 3 });
        expect(diagnostics.list()).toEqual([]);
        expect(run.shards.map(({ shiftNs }) => shiftNs)).toEqual(offsetsNs.map(() => 0));
      }),
    );
  });
});

it('the order in which ranks are given makes no difference', () => {
  const job = fc.record({
    groups: connectedGroups(5),
    offsetsNs: fc.array(offset, { minLength: 5, maxLength: 5 }),
    perGroup: fc.integer({ min: 1, max: 3 }),
    noiseNs: fc.func(fc.integer({ min: -900, max: 900 })),
  });
  const order = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(job, order, (job, order) => {
      const parts = recorded(job);
      const straight = align(parts);
      const shuffled = align(order.map((rank) => parts[rank]));
      expect(shuffled.alignment).toEqual(straight.alignment);
      expect(shuffled.run.originNs).toBe(straight.run.originNs);
      expect(shuffled.run.shards.map(({ shiftNs }) => shiftNs)).toEqual(
        order.map((rank) => straight.run.shards[rank].shiftNs),
      );
    }),
  );
});
