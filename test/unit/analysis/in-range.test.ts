// The steps of a part of a run are those of the run that lie in it.
import { describe, expect, it } from 'vitest';
import { analyseRun, phaseFigures, stepFigures, topOps } from '../../../src/analysis/index.ts';
import { plantedDecode } from '../../support/planted-decode.ts';

describe('a range of a run', async () => {
  const { run, steps } = await plantedDecode({ seed: 1, layers: 4, tokens: 12, ranks: 2, sideStream: true });
  const middleOf = (step: number): number => (steps[0][step].startNs + steps[0][step].endNs) >> 1;
  const whole = analyseRun(run);
  const part = analyseRun(run, { range: { fromNs: middleOf(3), toNs: middleOf(8) } });

  it('has the steps that lie in it, with the ids, phases, times and figures they have in the run', () => {
    for (const [rank, device] of part.devices.entries()) {
      const { source, steps: own } = device.steps;
      expect([source, own.map(({ id }) => id)]).toEqual(['repetition', ['4', '5', '6', '7']]);
      expect(stepFigures(device)).toEqual(stepFigures(whole.devices[rank]).slice(4, 8));
    }
  });

  it('names those of which it holds a part', () => {
    for (const { steps: own } of part.devices) expect(own.cut?.map(({ id }) => id)).toEqual(['3', '8']);
    expect(whole.devices.map(({ steps: own }) => own.cut)).toEqual([undefined, undefined]);
  });

  it('counts only whole steps, and the ops in them', async () => {
    const [decode] = phaseFigures(part);
    expect(decode).toMatchObject({ phase: 'decode', count: 4, usualCount: 8 });
    const [attention] = (await topOps(part, { by: 'type' })).filter(({ key }) => /Attention/.test(key));
    expect(attention.perStepNs).toBeCloseTo(decode.meanStep.ops.find(({ key }) => key === attention.key)!.nsPerStep, 6);
    expect(attention.totalNs).toBeGreaterThan(8 * attention.perStepNs!);
  });

  it('cuts no step at whose edges it begins and ends, and may hold none', () => {
    const [exact] = analyseRun(run, { range: { fromNs: steps[0][4].startNs, toNs: steps[0][6].startNs } }).devices;
    expect([exact.steps.steps.map(({ id }) => id), exact.steps.cut]).toEqual([['4', '5'], []]);
    const [within] = analyseRun(run, { range: { fromNs: middleOf(3), toNs: middleOf(3) + 100_000 } }).devices;
    expect([within.steps.steps, within.steps.cut?.map(({ id }) => id)]).toEqual([[], ['3']]);
  });
});
