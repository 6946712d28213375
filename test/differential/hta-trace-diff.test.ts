// Which operators, calls and ranges of the host came and went, against HTA's TraceDiff: HolisticTraceAnalysis 0.5.0 with pandas
// 2.2.3 was run on the two ranks of one capture, step 551, DeviceType.CPU. It counts the mark of the step as an op, we do not.
import { describe, expect, test } from 'vitest';
import { compareHostOps, hostOpTotals } from '../../src/analysis/index.ts';
import { readFiles } from '../support/reading.ts';
import { runOf } from '../support/runs.ts';
import { noticeWhenAbsent, readSample, samplesAbsent } from '../support/samples.ts';

noticeWhenAbsent("HTA's trace diff");

async function opsOfRank(rank: number) {
  const path = `torch/hta/trace_filter/sampled_rank-${rank}.json.gz`;
  const { timeline } = await readFiles('torch-kineto', [{ path, bytes: readSample(path) }]);
  return { name: `rank ${rank}`, ...hostOpTotals(runOf(timeline), (step) => step === '551') };
}

describe.skipIf(samplesAbsent)('two ranks', () => {
  test('differ by as many ops and as much time as HTA says', async () => {
    const { ops, counts, per } = compareHostOps([await opsOfRank(0)], [await opsOfRank(1)], { name: '', version: '' });
    const sum = (of: (op: (typeof ops)[number]) => number): number => ops.reduce((all, op) => all + of(op), 0);
    expect(per).toBe('step');
    expect(counts).toEqual({ new: 4, gone: 18, more: 21, fewer: 24, same: 132 - 1 });
    expect([sum(({ base }) => base.count), sum(({ head }) => head.count)]).toEqual([1801 - 1, 1762 - 1]);
    expect([sum(({ base }) => base.totalNs), sum(({ head }) => head.totalNs)]).toEqual([
      (1_932_999 - 607_312) * 1000,
      (1_938_997 - 607_904) * 1000,
    ]);
    const backward = ops.find(({ name }) => name.startsWith('autograd::engine::evaluate_function: AddmmBackward0'));
    expect(backward).toMatchObject({
      ...{ change: 'fewer', base: { count: 56, totalNs: 9_714_000 }, head: { count: 53, totalNs: 9_030_000 } },
    });
  });
});
