// What steps were for, and which of them are no example of the others.
import { describe, expect, it } from 'vitest';
import { deviceTasks } from '../../../src/analysis/device-tasks.ts';
import { outliers } from '../../../src/analysis/steps/exceptional.ts';
import { findSteps } from '../../../src/analysis/steps/find-steps.ts';
import { hintOf } from '../../../src/analysis/steps/step-names.ts';
import type { Step } from '../../../src/analysis/steps/step.ts';
import { plantedRun, type PlantedRange, type PlantedTask } from '../../support/planted-run.ts';
import { folderWith, open } from '../../support/opening.ts';

/** One step of 1000 ns per list of ops, each op as long as there is room for in half of it unless its name says `*6`. */
async function stepsOf(
  steps: readonly (readonly string[])[],
  markOf: (step: number) => string,
): Promise<readonly Step[]> {
  const tasks: PlantedTask[] = [];
  const ranges: PlantedRange[] = [];
  for (const [step, ops] of steps.entries()) {
    const fromNs = step * 10_000;
    ranges.push({ name: markOf(step), startNs: fromNs, endNs: fromNs + 10_000 });
    for (const [i, op] of ops.entries()) {
      const [name, times = '1'] = op.split('*');
      const startNs = fromNs + 700 * i;
      tasks.push({ name, stream: 2, startNs, endNs: startNs + 100 * Number(times) });
    }
  }
  const run = await plantedRun([{ rank: 0, tasks, ranges }]);
  return findSteps(run, deviceTasks(run), {})[0].steps;
}
const phases = async (...steps: readonly (readonly string[])[]): Promise<string[]> =>
  (await stepsOf(steps, (step) => `ProfilerStep#${step}`)).map(({ phase }) => phase);

describe('the phase of a step', () => {
  it('is what its mark says', async () => {
    const names = ['prefill', 'decode step 1', 'decode step 2', 'token 3'];
    const steps = await stepsOf([['MatMul'], ['MatMul'], ['MatMul'], ['MatMul']], (step) => names[step]);
    expect(steps.map(({ phase }) => phase)).toEqual(['prefill', 'decode', 'decode', 'decode']);
  });

  it('is else what the attention says that only one phase has', async () => {
    expect(
      await phases(
        ['PromptFlashAttention', 'MatMul'],
        ['IncreFlashAttention', 'MatMul'],
        ['UnpadFlashAttentionNdKernel'],
        ['PagedAttentionMaskNdKernel'],
      ),
    ).toEqual(['prefill', 'decode', 'prefill', 'decode']);
  });

  it('is that of the attention with more time where there are both', async () => {
    const both = ['PromptFlashAttention', 'PagedAttentionMaskNdKernel*3'];
    expect(await phases(both, ['PromptFlashAttention*3', 'PagedAttentionMaskNdKernel'])).toEqual(['decode', 'prefill']);
  });

  it('is other in training, whatever its attention', async () => {
    expect(await phases(['FlashAttentionScore', 'FlashAttentionScoreGrad'], ['MatMul', 'ApplyAdamW'])).toEqual([
      'other',
      'other',
    ]);
  });

  it('is told by the time of the ops where the attention is that of both phases', async () => {
    const token = ['FusedInferAttentionScore', 'MatMul'];
    expect(await phases(['FusedInferAttentionScore*4', 'MatMul*6'], token, token, token)).toEqual([
      ...['prefill', 'decode', 'decode', 'decode'],
    ]);
  });

  it('is told by structure where nothing else does: one long step, then short ones', async () => {
    const short = ['MatMul', 'Add'];
    expect(await phases(['MatMul*6', 'Add*6'], short, short, short)).toEqual(['prefill', 'decode', 'decode', 'decode']);
    expect(await phases(short, short, short, short)).toEqual(['other', 'other', 'other', 'other']);
    expect(await phases(short, ['MatMul*6', 'Add*6'], short, short)).toEqual(['other', 'other', 'other', 'other']);
  });

  it('is told by shapes before times where they differ: a prefill works on more rows', async () => {
    const header =
      'Step Id,Name,Type,Accelerator Core,Start Time(us),Duration(us),Wait Time(us),Input Shapes,Input Data Types';
    const rows = [112, 4, 4, 4, 96].flatMap((rowCount, step) => [
      `${step},a,FusedInferAttentionScore,MIX_AIC,${1700000000000000 + 100 * step},5.0,0,"""${rowCount},8;8""",FLOAT`,
      `${step},m,MatMulV3,AI_CORE,${1700000000000010 + 100 * step},5.0,0,"""${rowCount},4096;4096,64""",FLOAT`,
    ]);
    const { run } = await open(folderWith({ 'kernel_details.csv': [header, ...rows].join('\n') }));
    expect(findSteps(run, deviceTasks(run), {})[0].steps.map(({ phase }) => phase)).toEqual([
      ...['prefill', 'decode', 'decode', 'decode', 'prefill'],
    ]);
  });

  it.each([
    ['FlashAttentionScoreGrad', 'training'],
    ['ForeachAddList', undefined],
    ['FusedInferAttentionScore', 'inference'],
    ['UnpadPagedAttentionDecoderKernel', 'decode'],
    ['PromptFlashAttention', 'prefill'],
    ['MatMulV3', undefined],
  ])('takes %s as a hint of %s', (kind, hint) => {
    expect(hintOf(kind)).toBe(hint);
  });
});

describe('a step is no example of the others', () => {
  it('where it is the first of its phase', async () => {
    const names = ['prefill', 'decode 1', 'decode 2', 'prefill'];
    const steps = await stepsOf([['a'], ['a'], ['a'], ['a']], (step) => names[step]);
    expect(steps.map(({ isFirst }) => isFirst)).toEqual([true, true, false, false]);
  });

  const tokens = [100, 101, 99, 102, 98, 100, 100];
  const isOutlier = (...durNs: number[]): number[] =>
    outliers(
      durNs.map(() => 'decode'),
      durNs,
    ).flatMap((yes, i) => (yes ? [i] : []));

  it('where it lasts much longer than the others scatter', () => {
    expect(isOutlier(...tokens, 125)).toEqual([7]);
    expect(isOutlier(...tokens, 119)).toEqual([]);
    expect(isOutlier(...tokens, 60)).toEqual([]);
  });

  it('but not where the others scatter as much', () => {
    expect(isOutlier(80, 120, 95, 105, 60, 140, 100, 180)).toEqual([]);
  });

  it('and never among less than five of its phase', () => {
    expect(isOutlier(100, 100, 100, 500)).toEqual([]);
    expect(outliers(['prefill', 'decode', 'decode', 'decode', 'decode', 'decode'], [900, 9, 9, 9, 9, 9])).toEqual(
      Array.from({ length: 6 }, () => false),
    );
  });
});
