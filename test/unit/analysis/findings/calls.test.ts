// Calls of the host and the gap of the device they cause. The device computes until 400 µs and again from 600 to 1000 µs.
import { describe, expect, it } from 'vitest';
import type { RuleName } from '../../../../src/analysis/findings/index.ts';
import { found } from '../../../support/analysed-run.ts';
import type { PlantedRange, PlantedRank } from '../../../support/planted-run.ts';

const [GAP, GAP_END, END] = [400_000, 600_000, 1_000_000];

function rankWith(given: Partial<PlantedRank>): PlantedRank {
  return {
    rank: 0,
    tasks: [
      { name: 'MatMul', stream: 2, startNs: 0, endNs: GAP },
      { name: 'Add', stream: 2, startNs: GAP_END, endNs: END },
    ],
    ...given,
  };
}
const call = (name: string, startNs: number, endNs: number): Partial<PlantedRank> => ({
  calls: [{ name, startNs, endNs }],
});

describe('synchronous-api', () => {
  const sync = 'AscendCL@aclrtSynchronizeStreamWithTimeout';

  it('loses the whole gap where it lets the device run dry', async () => {
    expect(await found('synchronous-api', [rankWith(call(sync, 100_000, 410_000))])).toMatchObject({
      stakeNs: 200_000,
      window: { startNs: 100_000, endNs: GAP_END },
      evidence: {
        callCount: 1,
        hostNs: 310_000,
        longestNs: 310_000,
        idleNs: 200_000,
        windowShare: 0.2,
        calls: [sync],
      },
    });
  });

  it('is one call with the calls in it', async () => {
    const ranges = [
      { name: 'aten::item', startNs: 90_000, endNs: 430_000 },
      { name: 'aten::_local_scalar_dense', startNs: 95_000, endNs: 425_000 },
    ];
    const told = await found('synchronous-api', [rankWith({ ...call(sync, 100_000, 410_000), ranges })]);
    expect(told?.evidence).toMatchObject({ callCount: 1, hostNs: 340_000 });
    expect(told?.evidence.calls).toEqual(['aten::item', 'aten::_local_scalar_dense', sync]);
  });

  it('loses only its own time where the device was idle before', async () => {
    const told = await found('synchronous-api', [rankWith(call('AscendCL@aclrtMemcpy', 450_000, 500_000))]);
    expect(told).toMatchObject({ stakeNs: 50_000 });
  });

  it('tolerates clocks that differ a little', async () => {
    expect(await found('synchronous-api', [rankWith(call(sync, 100_000, GAP - 10_000))])).toMatchObject({
      stakeNs: 200_000,
    });
    expect(await found('synchronous-api', [rankWith(call(sync, 100_000, GAP - 20_000))])).toBeUndefined();
  });

  it.each([
    ['waits while the device works', sync, 100_000, 300_000],
    ['waits longer than the gap, which then has another cause', sync, 100_000, 700_000],
    ['is none', 'AscendCL@aclrtMemcpyAsync', 100_000, 410_000],
    ['is over at once, as the device was idle', sync, 405_000, 414_000],
    ['costs less than a hundredth', sync, 450_000, 460_000],
  ])('is no harm where it %s', async (_, name, startNs, endNs) => {
    const rank = rankWith(call(name, startNs, endNs));
    // The window is a little longer than 1 ms in all, so that 10 µs are less than a hundredth.
    const tasks = [...rank.tasks, { name: 'Add', stream: 2, startNs: END, endNs: END + 1_000 }];
    expect(await found('synchronous-api', [{ ...rank, tasks }])).toBeUndefined();
  });

  it('is no harm on a thread that launches nothing', async () => {
    const waiting = [{ name: sync, startNs: 100_000, endNs: 410_000, thread: 99 }];
    const tasks = rankWith({}).tasks.map((task) => ({
      ...task,
      launch: { startNs: task.startNs, endNs: task.startNs + 5_000 },
    }));
    expect(await found('synchronous-api', [rankWith({ tasks, calls: waiting })])).toBeUndefined();
    const same = [{ ...waiting[0], thread: 5 }];
    expect(await found('synchronous-api', [rankWith({ tasks, calls: same })])).toMatchObject({ stakeNs: 200_000 });
  });
});

describe.each<[RuleName, string]>([
  ['garbage-collection', 'Python GC'],
  ['slow-data-loading', 'enumerate(DataLoader)#_SingleProcessDataLoaderIter.__next__'],
  ['memory-allocation', 'AscendCL@aclrtMalloc'],
])('%s', (rule, name) => {
  // A hundred times as long as above: some of these calls count only from 10 ms on.
  const scaled = (startNs: number, endNs: number, given = name): PlantedRank[] => {
    const tasks = rankWith({}).tasks.map((task) => ({ ...task, startNs: 100 * task.startNs, endNs: 100 * task.endNs }));
    const ranges: PlantedRange[] = [{ name: given, startNs, endNs }];
    return [{ rank: 0, tasks, ranges }];
  };

  it('loses what of a gap lies in the call that it ends with', async () => {
    expect(await found(rule, scaled(35_000_000, 50_000_000))).toMatchObject({
      stakeNs: 10_000_000,
      window: { startNs: 35_000_000, endNs: 60_000_000 },
      evidence: { callCount: 1, longestNs: 15_000_000, windowShare: 0.1 },
    });
  });

  it.each([
    ['outlasts the gap, as launches do not wait for it', 35_000_000, 65_000_000, name],
    ['lies where the device works', 10_000_000, 30_000_000, name],
    ['is something else', 35_000_000, 50_000_000, 'aten::add'],
  ])('is no harm where it %s', async (_, startNs, endNs, given) => {
    expect(await found(rule, scaled(startNs, endNs, given))).toBeUndefined();
  });
});

describe('calls that are too short to count', () => {
  const long = (rule: RuleName, name: string, durNs: number): Promise<unknown> => {
    const tasks = [
      { name: 'MatMul', stream: 2, startNs: 0, endNs: 1_000_000 },
      { name: 'Add', stream: 2, startNs: 16_000_000, endNs: 20_000_000 },
    ];
    return found(rule, [{ rank: 0, tasks, ranges: [{ name, startNs: 2_000_000, endNs: 2_000_000 + durNs }] }]);
  };

  it('are collections below 1 ms', async () => {
    expect(await long('garbage-collection', 'GC', 999_999)).toBeUndefined();
    expect(await long('garbage-collection', 'GC', 1_000_000)).toBeDefined();
  });

  it('are batches that are there within 10 ms', async () => {
    expect(await long('slow-data-loading', 'dataloader', 9_999_999)).toBeUndefined();
    expect(await long('slow-data-loading', 'dataloader', 10_000_000)).toBeDefined();
  });
});

describe('op-compilation', () => {
  it('loses what of a gap lies in a call, which launches the op at its end', async () => {
    const told = await found('op-compilation', [rankWith(call('AscendCL@aclopCompileAndExecute', 420_000, 605_000))]);
    expect(told).toMatchObject({ stakeNs: 180_000, evidence: { callCount: 1, hostNs: 185_000 } });
  });

  it('is no harm where the host runs ahead of the device', async () => {
    expect(
      await found('op-compilation', [rankWith(call('AscendCL@aclopCompileAndExecute', 100_000, 400_000))]),
    ).toBeUndefined();
  });

  it('is not a launch of a compiled op', async () => {
    expect(await found('op-compilation', [rankWith(call('AscendCL@aclnnAdd', 420_000, 605_000))])).toBeUndefined();
  });
});
