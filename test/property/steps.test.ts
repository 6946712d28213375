// Steps that nobody marked, against what a generator planted. The seeds are others than those the analysis was tuned with,
// which were 1 to 130.
import { describe, expect, it } from 'vitest';
import { deviceTasks } from '../../src/analysis/device-tasks.ts';
import { findSteps } from '../../src/analysis/steps/find-steps.ts';
import type { DeviceSteps } from '../../src/analysis/steps/step.ts';
import { type DecodeShape, MODELS, type PlantedDecode, plantedDecode } from '../support/planted-decode.ts';
import { type SeededRandom, seededRandom } from '../support/seeded-random.ts';
import { plantedRun } from '../support/planted-run.ts';

const seedsFrom = (first: number, count: number): number[] => Array.from({ length: count }, (_, i) => first + i);
const stepsOf = ({ run }: Pick<PlantedDecode, 'run'>, tokens?: number): DeviceSteps[] =>
  findSteps(run, deviceTasks(run), { tokens });

/** Starts of steps and their phases as planted and as found: all of them have to be equal. */
async function expectExact(shape: DecodeShape, tokens?: number): Promise<void> {
  const planted = await plantedDecode(shape);
  const found = stepsOf(planted, tokens);
  const title = JSON.stringify(shape);
  expect(found.length, title).toBe(planted.steps.length);
  for (const [rank, { source, confidence, steps }] of found.entries()) {
    expect([source, confidence > 0.6 && confidence < 1], title).toEqual(['repetition', true]);
    expect(
      steps.map(({ startNs, phase }) => [startNs, phase]),
      title,
    ).toEqual(planted.steps[rank].map(({ startNs, phase }) => [startNs, phase]));
  }
}

const pick = <T>(items: readonly T[], seed: number): T => items[seed % items.length];
const LAYERS = [2, 3, 5, 8, 24, 36, 61];

describe('tokens with 5 % of jitter are found exactly', () => {
  it.each(['dense', 'sampling', 'experts'] as const)('with and without a prefill: %s', async (model) => {
    for (const seed of seedsFrom(4000, 9)) {
      const prefill = pick(['none', 'longer', 'other'] as const, seed);
      await expectExact({ seed, model, prefill, layers: pick(LAYERS, seed), tokens: 5 + (seed % 17) });
    }
  });

  it.each([0.01, 0.02])('where a part of %d of the ops is lost, and others come now and then', async (lost) => {
    for (const seed of seedsFrom(5000, 16)) {
      const model = pick(['dense', 'sampling', 'experts'] as const, seed);
      const prefill = pick(['none', 'longer', 'other'] as const, seed >> 1);
      const pauses = pick(['token', 'host-bound'] as const, seed);
      const shape = {
        seed,
        model,
        prefill,
        pauses,
        lost,
        extra: 0.004,
        layers: pick(LAYERS, seed),
        tokens: 8 + (seed % 25),
      };
      await expectExact(shape);
    }
  });

  it('where the host is never late, so that no pause tells tokens', async () => {
    for (const seed of seedsFrom(6000, 10)) {
      const model = pick(['dense', 'experts'] as const, seed);
      const prefill = pick(['none', 'longer'] as const, seed >> 1);
      await expectExact({ seed, model, prefill, pauses: 'steady', lost: 0.01, layers: pick(LAYERS, seed), tokens: 12 });
    }
  });

  it('where only a pause and the layers within tell tokens', async () => {
    for (const seed of seedsFrom(7000, 10)) {
      const model = pick(['unnamed', 'only-layers'] as const, seed);
      await expectExact({ seed, model, prefill: 'longer', lost: 0.01, layers: pick(LAYERS, seed), tokens: 12 });
    }
  });

  it('where a run was missed before', async () => {
    const missed: readonly DecodeShape[] = [
      // What an allreduce took stood for a pause between tokens.
      { seed: 20045, model: 'parallel', pauses: 'steady', lost: 0.02, extra: 0.004, layers: 4, tokens: 13 },
      { seed: 30423, model: 'parallel', pauses: 'steady', layers: 4, tokens: 10 },
      { seed: 30070, model: 'parallel', prefill: 'none', pauses: 'steady', lost: 0.02, layers: 4, tokens: 30 },
      // The way through the template slipped by a layer.
      { seed: 30419, model: 'unnamed', prefill: 'other', lost: 0.02, extra: 0.004, layers: 48, tokens: 15 },
      { seed: 6003, model: 'experts', prefill: 'longer', pauses: 'steady', lost: 0.01, layers: 24, tokens: 12 },
      // The first op of the capture was lost.
      { seed: 30881, model: 'experts', pauses: 'steady', lost: 0.02, extra: 0.004, layers: 5, tokens: 35 },
      // Few tokens, none of which has all ops.
      { seed: 30040, model: 'only-layers', prefill: 'none', lost: 0.01, extra: 0.004, layers: 5, tokens: 4 },
      { seed: 60650, model: 'only-layers', prefill: 'none', lost: 0.005, layers: 16, tokens: 4 },
    ];
    for (const shape of missed) await expectExact(shape);
  });

  it('where an allreduce stands between the ops', async () => {
    for (const seed of seedsFrom(12_000, 12)) {
      const pauses = pick(['steady', 'token', 'host-bound'] as const, seed);
      const prefill = pick(['none', 'longer', 'other'] as const, seed >> 1);
      await expectExact({
        seed,
        model: 'parallel',
        prefill,
        pauses,
        lost: 0.01,
        layers: pick(LAYERS, seed),
        tokens: 12,
      });
    }
  });

  it('on all ranks, beside a second stream', async () => {
    for (const seed of seedsFrom(8000, 3)) {
      await expectExact({ seed, layers: 6, tokens: 10, lost: 0.015, ranks: 3, sideStream: true });
    }
  });

  it('where the capture begins within a token, which is none of them', async () => {
    for (const seed of seedsFrom(9000, 6)) {
      await expectExact({ seed, layers: pick(LAYERS, seed), tokens: 9, prefill: 'none', lost: 0.01, cutAtStart: true });
    }
  });
});

describe('the number of tokens as a hint', () => {
  const shape: DecodeShape = { seed: 77, model: 'unnamed', layers: 6, tokens: 14, prefill: 'none', pauses: 'steady' };

  it('is what tells tokens from layers where neither names nor pauses do', async () => {
    expect(stepsOf(await plantedDecode(shape))[0].source).toBe('none');
    await expectExact(shape, 14);
  });

  it('does not make steps of what does not repeat', async () => {
    const run = await shuffled(shape, 1);
    expect(stepsOf({ run }, 14)[0].source).toBe('none');
  });
});

/** The ops of a run in another order, with the pauses they had. */
async function shuffled(shape: DecodeShape, seed: number): Promise<PlantedDecode['run']> {
  const { run } = await plantedDecode(shape);
  const [{ length, name, texts }] = deviceTasks(run);
  const random = seededRandom(seed);
  const order = Array.from({ length }, (_, i) => ({ name: texts.get(name[i]), at: random.share() }));
  return opsInRow(
    order.sort((a, b) => a.at - b.at).map((op) => op.name),
    random,
  );
}

function opsInRow(names: readonly string[], random: SeededRandom): Promise<PlantedDecode['run']> {
  let nowNs = 0;
  const tasks = names.map((name, i) => {
    const startNs = nowNs + (i % 100 === 0 ? 150_000 : 900 + random.below(100));
    nowNs = startNs + 2_000 + random.below(20_000);
    return { name, stream: 2, startNs, endNs: nowNs };
  });
  return plantedRun([{ rank: 0, tasks }]);
}

describe('no steps are found', () => {
  it.each(Object.keys(MODELS) as (keyof typeof MODELS)[])('among shuffled ops: %s', async (model) => {
    for (const seed of seedsFrom(10_000, 6)) {
      const run = await shuffled({ seed, model, layers: pick(LAYERS, seed), tokens: 12 }, seed);
      expect(stepsOf({ run })[0].source, `${model} ${seed}`).toBe('none');
    }
  });

  it.each([2, 3, 6, 20])('among random ops of %d kinds', async (kinds) => {
    for (const seed of seedsFrom(11_000, 6)) {
      const random = seededRandom(seed);
      const names = Array.from({ length: 1500 }, () => `Op${'ABCDEFGHIJKLMNOPQRST'[random.below(kinds)]}`);
      expect(stepsOf({ run: await opsInRow(names, random) })[0].source, `${kinds} ${seed}`).toBe('none');
    }
  });

  it.each(Object.keys(MODELS) as (keyof typeof MODELS)[])('in one pass through the layers: %s', async (model) => {
    const { first, layer, last } = MODELS[model];
    for (const layers of LAYERS) {
      const names = [...first, ...Array.from({ length: layers }, () => layer).flat(), ...last];
      const run = await opsInRow(names, seededRandom(layers));
      expect(stepsOf({ run })[0].source, `${model} ${layers}`).toBe('none');
    }
  });

  it.each(['only-layers', 'unnamed'] as const)('in one pass of which ops are lost: %s', async (model) => {
    const { first, layer, last } = MODELS[model];
    for (const seed of [50_026, 50_208, 50_283, ...seedsFrom(13_000, 9)]) {
      const random = seededRandom(seed);
      const names = [...first, ...Array.from({ length: pick(LAYERS, seed) }, () => layer).flat(), ...last];
      const run = await opsInRow(
        names.filter(() => random.share() >= 0.01),
        random,
      );
      expect(stepsOf({ run })[0].source, `${model} ${seed}`).toBe('none');
    }
  });

  it('in one step of training: layers forward, layers backward, the optimizer', async () => {
    const { first, layer, last } = MODELS.dense;
    for (const layers of LAYERS) {
      const repeated = (names: readonly string[], times: number): string[] =>
        Array.from({ length: times }, () => names).flat();
      const back = [...layer].reverse().flatMap((kind) => [`${kind}Grad`, 'MatMulV3', 'Add']);
      const names = [
        ...[...first, ...repeated(layer, layers), ...last, 'SoftmaxCrossEntropy', 'SoftmaxCrossEntropyGrad'],
        ...[...repeated(back, layers), ...repeated(['Mul', 'Add', 'Sqrt', 'Div', 'Mul'], 4 * layers)],
      ];
      expect(stepsOf({ run: await opsInRow(names, seededRandom(layers)) })[0].source, `${layers}`).toBe('none');
    }
  });
});
