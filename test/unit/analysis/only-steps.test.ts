// An analysis of some steps alone.
import { describe, expect, it } from 'vitest';
import { analyseRun, type DeviceAnalysis } from '../../../src/analysis/index.ts';
import { onlySteps } from '../../../src/analysis/steps/only-steps.ts';
import { plantedRun } from '../../support/planted-run.ts';

/** Ops of 10 µs with 20 µs between them; two to a step of 60 µs, the second reaching 4 µs into the next step. */
async function deviceWithSteps(): Promise<DeviceAnalysis> {
  const op = (name: string, startNs: number, endNs: number): object => ({ name, stream: 1, startNs, endNs });
  const tasks = [
    ...[op('A', 0, 10_000), op('B', 30_000, 64_000), op('A', 70_000, 80_000), op('B', 100_000, 124_000)],
    ...[op('A', 130_000, 140_000)],
  ];
  const run = await plantedRun([{ rank: 0, tasks: tasks as never }]);
  const [device] = analyseRun(run).devices;
  const step = (id: string, startNs: number, endNs: number): DeviceAnalysis['steps']['steps'][number] => ({
    ...{ id, phase: 'decode', startNs, endNs, isFirst: id === '0', isOutlier: false },
  });
  const steps = [step('0', 0, 60_000), step('1', 60_000, 120_000), step('2', 120_000, 140_000)];
  const gaps = [
    [10_000, 30_000],
    [64_000, 70_000],
    [80_000, 100_000],
    [124_000, 130_000],
  ];
  const [whole] = device.bubbles;
  return {
    ...device,
    steps: { ...device.steps, source: 'marker', confidence: 1, steps, stepOf: Int32Array.of(0, 0, 1, 1, 2) },
    bubbles: [
      {
        ...whole,
        ...{ kind: 'device', thresholdNs: 5_000, length: gaps.length, totalNs: 52_000, belowThresholdNs: 0 },
        startNs: Float64Array.from(gaps, ([startNs]) => startNs),
        durNs: Float64Array.from(gaps, ([startNs, endNs]) => endNs - startNs),
        before: Int32Array.of(0, 1, 2, 3),
        after: Int32Array.of(1, 2, 3, 4),
        stream: Int32Array.of(-1, -1, -1, -1),
        cause: Uint8Array.of(4, 5, 4, 5),
        confidence: Float32Array.of(1, 1, 1, 1),
      },
    ],
  };
}

describe('one step of three', () => {
  it('has its own tasks', async () => {
    const chosen = onlySteps(await deviceWithSteps(), ({ id }) => id === '1');
    expect(chosen?.tasks.length).toBe(2);
    expect([...(chosen?.tasks.startNs ?? [])]).toEqual([70_000, 100_000]);
    expect(chosen?.steps.steps.map(({ id }) => id)).toEqual(['1']);
    expect([...(chosen?.steps.stepOf ?? [])]).toEqual([0, 0]);
  });

  it('has what ran in its time, also of tasks that reach into it', async () => {
    const chosen = onlySteps(await deviceWithSteps(), ({ id }) => id === '1');
    expect(chosen?.overlap.window).toEqual({ startNs: 60_000, endNs: 120_000 });
    expect(chosen?.overlap.totals).toMatchObject({ windowNs: 60_000, computeNs: 34_000, deviceIdleNs: 26_000 });
  });

  it('has its bubbles with their causes; an op outside is the edge', async () => {
    const chosen = onlySteps(await deviceWithSteps(), ({ id }) => id === '1');
    const [bubbles] = chosen?.bubbles ?? [];
    expect(bubbles).toMatchObject({ length: 2, totalNs: 26_000, belowThresholdNs: 0 });
    expect([...bubbles.startNs]).toEqual([64_000, 80_000]);
    expect([...bubbles.before]).toEqual([-1, 0]);
    expect([...bubbles.after]).toEqual([0, 1]);
    expect([...bubbles.cause]).toEqual([5, 4]);
  });
});

describe('steps apart', () => {
  it('leave out the time between them', async () => {
    const chosen = onlySteps(await deviceWithSteps(), ({ id }) => id !== '1');
    expect(chosen?.overlap.totals).toMatchObject({ windowNs: 80_000, computeNs: 54_000, deviceIdleNs: 26_000 });
    expect([...(chosen?.bubbles[0].startNs ?? [])]).toEqual([10_000, 124_000]);
  });

  it('are nothing where a device has none of them', async () => {
    expect(onlySteps(await deviceWithSteps(), () => false)).toBeUndefined();
  });
});
