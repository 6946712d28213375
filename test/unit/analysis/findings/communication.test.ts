// Collectives that nothing hides, that others are late for, that jitter, or that send too little at a time.
import { describe, expect, it } from 'vitest';
import { findingText } from '../../../../src/report/finding-text.ts';
import { found, type PlantedStep } from '../../../support/analysed-run.ts';
import type { PlantedCollective, PlantedRank } from '../../../support/planted-run.ts';
import { tableOf } from '../../../support/runs.ts';

const MS = 1_000_000;

/** Computes, and communicates for the rest of the window. */
function rankWith(rank: number, computeNs: number, windowNs = MS, name = 'hcom_allReduce'): PlantedRank {
  return {
    rank,
    tasks: [{ name: 'MatMul', stream: 2, startNs: 0, endNs: computeNs }],
    collectives: computeNs === windowNs ? [] : [{ name, startNs: computeNs, endNs: windowNs }],
  };
}

describe('exposed-communication', () => {
  it('is communication beside which nothing computes', async () => {
    expect(await found('exposed-communication', [rankWith(0, 700_000)])).toMatchObject({
      stakeNs: 300_000,
      window: { startNs: 700_000, endNs: MS },
      evidence: {
        exposedNs: 300_000,
        windowShare: 0.3,
        exposedShare: 1,
        pointToPointShare: 0,
        ops: ['hcom_allReduce'],
      },
    });
  });

  it('tells sends and receives from the rest', async () => {
    const told = await found('exposed-communication', [rankWith(0, 700_000, MS, 'hcom_batchSendRecv_')]);
    expect(told?.evidence.pointToPointShare).toBe(1);
  });

  it('is told from a fifth of the window on', async () => {
    expect(await found('exposed-communication', [rankWith(0, 800_001)])).toBeUndefined();
    expect(await found('exposed-communication', [rankWith(0, 800_000)])).toBeDefined();
  });

  it('is none where ops hide it', async () => {
    const collectives = [{ name: 'hcom_allReduce', startNs: 100_000, endNs: 900_000 }];
    expect(await found('exposed-communication', [{ ...rankWith(0, MS), collectives }])).toBeUndefined();
  });
});

describe('unbalanced-ranks', () => {
  it('names the rank that the others wait for', async () => {
    const told = await found('unbalanced-ranks', [rankWith(0, 600_000), rankWith(1, 900_000), rankWith(2, 700_000)]);
    expect(told).toMatchObject({
      stakeNs: 300_000 + 200_000,
      device: { rank: 1 },
      evidence: { rankCount: 3, slowRank: '1', fastRank: '0', ownSlowNs: 900_000, ownFastNs: 600_000 },
    });
    // (400 - 100) / 266.7 of communication is more than (900 - 600) / 733.3 of computing.
    expect(told?.evidence.figure).toBe('communication');
    expect(told?.evidence.spreadShare).toBeCloseTo(300 / 266.667, 4);
    expect(told?.evidence).toMatchObject({ mostRank: '0', leastRank: '1', mostToLeastRatio: 4 });
    expect(told && findingText(told, 'en').title).toBe(
      'Unbalanced ranks: rank 1 is slow, rank 0 communicates 4.0 times as long as rank 1',
    );
    expect(told && findingText(told, 'zh').title).toBe('快慢卡：rank 1 慢，rank 0 的通信耗时是 rank 1 的 4.0 倍');
  });

  it('gives no ratio to nothing', async () => {
    const told = await found('unbalanced-ranks', [rankWith(0, MS), rankWith(1, 700_000)]);
    expect(told?.evidence).toMatchObject({ figure: 'communication', mostToLeastRatio: undefined });
    expect(told && findingText(told, 'en').title).toBe(
      'Unbalanced ranks: rank 0 is slow, rank 1 communicates and rank 0 does not',
    );
    expect(told && findingText(told, 'zh').title).toBe('快慢卡：rank 0 慢，rank 1 有通信耗时，rank 0 没有');
  });

  it('is told where a figure differs by more than a twentieth of its mean', async () => {
    const idle = (rank: number, computeNs: number): PlantedRank => ({
      rank,
      tasks: [
        { name: 'MatMul', stream: 2, startNs: 0, endNs: computeNs },
        { name: 'Add', stream: 2, startNs: MS - 1_000, endNs: MS },
      ],
      collectives: [{ name: 'hcom_allReduce', startNs: computeNs, endNs: computeNs + 600_000 }],
    });
    // 20 of 400 µs of communication are just a twentieth.
    expect(await found('unbalanced-ranks', [rankWith(0, 590_000), rankWith(1, 610_000)])).toBeUndefined();
    expect(await found('unbalanced-ranks', [rankWith(0, 585_000), rankWith(1, 615_000)])).toBeDefined();
    // Ranks that differ in what they compute but wait for nobody.
    expect(await found('unbalanced-ranks', [idle(0, 300_000), idle(1, 320_000)])).toBeUndefined();
  });

  it('is not told of equal ranks, of one alone, or of what differs by next to nothing', async () => {
    expect(await found('unbalanced-ranks', [rankWith(0, 700_000), rankWith(1, 700_000)])).toBeUndefined();
    expect(await found('unbalanced-ranks', [rankWith(0, 700_000)])).toBeUndefined();
    // Half of the communication, but half a percent of the time.
    expect(await found('unbalanced-ranks', [rankWith(0, 990_000), rankWith(1, 995_000)])).toBeUndefined();
  });

  it('does not compare ranks that nobody knows, or captures that show other work', async () => {
    expect(await found('unbalanced-ranks', [rankWith(-1, 600_000), rankWith(0, 900_000)])).toBeUndefined();
    expect(await found('unbalanced-ranks', [rankWith(0, 600_000), rankWith(1, 1_200_000, 2 * MS)])).toBeUndefined();
  });
});

describe('jittery-communication', () => {
  const decode = (count: number): PlantedStep[] =>
    Array.from({ length: count }, (_, i) => ({ startNs: i * MS, endNs: (i + 1) * MS, phase: 'decode' }));

  /** One step of 1 ms after the other, each with a small and a large collective. */
  function rankOf(durations: readonly number[], largeNs = 300_000): PlantedRank {
    const starts = durations.map((_, i) => i * MS);
    return {
      rank: 0,
      tasks: starts.map((startNs) => ({ name: 'MatMul', stream: 2, startNs, endNs: startNs + 100_000 })),
      collectives: starts.flatMap((startNs, i): PlantedCollective[] => [
        { name: 'hcom_allReduce', startNs: startNs + 100_000, endNs: startNs + 100_000 + durations[i] },
        { name: 'hcom_allReduce', startNs: startNs + 600_000, endNs: startNs + 600_000 + largeNs },
      ]),
    };
  }
  const usually = (count: number, oddOnes: readonly number[]): number[] => [
    ...Array.from({ length: count - oddOnes.length }, () => 50_000),
    ...oddOnes,
  ];

  it('is told of equal collectives that take much longer at times', async () => {
    const durations = usually(20, [400_000, 300_000, 200_000]);
    expect(await found('jittery-communication', [rankOf(durations)], { steps: decode(20) })).toMatchObject({
      stakeNs: 350_000 + 250_000 + 150_000,
      window: { startNs: 17 * MS + 100_000, endNs: 17 * MS + 500_000 },
      // Of 40 collectives the 38th: the third from above.
      evidence: {
        opCount: 40,
        p95Ratio: 4,
        medianNs: 50_000,
        longestNs: 400_000,
        excessNs: 750_000,
        ops: ['hcom_allReduce'],
      },
    });
  });

  it('is not told where it is the other rank that is late at times', async () => {
    const late = usually(20, [400_000, 300_000, 200_000]);
    const steady = rankOf(usually(20, []));
    const named = (rank: number, { tasks, collectives }: PlantedRank): PlantedRank => {
      return {
        rank,
        tasks,
        collectives: collectives!.map((each, i) => ({ ...each, name: `hcom_allReduce__586_${i}_1` })),
      };
    };
    const ranks = [named(0, rankOf(late)), named(1, steady)];
    expect(await found('jittery-communication', ranks, { steps: decode(20) })).toBeUndefined();
  });

  it('is not told of collectives of unequal size', async () => {
    expect(await found('jittery-communication', [rankOf(usually(20, []))], { steps: decode(20) })).toBeUndefined();
  });

  it('is told from twice the median on', async () => {
    const with95 = (odd: number): PlantedRank[] => [rankOf(usually(20, [odd, odd, odd]), 50_000)];
    expect(await found('jittery-communication', with95(99_999), { steps: decode(20) })).toBeUndefined();
    // That is but 0.75 % of the time.
    expect(await found('jittery-communication', with95(100_000), { steps: decode(20) })).toBeUndefined();
    expect(await found('jittery-communication', with95(200_000), { steps: decode(20) })).toBeDefined();
  });

  it('needs enough to compare, and no prompts, which differ in length', async () => {
    const durations = usually(9, [400_000]);
    expect(await found('jittery-communication', [rankOf(durations)], { steps: decode(9) })).toBeUndefined();
    const prefill = decode(20).map((step): PlantedStep => ({ ...step, phase: 'prefill' }));
    const told = await found('jittery-communication', [rankOf(usually(20, [400_000, 400_000, 400_000]))], {
      steps: prefill,
    });
    expect(told).toBeUndefined();
  });

  it('compares collectives of one size where there are no steps', async () => {
    const rank = rankOf(usually(20, [400_000, 300_000, 200_000]));
    const sized = rank.collectives!.map((each, i) => ({ ...each, args: { count: i % 2 === 0 ? 4096 : 65_536 } }));
    const told = await found('jittery-communication', [{ ...rank, collectives: sized }]);
    expect(told).toMatchObject({ stakeNs: 750_000, evidence: { opCount: 40, p95Ratio: 4 } });
  });

  it('says nothing where neither steps nor sizes are known', async () => {
    expect(await found('jittery-communication', [rankOf(usually(20, [400_000, 400_000, 400_000]))])).toBeUndefined();
  });
});

describe('small-packets', () => {
  const packet = (
    transport: string,
    packetBytes: number,
    count: number,
    transitNs: number,
    name = 'hcom_allReduce__1',
  ): object => ({
    ...{ name, transport, packetBytes, count, transitNs },
  });
  const told = (...rows: readonly object[]): ReturnType<typeof found<'small-packets'>> =>
    found('small-packets', [rankWith(0, 400_000)], {
      tables: [tableOf('packets', 'communication.json', rows as Readonly<Record<string, string | number>>[])],
    });

  it('are told with what they take longer than large ones', async () => {
    // 160 MB in 8 ms are 20 GB/s; 100 MB at that would take 5 ms.
    const rows = [packet('HCCS', 80_000_000, 2, 80_000), packet('HCCS', 10_000_000, 10, 250_000)];
    expect(await told(...rows)).toMatchObject({
      stakeNs: 200_000,
      evidence: { link: 'SDMA', packetCount: 10, meanBytes: 10_000_000, volumeShare: 100 / 260, transitNs: 250_000 },
    });
  });

  it('cost no more than the communication that nothing hides', async () => {
    expect(await told(packet('HCCS', 1_000, 10, 9_000_000))).toMatchObject({ stakeNs: 600_000 });
  });

  it.each([
    ['large within a machine', packet('HCCS', 16_000_000, 5, 500_000)],
    ['large between machines', packet('RDMA', 1_000_000, 5, 500_000)],
    ['sums of other rows', packet('HCCS', 1_000, 10, 500_000, 'Total Op Info')],
    ['sums over links', packet('SDMA', 1_000, 10, 500_000)],
    ['none', packet('HCCS', 1_000, 0, 0)],
  ])('are not told where they are %s', async (_, row) => {
    expect(await told(row)).toBeUndefined();
  });

  it('are told from a fifth of the volume on, by link', async () => {
    const large = packet('RDMA', 8_000_000, 1, 100_000);
    expect(await told(large, packet('RDMA', 999_999, 2, 500_000))).toBeUndefined();
    expect(await told(large, packet('RDMA', 500_000, 4, 500_000))).toMatchObject({
      evidence: { link: 'RDMA', volumeShare: 0.2 },
    });
  });

  it('are unknown where there is no table', async () => {
    expect(await found('small-packets', [rankWith(0, 400_000)])).toBeUndefined();
  });
});
