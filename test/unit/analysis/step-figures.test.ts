// What steps and the mean step of each phase consist of.
import { describe, expect, it } from 'vitest';
import { analyseRun, type RunAnalysis } from '../../../src/analysis/analyse-run.ts';
import { CLASS } from '../../../src/analysis/op-class.ts';
import { phaseFigures, stepFigures } from '../../../src/analysis/steps/step-figures.ts';
import { plantedDecode } from '../../support/planted-decode.ts';
import { plantedRun, type PlantedRank } from '../../support/planted-run.ts';

const compute = (name: string, startNs: number, endNs: number): PlantedRank['tasks'][number] => ({
  ...{ name, stream: 2, startNs, endNs },
});

/** Two tokens: [0, 1000) and [1000, 1700), with a collective that goes on beside and behind the compute of each. */
const RANK: PlantedRank = {
  rank: 0,
  ranges: [
    { name: 'token 1', startNs: 0, endNs: 1000 },
    { name: 'token 2', startNs: 1000, endNs: 1700 },
  ],
  tasks: [
    compute('MatMul', 0, 300),
    compute('Add', 300, 350),
    compute('MatMul', 400, 500),
    compute('Cast', 500, 520),
    compute('MatMul', 1000, 1200),
    compute('Add', 1600, 1700),
  ],
  collectives: [
    { name: 'hcom_allReduce__1_0_1', startNs: 450, endNs: 700 },
    { name: 'hcom_allReduce__1_1_1', startNs: 1200, endNs: 1500 },
  ],
};

describe('the figures of a step', async () => {
  const analysis = analyseRun(await plantedRun([RANK]));
  const figures = analysis.devices.flatMap(stepFigures);

  it('are compute, exposed communication and idle time in its window', () => {
    expect(figures.map((each) => [each.durNs, each.computeNs, each.exposedCommunicationNs, each.deviceIdleNs])).toEqual(
      [
        [1000, 470, 180, 350],
        [700, 300, 300, 100],
      ],
    );
  });

  it('name the three types of op with the most time, collectives without their counts', () => {
    expect(figures.map(({ topOps }) => topOps.map(({ key, totalNs }) => [key, totalNs]))).toEqual([
      [
        ['MatMul', 400],
        ['hcom_allReduce', 250],
        ['Add', 50],
      ],
      [
        ['hcom_allReduce', 300],
        ['MatMul', 200],
        ['Add', 100],
      ],
    ]);
  });

  it('count a collective once, however it ran', async () => {
    const kernel = { name: 'AivKernel', stream: 2, startNs: 450, endNs: 700 };
    const lccl = { name: 'LcclAivKernel', stream: 2, startNs: 800, endNs: 900 };
    const rank = { ...RANK, tasks: [...RANK.tasks, kernel, lccl].sort((a, b) => a.startNs - b.startNs) };
    const [first] = analyseRun(await plantedRun([rank])).devices.flatMap(stepFigures);
    expect(first.topOps).toEqual([
      { key: 'MatMul', totalNs: 400 },
      { key: 'hcom_allReduce', totalNs: 250 },
      { key: 'LcclAivKernel', totalNs: 100 },
    ]);
  });
});

describe('the figures of a phase', async () => {
  const { run } = await plantedDecode({ seed: 4, layers: 4, tokens: 30, lost: 0.01, sideStream: true, ranks: 2 });
  const analysis = analyseRun(run);
  const [prefill, decode, ...others] = phaseFigures(analysis);
  const steps = analysis.devices.flatMap(stepFigures);

  it('are there for each phase that has steps, over all devices', () => {
    expect([prefill.phase, decode.phase, others]).toEqual(['prefill', 'decode', []]);
    expect(decode.count * decode.deviceCount).toBe(steps.filter(({ step }) => step.phase === 'decode').length);
  });

  it('count a step once that several devices took together', () => {
    expect([prefill.count, prefill.deviceCount, prefill.usualCount]).toEqual([1, 2, 2]);
    expect([decode.count, decode.deviceCount]).toEqual([30, 2]);
  });

  it('count steps of several captures of one device as several', () => {
    const captures = analysis.devices.map(({ steps, ...device }, capture) => {
      return { ...device, steps: { ...steps, rank: 0, device: 0, capture: `run ${capture}` } };
    });
    expect(phaseFigures({ devices: captures })).toMatchObject([
      { count: 2, deviceCount: 1 },
      { count: 60, deviceCount: 1 },
    ]);
  });

  it('are percentiles and the mean of all durations, and the mean step of the usual ones', () => {
    const durNs = steps.filter(({ step }) => step.phase === 'decode').map((each) => each.durNs);
    durNs.sort((a, b) => a - b);
    expect([decode.p50Ns, decode.p95Ns]).toEqual([durNs[29], durNs[56]]);
    expect(decode.meanNs).toBeCloseTo(mean(durNs), 6);
    const usual = steps.filter(({ step }) => step.phase === 'decode' && !step.isFirst && !step.isOutlier);
    expect(decode.usualCount).toBe(usual.length);
    expect(usual.length).toBeLessThan(60);
    expect(decode.meanStep.durNs).toBeCloseTo(mean(usual.map((each) => each.durNs)), 6);
  });

  it('keep compute + exposed communication + idle = duration, for every step and the mean one', () => {
    for (const { durNs, computeNs, exposedCommunicationNs, deviceIdleNs } of [...steps, prefill.meanStep]) {
      expect(computeNs + exposedCommunicationNs + deviceIdleNs).toBeCloseTo(durNs, 6);
      expect(Math.min(computeNs, exposedCommunicationNs, deviceIdleNs)).toBeGreaterThanOrEqual(0);
    }
  });

  it('list the ops of the mean step by time, which add up to those of the usual steps', () => {
    const { ops } = decode.meanStep;
    expect(ops).toEqual([...ops].sort((a, b) => b.nsPerStep - a.nsPerStep));
    expect(ops[0].share).toBeCloseTo(ops[0].nsPerStep / decode.meanStep.durNs, 12);
    const [matMul] = ops.filter(({ key }) => key === 'MatMulV3');
    const planted = matMulsOfUsualTokens(analysis);
    expect(matMul.countPerStep).toBeCloseTo(planted.count / decode.usualCount, 9);
    expect(matMul.nsPerStep).toBeCloseTo(planted.totalNs / decode.usualCount, 6);
  });

  it('are those of all steps where nothing but the first is there', () => {
    expect([prefill.usualCount, prefill.meanStep.durNs]).toEqual([2, prefill.meanNs]);
  });
});

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Counted one by one. */
function matMulsOfUsualTokens({ devices }: RunAnalysis): { count: number; totalNs: number } {
  let [count, totalNs] = [0, 0];
  for (const { tasks, steps } of devices) {
    for (let task = 0; task < tasks.length; task++) {
      const step = steps.steps.at(steps.stepOf[task]);
      if (steps.stepOf[task] < 0 || step?.phase !== 'decode' || step.isFirst || step.isOutlier) continue;
      if (tasks.opClass[task] !== CLASS.compute || tasks.texts.get(tasks.type[task]) !== 'MatMulV3') continue;
      count++;
      totalNs += tasks.endNs[task] - tasks.startNs[task];
    }
  }
  return { count, totalNs };
}
