// Sums of kernels on the MTT S4000 against those that the captures' author made with torch.profiler's own tables.
import { describe, expect, test } from 'vitest';
import { deviceTasks } from '../../src/analysis/device-tasks.ts';
import { Launches } from '../../src/analysis/launches.ts';
import { CLASS } from '../../src/analysis/op-class.ts';
import { NONE } from '../../src/timeline/index.ts';
import { readFiles } from '../support/reading.ts';
import { runOf } from '../support/runs.ts';
import { noticeWhenAbsent, readSample, samplesAbsent } from '../support/samples.ts';

noticeWhenAbsent('sums of MUSA kernels');

const FOLDER = 'torch/musa-s4000';

interface Side {
  readonly trace: string;
  readonly device_kernel_count: number;
  readonly device_kernel_time_us: number;
  readonly device_kernels: readonly {
    readonly name: string;
    readonly calls: number;
    readonly self_musa_time_us: number;
  }[];
}

describe.skipIf(samplesAbsent).each([1, 6, 47, 55])('problem %i', (problem) => {
  test.each(['reference', 'deepseek'] as const)('%s: kernels, their time, and what launched each', async (side) => {
    const summary: Record<typeof side, Side> = JSON.parse(
      new TextDecoder().decode(readSample(`${FOLDER}/problem_${problem}_profile_summary.json`)),
    );
    const expected = summary[side];
    const path = expected.trace.split('/').at(-1) ?? '';
    const { timeline } = await readFiles('torch-kineto', [{ path, bytes: readSample(`${FOLDER}/${path}`) }]);
    const run = runOf(timeline);
    const launches = new Launches(run);
    const tasks = deviceTasks(run);
    expect(tasks.map(({ device }) => device)).toEqual([0]);
    const [{ length, opClass, startNs, endNs, slice, name, texts, stream, streams }] = tasks;
    const kernels = new Map<string, { calls: number; us: number }>();
    for (let task = 0; task < length; task++) {
      expect(opClass[task]).toBe(CLASS.compute);
      const text = texts.get(name[task]);
      const sum = kernels.get(text) ?? { calls: 0, us: 0 };
      kernels.set(text, { calls: sum.calls + 1, us: sum.us + (endNs[task] - startNs[task]) / 1000 });
      expect(streams[stream[task]].stream).toBe(0);
      const launch = launches.of(0, slice[task]);
      expect(launch?.call).not.toBe(NONE);
      // The call of the runtime, in which that of the driver lies. In these captures kernels start after it has returned.
      expect(timeline.strings.get(timeline.slices.name[launch?.call ?? NONE])).toBe('musaLaunchKernel');
      expect(startNs[task]).toBeGreaterThan(launch?.endNs ?? Number.NaN);
    }
    const all = [...kernels.values()];
    expect(all.reduce((sum, { calls }) => sum + calls, 0)).toBe(expected.device_kernel_count);
    expect(all.reduce((sum, { us }) => sum + us, 0)).toBe(expected.device_kernel_time_us);
    expect([...kernels].map(([each, { calls, us }]) => [each, calls, us])).toEqual(
      expected.device_kernels.map(({ name: each, calls, self_musa_time_us }) => [each, calls, self_musa_time_us]),
    );
  });
});
