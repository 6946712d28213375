import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { Diagnostics } from '../../src/base/index.ts';
import { NodeHost } from '../../src/platform/node/index.ts';
import { openRun } from '../../src/session/index.ts';
import type { AlignMethod, Run } from '../../src/timeline/index.ts';
import { exactTimes } from '../support/exact-decimal.ts';
import { noticeWhenAbsent, readSample, samplesAbsent, samplesRoot } from '../support/samples.ts';

noticeWhenAbsent('the alignment of real ranks');

async function open(folder: string, align: AlignMethod): Promise<{ run: Run; diagnostics: Diagnostics }> {
  const host = new NodeHost();
  const diagnostics = new Diagnostics();
  try {
    const { run } = await openRun([join(samplesRoot, 'ascend', folder)], host, { align }, diagnostics);
    return { run, diagnostics };
  } finally {
    await host.close();
  }
}

/** Counters of a rank are a shard of their own. */
const holdsSlices = ({ timeline }: Run['shards'][number]): boolean => timeline.slices.length > 0;

/** From the slices themselves: the ends of each collective on its ranks, on the run's axis, by its place in time. */
function endsByRank({ shards }: Run): number[][] {
  return shards.filter(holdsSlices).map(({ timeline, shiftNs }) => {
    const { tracks, slices } = timeline;
    const rows = Array.from(slices.track.keys()).filter((row) => tracks[slices.track[row]].kind === 'communication');
    return rows.map((row) => shiftNs + slices.startNs[row] + slices.durNs[row]).sort((a, b) => a - b);
  });
}

describe.skipIf(samplesAbsent)('two ranks of one machine', () => {
  it('agree better about when collectives end once they are aligned by them', async () => {
    const before = await open('torch_npu-ddp/level1', 'clock');
    const after = await open('torch_npu-ddp/level1', 'collective');
    const spreads = ({ run }: { run: Run }): number[] => {
      const [a, b] = endsByRank(run);
      expect(a.length).toBe(b.length);
      return a.map((ns, i) => Math.abs(ns - b[i])).sort((x, y) => x - y);
    };
    // The four all-reduces of the captured step, read off the files by hand.
    expect(spreads(before)).toEqual([6636, 7096, 9176, 14_796]);
    expect(spreads(after)).toEqual([1040, 1040, 1500, 6660]);
    expect(before.run.alignment?.residual).toEqual({ medianNs: 8136, maxNs: 14_796, count: 4 });
    expect(after.run.alignment?.residual).toEqual({ medianNs: 1270, maxNs: 6660, count: 4 });
    expect(after.run.alignment?.shifts.map(({ rank, shiftNs }) => [rank, shiftNs])).toEqual([
      [0, 0n],
      [1, 8136n],
    ]);
  });

  it('begin their step together when that is asked for', async () => {
    const { run, diagnostics } = await open('torch_npu-ddp/level1', 'start');
    const steps = run.shards.filter(holdsSlices).map(({ timeline: { slices, strings }, shiftNs }) => {
      const row = slices.name.findIndex((name) => strings.get(name) === 'ProfilerStep#50');
      return shiftNs + slices.startNs[row];
    });
    expect(steps[1]).toBe(steps[0]);
    expect(diagnostics.countOf('rank_not_aligned')).toBe(0);
  });
});

/** Ends of the collectives of a kernel_details.csv in absolute ns, by csv-parse. */
function endsInTable(rank: number): Map<string, bigint> {
  const path = `ascend/torch_npu-llm-pp2/rank_${rank}_ascend_pt/ASCEND_PROFILER_OUTPUT/kernel_details.csv`;
  const rows: Record<string, string>[] = parse(readSample(path), { columns: true, trim: true });
  const collectives = rows.filter(({ Name }) => /^hcom_(?!batchSendRecv)/.test(Name));
  return new Map(
    collectives.map((row) => [row.Name, exactTimes(row['Start Time(us)'], row['Duration(us)']).endNs] as const),
  );
}

describe.skipIf(samplesAbsent)('two stages of a pipeline, of which there are op tables only', () => {
  it('agree better about the collectives of their common groups', async () => {
    const [first, second] = [endsInTable(0), endsInTable(2)];
    const apartNs = [...first].flatMap(([name, endNs]) => {
      const other = second.get(name);
      return other === undefined ? [] : [Number(endNs - other)];
    });
    const sorted = apartNs.map(Math.abs).sort((a, b) => a - b);
    const before = await open('torch_npu-llm-pp2', 'clock');
    expect(before.run.alignment?.residual).toMatchObject({ maxNs: sorted.at(-1), count: sorted.length });

    const { alignment } = (await open('torch_npu-llm-pp2', 'collective')).run;
    const [, { rank, shiftNs, sharedCollectives }] = alignment?.shifts ?? [];
    expect([rank, sharedCollectives]).toEqual([2, 8]);
    expect(Math.min(...apartNs) <= shiftNs && shiftNs <= Math.max(...apartNs)).toBe(true);
    // 24,680 ns and 25,820 ns by their clocks.
    expect(alignment?.residual).toEqual({ medianNs: 720, maxNs: 1140, count: 8 });
  });
});
