import { expect, test } from 'vitest';
import { definitionFigures } from '../../../src/analysis/index.ts';
import type { Run } from '../../../src/timeline/index.ts';
import { type PlantedRank, plantedRun } from '../../support/planted-run.ts';

const kernel = (startNs: number, endNs: number): PlantedRank['tasks'][number] => ({
  ...{ name: 'MatMul', stream: 2, startNs, endNs },
});

function stepsOf(run: Run): Record<string, Record<string, number | undefined>> {
  const steps: Record<string, Record<string, number | undefined>> = {};
  for (const { table, step = '', figure, value } of definitionFigures('msprof', run).rows) {
    if (!table.startsWith('step_trace_time')) continue;
    steps[step] ??= {};
    steps[step][figure] = value;
  }
  return steps;
}

test('a step has what starts in it, whole; receiving is a bubble only under the name the vendor knows', async () => {
  const run = await plantedRun([
    {
      rank: 0,
      ranges: [
        { name: 'ProfilerStep#1', startNs: 0, endNs: 100_000 },
        { name: 'ProfilerStep#2', startNs: 100_000, endNs: 200_000 },
      ],
      tasks: [kernel(10_000, 30_000), kernel(90_000, 110_000), kernel(150_000, 160_000)],
      collectives: [
        { name: 'hcom_receive__1', startNs: 20_000, endNs: 60_000 },
        { name: 'hcom_batchSendRecv__1', startNs: 170_000, endNs: 180_000 },
      ],
    },
  ]);
  expect(stepsOf(run)).toEqual({
    '1': {
      Computing: 40,
      'Communication(Not Overlapped)': 30,
      Overlapped: 10,
      Communication: 40,
      Free: 30,
      Stage: 100 - 40,
      Bubble: 40,
      'Communication(Not Overlapped and Exclude Receive)': 0,
      Preparing: 10,
    },
    '2': {
      Computing: 10,
      'Communication(Not Overlapped)': 10,
      Overlapped: 0,
      Communication: 10,
      Free: 40 + 10,
      Stage: 30,
      Bubble: 0,
      'Communication(Not Overlapped and Exclude Receive)': 10,
      Preparing: 50,
    },
  });
});

test('without steps there is one for all, and nobody knows what it took to prepare', async () => {
  const run = await plantedRun([{ rank: 0, tasks: [kernel(10_000, 30_000), kernel(40_000, 50_000)] }]);
  expect(stepsOf(run)).toEqual({
    '': expect.objectContaining({ Computing: 30, Free: 10, Stage: 40, Preparing: undefined }),
  });
});

test('the free time of a capture without a word of the vendor is that of the tools of its year', async () => {
  const run = await plantedRun([{ rank: 0, tasks: [kernel(10_000, 30_000)] }]);
  const rulesIn = (year: number): string[] => {
    const originNs = BigInt(Date.UTC(year, 6)) * 1_000_000n;
    return [...new Set(definitionFigures('msprof', { ...run, originNs }).rows.map(({ table }) => table))];
  };
  expect(rulesIn(2025)[0]).toBe('Overlap Analysis (first-to-last)');
  expect(rulesIn(2026)[0]).toBe('Overlap Analysis (vendor-2026)');
});
