// Steps of real captures against what the profiler's own tools say of them.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyseRun, type DeviceAnalysis } from '../../src/analysis/analyse-run.ts';
import { isOp } from '../../src/analysis/op-class.ts';
import { findSteps } from '../../src/analysis/steps/find-steps.ts';
import { stepFigures } from '../../src/analysis/steps/step-figures.ts';
import { Diagnostics } from '../../src/base/index.ts';
import { NodeHost } from '../../src/platform/node/index.ts';
import { openRun } from '../../src/session/index.ts';
import type { Run } from '../../src/timeline/index.ts';
import { noticeWhenAbsent, samplesAbsent, samplesRoot } from '../support/samples.ts';

noticeWhenAbsent('steps of real captures');

async function runOf(folder: string): Promise<Run> {
  const { run } = await openRun([join(samplesRoot, 'ascend', folder)], new NodeHost(), {}, new Diagnostics());
  return run;
}

/** What step_trace_time.csv says, in us as it stands there. */
const CAPTURES = [
  { folder: 'torch_npu-ddp/level0', source: 'profiler-step', step: '50', rank: 0, free: 25908.114 },
  { folder: 'torch_npu-ddp/level1', source: 'profiler-step', step: '50', rank: 0, free: 25744.069 },
  { folder: 'torch_npu-llm-pp2', source: 'op-step', step: '13', rank: 0, free: 158558 },
  { folder: 'torch_npu-llm-pp2', source: 'op-step', step: '13', rank: 2, free: 131705.28 },
] as const;

describe.skipIf(samplesAbsent)('the step of a real capture', () => {
  it.each(CAPTURES)(
    '$folder rank $rank: source, number and free time',
    async ({ folder, source, step, rank, free }) => {
      const { devices } = analyseRun(await runOf(folder));
      const device = devices.find(({ tasks }) => tasks.rank === rank);
      expect(device?.steps).toMatchObject({ source, confidence: 1 });
      expect(device?.steps.steps.map(({ id, phase }) => [id, phase])).toEqual([[step, 'other']]);
      const [figures] = stepFigures(device as DeviceAnalysis);
      expect(Math.abs(figures.deviceIdleNs - free * 1000)).toBeLessThanOrEqual(50);
      expect(figures.computeNs + figures.exposedCommunicationNs + figures.deviceIdleNs).toBe(figures.durNs);
    },
  );

  it.each(['level0', 'level1'])('is, by launches, that of the column "Step Id": %s', async (level) => {
    const run = await runOf(`torch_npu-ddp/${level}`);
    for (const { tasks, steps } of analyseRun(run).devices) {
      const column = run.shards[tasks.streams[0].shard].timeline.slices.typed.get('step');
      const told = Array.from({ length: tasks.length }, (_, task) => task).filter((task) => isOp(tasks.opClass[task]));
      expect(told.length).toBeGreaterThan(100);
      expect(told.map((task) => steps.steps[steps.stepOf[task]]?.id)).toEqual(
        told.map((task) => `${column?.at(tasks.slice[task])}`),
      );
    }
  });

  it.each(['torch_npu-ddp/level1', 'torch_npu-llm-pp2'])(
    'is one of training, which repeats nothing: %s',
    async (folder) => {
      const run = await runOf(folder);
      const unmarked = {
        ...run,
        shards: run.shards.map((shard) => {
          const { timeline } = shard;
          const typed = new Map([...timeline.slices.typed].filter(([name]) => name !== 'step'));
          const tracks = timeline.tracks.map((track) =>
            track.kind === 'thread' ? { ...track, kind: 'counter' as const } : track,
          );
          return { ...shard, timeline: { ...timeline, tracks, slices: { ...timeline.slices, typed }, tables: [] } };
        }),
      };
      const devices = analyseRun(run).devices.map(({ tasks }) => tasks);
      expect(devices.length).toBeGreaterThan(0);
      for (const { source } of findSteps(unmarked, devices, {})) expect(source).toBe('none');
    },
  );
});
