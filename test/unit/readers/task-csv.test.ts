// Tables of device tasks: kernels by the names of their binaries, plumbing by its type.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readers } from '../../../src/readers/index.ts';
import { plainSlices } from '../../support/plain-timeline.ts';
import { fixturesRoot } from '../../support/project.ts';
import { readFiles } from '../../support/reading.ts';

const folder = join(fixturesRoot, 'ascend-task-csv/decode-2026');

interface RankTruth {
  readonly device: number;
  readonly files: readonly string[];
  readonly tasksByType: Record<string, { readonly count: number; readonly totalNs: number }>;
}
const { ranks } = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as { ranks: RankTruth[] };

describe.each(ranks)('device $device', ({ device, files: [path], tasksByType }) => {
  const read = () => readFiles('ascend-task-csv', [{ path, bytes: new Uint8Array(readFileSync(join(folder, path))) }]);

  test('has every task of every type', async () => {
    const { timeline, diagnostics } = await read();
    const found: RankTruth['tasksByType'] = {};
    for (const { category = '', durNs } of plainSlices(timeline)) {
      const { count, totalNs } = found[category] ?? { count: 0, totalNs: 0 };
      found[category] = { count: count + 1, totalNs: totalNs + durNs };
    }
    expect(found).toEqual(tasksByType);
    expect(diagnostics.list()).toEqual([]);
    expect(timeline.processes).toMatchObject([{ name: 'Ascend Hardware', device }]);
  });

  test('calls what runs no kernel by its type', async () => {
    const { timeline } = await read();
    const plumbing = plainSlices(timeline).filter(({ category = '' }) => /EVENT|Notify|PROFILING/.test(category));
    expect(plumbing.length).toBeGreaterThan(0);
    for (const { name, category } of plumbing) expect(name).toBe(category);
  });
});

test('the old sums of that name are no table of tasks', () => {
  const old =
    'Time(%),Time(us),Count,Avg(us),Min(us),Max(us),Waiting,Running,Pending,Type,API,Task ID,Op Name,Stream ID\n';
  const { confidence } = readers.get('ascend-task-csv')!.sniff('task_time_0_1.csv', new TextEncoder().encode(old));
  expect(confidence).toBe(0);
});
