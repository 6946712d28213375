// Ops that are slow by their kind, their size or their clock.
import { describe, expect, it } from 'vitest';
import { found, opsInRow } from '../../../support/analysed-run.ts';
import type { PlantedRank, PlantedSample, PlantedTask } from '../../../support/planted-run.ts';

const MS = 1_000_000;
const rankOf = (...tasks: readonly PlantedTask[]): PlantedRank => ({ rank: 0, tasks });
const op = (name: string, startNs: number, endNs: number, more: Partial<PlantedTask> = {}): PlantedTask => ({
  ...{ name, stream: 2, startNs, endNs },
  ...more,
});

describe('small-ops', () => {
  it('are many ops shorter than a launch with gaps before them', async () => {
    const told = await found('small-ops', [rankOf(...opsInRow(100, { durNs: 4_000, gapNs: 6_000, name: 'Mul' }))]);
    expect(told).toMatchObject({
      stakeNs: 99 * 6_000,
      window: { startNs: 0, endNs: 994_000 },
      evidence: { smallCount: 100, smallShare: 1, meanNs: 4_000, gapNs: 594_000, windowShare: 594 / 994, ops: ['Mul'] },
    });
  });

  it('lose no more than a launch before each: other rules find the rest', async () => {
    const told = await found('small-ops', [rankOf(...opsInRow(11, { durNs: 4_000, gapNs: 90_000 }))]);
    expect(told).toMatchObject({ stakeNs: 10 * 10_000 });
  });

  it.each([
    ['run through', { durNs: 4_000, gapNs: 0 }],
    ['lose less than a twentieth', { durNs: 9_000, gapNs: 400 }],
    ['take as long as a launch', { durNs: 10_000, gapNs: 6_000 }],
  ])('are no harm where they %s', async (_, row) => {
    expect(await found('small-ops', [rankOf(...opsInRow(100, row))])).toBeUndefined();
  });

  it('are told from half of all ops on', async () => {
    // Small ops with gaps first, long ones without behind them.
    const small = opsInRow(50, { durNs: 4_000, gapNs: 6_000 });
    const long = opsInRow(51, { durNs: 20_000 }).map((each) => op('MatMul', MS + each.startNs, MS + each.endNs));
    expect(await found('small-ops', [rankOf(...small, ...long.slice(0, 50))])).toMatchObject({
      window: { startNs: 0, endNs: 494_000 },
      evidence: { smallShare: 0.5 },
    });
    expect(await found('small-ops', [rankOf(...small, ...long)])).toBeUndefined();
  });
});

describe('ai-cpu-ops', () => {
  const aiCpu = { taskType: 'AI_CPU' };

  it('are ops on the AI CPU beside which nothing computes', async () => {
    const told = await found('ai-cpu-ops', [
      rankOf(op('MatMul', 0, 700_000), op('Index', 700_000, 900_000, aiCpu), op('Add', 900_000, MS)),
    ]);
    expect(told).toMatchObject({
      stakeNs: 200_000,
      window: { startNs: 700_000, endNs: 900_000 },
      evidence: { opCount: 1, aloneNs: 200_000, computeShare: 0.2, ops: ['Index'] },
    });
  });

  it('are no harm beside other ops', async () => {
    const beside = op('Index', 100_000, 600_000, { ...aiCpu, stream: 3 });
    expect(await found('ai-cpu-ops', [rankOf(op('MatMul', 0, MS), beside)])).toBeUndefined();
    const partly = op('Index', 900_000, 1_100_000, { ...aiCpu, stream: 3 });
    expect(await found('ai-cpu-ops', [rankOf(op('MatMul', 0, MS), partly)])).toMatchObject({ stakeNs: 100_000 });
  });

  it('are told from a hundredth of the window on', async () => {
    const ops = (ns: number): PlantedRank => rankOf(op('MatMul', 0, MS - ns), op('Index', MS - ns, MS, aiCpu));
    expect(await found('ai-cpu-ops', [ops(9_999)])).toBeUndefined();
    expect(await found('ai-cpu-ops', [ops(10_000)])).toBeDefined();
  });

  it('are no collectives that the AI CPU drives, and none on AI cores', async () => {
    const others = [op('Add', 100_000, 500_000), op('AllReduceAicpuKernel', 500_000, MS, aiCpu)];
    expect(await found('ai-cpu-ops', [rankOf(op('MatMul', 0, 100_000), ...others)])).toBeUndefined();
  });
});

describe('layout-overhead', () => {
  it.each([
    ['Transpose', 'Transpose'],
    ['TransposeD', 'TransposeD'],
    ['TransData', 'TransData'],
    ['Cast', 'Cast'],
    ['trans_TransData_0', 'TransData'],
    ['aclnnCast_CastAiCore_Cast', 'Cast'],
  ])('counts %s', async (name, type) => {
    const told = await found('layout-overhead', [rankOf(op('MatMul', 0, 900_000), op(name, 900_000, MS))]);
    expect(told).toMatchObject({ stakeNs: 100_000, evidence: { opCount: 1, computeShare: 0.1, ops: [type] } });
  });

  it.each(['TransposeBatchMatMul', 'BroadcastTo', 'Broadcast', 'CastleOp', 'Add'])(
    'does not count %s',
    async (name) => {
      expect(await found('layout-overhead', [rankOf(op('MatMul', 0, 900_000), op(name, 900_000, MS))])).toBeUndefined();
    },
  );

  it('is told from a twentieth of computing on, and where that is some of the window', async () => {
    const casts = (ns: number): PlantedTask[] => [op('MatMul', 0, MS - ns), op('Cast', MS - ns, MS)];
    expect(await found('layout-overhead', [rankOf(...casts(49_999))])).toBeUndefined();
    expect(await found('layout-overhead', [rankOf(...casts(50_000))])).toBeDefined();
    // The device hardly computes at all.
    expect(await found('layout-overhead', [rankOf(...casts(50_000), op('Add', 9 * MS, 9 * MS + 10))])).toBeUndefined();
  });
});

describe('low-cube-utilisation', () => {
  const matmul = (ratios: Readonly<Record<string, number>>, durNs = 100_000, name = 'MatMulV3'): PlantedRank =>
    rankOf(op(name, 0, durNs, { args: ratios }), op('Add', durNs, durNs + 100_000));

  it('is told of matrix products that neither compute nor read all the time', async () => {
    const ratios = { aic_mac_ratio: 0.2, aic_mte2_ratio: 0.4, aic_mte1_ratio: 0.1, aic_scalar_ratio: 0.7 };
    expect(await found('low-cube-utilisation', [matmul(ratios)])).toMatchObject({
      stakeNs: 50_000,
      window: { startNs: 0, endNs: 100_000 },
      evidence: { opCount: 1, opsNs: 100_000, busiestPipe: 'scalar', ops: ['MatMulV3'] },
    });
    const told = await found('low-cube-utilisation', [matmul(ratios)]);
    expect(told?.evidence.macShare).toBeCloseTo(0.2);
    expect(told?.evidence.busiestShare).toBeCloseTo(0.7);
  });

  it.each([
    ['of other chips', { mac_ratio: 0.2, mte2_ratio: 0.4 }],
    ['of 310B', { mac_exe_ratio: 0.2, mte2_exe_ratio: 0.4 }],
  ])('reads the columns %s', async (_, ratios) => {
    expect(await found('low-cube-utilisation', [matmul(ratios)])).toMatchObject({ stakeNs: 50_000 });
  });

  it.each([
    ['compute', matmul({ aic_mac_ratio: 0.6, aic_mte2_ratio: 0.1 })],
    ['read memory, as products of single tokens do', matmul({ aic_mac_ratio: 0.02, aic_mte2_ratio: 0.9 })],
    ['are too short to tell', matmul({ aic_mac_ratio: 0.1, aic_mte2_ratio: 0.1 }, 19_999)],
    ['were not measured', matmul({})],
    ['have no counters of the cube', matmul({ aic_mac_ratio: 0, aic_mte2_ratio: 0 })],
    ['are no products', matmul({ aic_mac_ratio: 0.1, aic_mte2_ratio: 0.1 }, 100_000, 'FlashAttentionScore')],
  ])('is not told of ops that %s', async (_, rank) => {
    expect(await found('low-cube-utilisation', [rank])).toBeUndefined();
  });
});

describe('frequency-drop', () => {
  const mhz = (...samples: readonly (readonly [timeNs: number, value: number])[]): PlantedSample[] =>
    samples.map(([timeNs, value]) => ({ counter: 'AI Core Freq', series: 'MHz', timeNs, value }));
  const busy = op('MatMul', 0, MS);

  it('is computing below the highest clock of the device', async () => {
    const rank = { ...rankOf(busy), samples: mhz([0, 1800], [400_000, 900], [800_000, 1800]) };
    expect(await found('frequency-drop', [rank])).toMatchObject({
      stakeNs: 200_000,
      window: { startNs: 400_000, endNs: 800_000 },
      evidence: { lowNs: 400_000, computeShare: 0.4, lowestMhz: 900, highestMhz: 1800 },
    });
  });

  it('holds from the last sample to the end', async () => {
    const rank = { ...rankOf(busy), samples: mhz([0, 1800], [900_000, 1350]) };
    expect(await found('frequency-drop', [rank])).toMatchObject({ stakeNs: 25_000 });
  });

  it('does not count while the device does not compute', async () => {
    const tasks = [op('MatMul', 0, 400_000), op('Add', 600_000, MS)];
    const rank = { ...rankOf(...tasks), samples: mhz([0, 1800], [400_000, 800], [600_000, 1800]) };
    expect(await found('frequency-drop', [rank])).toBeUndefined();
    const longer = { ...rankOf(...tasks), samples: mhz([0, 1800], [400_000, 900], [700_000, 1800]) };
    expect(await found('frequency-drop', [longer])).toMatchObject({ stakeNs: 50_000 });
  });

  it('is told from a drop of a twentieth on', async () => {
    const with95 = (value: number): PlantedRank => ({ ...rankOf(busy), samples: mhz([0, 2000], [100_000, value]) });
    expect(await found('frequency-drop', [with95(1901)])).toBeUndefined();
    expect(await found('frequency-drop', [with95(1900)])).toMatchObject({ stakeNs: 45_000 });
  });

  it('is nothing where there are no samples, or all are equal', async () => {
    expect(await found('frequency-drop', [rankOf(busy)])).toBeUndefined();
    expect(
      await found('frequency-drop', [{ ...rankOf(busy), samples: mhz([0, 1200], [500_000, 1200]) }]),
    ).toBeUndefined();
  });

  it('is of the device whose counter it is', async () => {
    const slow = { ...rankOf(busy), rank: 1, samples: mhz([0, 1800], [500_000, 900]) };
    expect(await found('frequency-drop', [rankOf(busy), slow])).toMatchObject({
      stakeNs: 250_000,
      device: { rank: 1 },
    });
  });
});

describe('copy-in-loop', () => {
  const copy = (startNs: number, endNs: number, operation?: string): PlantedTask =>
    op('MEMCPY_ASYNC', startNs, endNs, {
      ...{ stream: 3, taskType: 'MEMCPY_ASYNC' },
      ...(operation === undefined ? {} : { args: { operation } }),
    });
  const ops = [op('MatMul', 0, 400_000), op('Add', 600_000, MS)];

  it('is told of copies beside which nothing runs', async () => {
    const rank = rankOf(...ops, copy(350_000, 500_000, 'host to device'), copy(700_000, 800_000, 'device to host'));
    const steps = [
      { startNs: 0, endNs: 500_000 },
      { startNs: 500_000, endNs: MS },
    ];
    expect(await found('copy-in-loop', [rank], { steps })).toMatchObject({
      stakeNs: 100_000,
      window: { startNs: 400_000, endNs: 500_000 },
      evidence: {
        copyCount: 1,
        copiesPerStepCount: 0.5,
        exposedNs: 100_000,
        windowShare: 0.1,
        kinds: ['host to device'],
      },
    });
  });

  it('calls a copy as the profiler does where nobody says from where to where', async () => {
    const told = await found('copy-in-loop', [rankOf(...ops, copy(420_000, 500_000))]);
    expect(told?.evidence).toMatchObject({ kinds: ['MEMCPY_ASYNC'], copiesPerStepCount: undefined });
  });

  it('is not told of copies that ops hide, or that lie outside of the steps', async () => {
    expect(await found('copy-in-loop', [rankOf(...ops, copy(100_000, 300_000))])).toBeUndefined();
    const steps = [{ startNs: 600_000, endNs: MS }];
    expect(await found('copy-in-loop', [rankOf(...ops, copy(420_000, 500_000))], { steps })).toBeUndefined();
  });

  it('is told from a hundredth of the window on', async () => {
    expect(await found('copy-in-loop', [rankOf(...ops, copy(420_000, 429_999))])).toBeUndefined();
    expect(await found('copy-in-loop', [rankOf(...ops, copy(420_000, 430_000))])).toBeDefined();
  });
});
