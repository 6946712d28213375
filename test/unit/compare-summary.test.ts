import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { analyseRun, type RunAnalysis } from '../../src/analysis/analyse-run.ts';
import {
  compareRuns,
  decodeBaseline,
  DEFAULT_RULES,
  encodeBaseline,
  isBaseline,
  parseRules,
  summarise,
} from '../../src/analysis/compare/index.ts';
import { MOST_OPS, MOST_TYPES } from '../../src/analysis/compare/op-totals.ts';
import { BUBBLE_CAUSES } from '../../src/analysis/bubbles/bubble.ts';
import { type PhaseSummary, STEP_FIGURES } from '../../src/analysis/compare/summary.ts';
import { type Phase, PHASES, type Step, STEP_SOURCES } from '../../src/analysis/steps/step.ts';
import { NONE } from '../../src/timeline/index.ts';
import { noisySummary, workload } from '../support/noisy-runs.ts';
import { type PlantedRank, plantedRun } from '../support/planted-run.ts';
import { textOf } from '../support/source-files.ts';

const tool = { name: 'traceconv', version: 'test' };

/** A planted run with steps of 1 ms, each [start, start + 1 ms) with what starts in it. */
async function inSteps(ranks: readonly PlantedRank[], phases: readonly Phase[]): Promise<RunAnalysis> {
  const analysis = analyseRun(await plantedRun(ranks));
  const devices = analysis.devices.map((device) => {
    const { rank, device: number, capture, length, startNs } = device.tasks;
    const steps = phases.map((phase, i): Step => ({
      ...{ id: `${i}`, phase, startNs: i * 1e6, endNs: (i + 1) * 1e6 },
      ...{ isFirst: phases.indexOf(phase) === i, isOutlier: false },
    }));
    const stepOf = Int32Array.from({ length }, (_, task) => {
      const step = Math.floor(startNs[task] / 1e6);
      return step < steps.length ? step : NONE;
    });
    return {
      ...device,
      steps: { rank, device: number, capture, source: 'profiler-step' as const, confidence: 1, steps, stepOf },
    };
  });
  return { ...analysis, devices };
}

/** In each step MatMul runs for 100 µs and twice Add for 20 µs, a collective for 300 µs, half of it beside a Softmax. */
function rank(number: number, stepCount: number, slowerNs = 0): PlantedRank {
  const steps = Array.from({ length: stepCount }, (_, i) => i * 1e6);
  const task = (name: string, startNs: number, durNs: number): PlantedRank['tasks'][number] => ({
    ...{ name, stream: 2, startNs, endNs: startNs + durNs },
  });
  return {
    rank: number,
    tasks: steps.flatMap((startNs) => [
      task('MatMul', startNs, 100_000 + slowerNs),
      task('Add', startNs + 200_000, 20_000),
      task('Add', startNs + 300_000, 20_000),
      task('Softmax', startNs + 550_000, 150_000),
    ]),
    collectives: steps.map((startNs, i) => ({
      ...{ name: `hcom_allReduce__123_${i}_1`, startNs: startNs + 400_000, endNs: startNs + 700_000 },
    })),
  };
}

const opTimes = ({ ops }: PhaseSummary): Record<string, [number, number]> =>
  Object.fromEntries(ops.map(({ name, perStep, countPerStep }) => [name, [perStep.value, countPerStep]]));

describe('a summary', () => {
  test('has the time of each op per step, whatever number a collective has', async () => {
    const { phases } = summarise(await inSteps([rank(0, 5)], ['decode', 'decode', 'decode', 'decode', 'decode']));
    expect(phases.map(({ phase, stepCount }) => [phase, stepCount])).toEqual([['decode', 4]]);
    expect(opTimes(phases[0])).toEqual({
      hcom_allReduce: [300_000, 1],
      Softmax: [150_000, 1],
      MatMul: [100_000, 1],
      Add: [40_000, 2],
    });
  });

  test('says what a step computes, communicates and waits', async () => {
    const { phases } = summarise(await inSteps([rank(0, 4)], ['decode', 'decode', 'decode', 'decode']));
    const { p50, compute, 'exposed-comm': exposed, 'op-count': count } = phases[0].figures;
    expect([p50.value, compute.value, exposed.value, count.value]).toEqual([1_000_000, 290_000, 150_000, 5]);
  });

  test('leaves the first step of a phase out, but where it is the only one', async () => {
    const { phases } = summarise(await inSteps([rank(0, 4)], ['prefill', 'decode', 'decode', 'decode']));
    expect(phases.map(({ phase, stepCount }) => [phase, stepCount])).toEqual([
      ['prefill', 1],
      ['decode', 2],
    ]);
  });

  test('is about the average device', async () => {
    const decode: Phase[] = ['decode', 'decode', 'decode'];
    const { phases, environment } = summarise(await inSteps([rank(0, 3), rank(1, 3, 50_000)], decode));
    expect(environment).toMatchObject({ device: 'Ascend NPU', devices: 2, world: undefined });
    expect(opTimes(phases[0]).MatMul).toEqual([125_000, 1]);
    expect(phases[0].rankSkew?.value).toBe(0);
  });

  test('takes the run as one step if asked to', async () => {
    const { phases, stepSource } = summarise(analyseRun(await plantedRun([rank(0, 4)])), { wholeRun: true });
    expect(stepSource).toBe('whole-run');
    expect(phases[0]).toMatchObject({ phase: 'other', stepCount: 1, totalNs: 3_700_000 });
    expect(opTimes(phases[0]).Add).toEqual([160_000, 8]);
  });

  test('without steps compares nothing', async () => {
    expect(summarise(analyseRun(await plantedRun([rank(0, 1)]))).phases).toEqual([]);
  });

  test('keeps the largest ops by name and the rest by type, and loses no time', () => {
    const load = workload(1, 300);
    const { ops, figures } = noisySummary(load, 2).phases[0];
    expect(ops.filter(({ name }) => name !== '')).toHaveLength(MOST_OPS);
    expect(ops.length).toBeLessThanOrEqual(MOST_OPS + MOST_TYPES + 1);
    const total = ops.reduce((sum, { perStep }) => sum + perStep.value, 0);
    expect(Math.abs(total / figures.compute.value - 1)).toBeLessThan(0.02);
    expect(ops.reduce((sum, { countPerStep }) => sum + countPerStep, 0)).toBeCloseTo(300, 6);
  });
});

describe('a baseline', () => {
  const load = workload(5);
  const runs = [1, 2, 3].map((seed) => ({ name: `run ${seed}`, summary: noisySummary(load, seed) }));
  const text = encodeBaseline(runs, tool);

  test('has a few kB', () => {
    expect(encodeBaseline(runs.slice(0, 1), tool).length).toBeLessThan(8000);
    expect(text.length).toBeLessThan(13_000);
  });

  test('gives back what was put in, so that the verdict is that of the runs', () => {
    const decoded = decodeBaseline(text, 'base.json');
    const head = [11, 12, 13].map((seed) => ({ name: `${seed}`, summary: noisySummary(load, seed) }));
    const options = { rules: parseRules(DEFAULT_RULES), tool };
    expect(JSON.stringify(compareRuns(decoded, head, options))).toBe(JSON.stringify(compareRuns(runs, head, options)));
    expect(encodeBaseline(decoded, tool)).toBe(text);
  });

  test('is what its schema says', async () => {
    const skewed = summarise(await inSteps([rank(0, 3), rank(1, 3, 50_000)], ['prefill', 'decode', 'decode']));
    const bare = summarise(analyseRun(await plantedRun([rank(0, 1)])));
    const whole = summarise(analyseRun(await plantedRun([rank(0, 4)])), { wholeRun: true, dataLoss: { bad_row: 2 } });
    const memory = { allocatedBytes: 12.5, reservedBytes: undefined };
    for (const summary of [skewed, bare, whole, { ...bare, memory }]) {
      expect(problemsOf(encodeBaseline([{ name: 'run', summary }], tool))).toEqual([]);
    }
    expect(problemsOf(text)).toEqual([]);
  });

  test('is recognised by its head, and by nothing else', () => {
    expect(isBaseline(text.slice(0, 512))).toBe(true);
    expect(isBaseline(JSON.stringify(JSON.parse(text), undefined, 2).slice(0, 512))).toBe(true);
    expect(isBaseline('{"traceEvents": [{"name": "x"}]}')).toBe(false);
  });

  test('may have members that are not known yet', () => {
    const newer = { ...JSON.parse(text), later: 1 };
    expect(decodeBaseline(JSON.stringify(newer), 'base.json')).toHaveLength(3);
  });

  const isValid = new Ajv({ strict: false, strictNumbers: true }).compile(
    JSON.parse(textOf('docs/schemas/baseline-1.schema.json')),
  );
  const problemsOf = (baseline: string): string[] => {
    isValid(JSON.parse(baseline));
    return (isValid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };

  test('has a schema that knows all phases, causes and sources of steps', () => {
    const { phases, stepSource } = JSON.parse(textOf('docs/schemas/baseline-1.schema.json')).properties.runs.items
      .properties;
    expect(Object.keys(phases.items.properties.bubbles.properties)).toEqual([...BUBBLE_CAUSES]);
    expect(Object.keys(phases.items.properties.figures.properties)).toEqual([...STEP_FIGURES]);
    expect(phases.items.properties.phase.enum).toEqual([...PHASES]);
    expect(stepSource.enum).toEqual([...STEP_SOURCES, 'whole-run']);
  });

  const changed = (
    change: (document: {
      schema: unknown;
      ops: unknown[];
      runs: { phases: { stepCount: unknown; ops: unknown[][] }[] }[];
    }) => void,
  ): string => {
    const document = JSON.parse(text);
    change(document);
    return JSON.stringify(document);
  };

  test.each([
    ['cut', text.slice(0, 3000), undefined],
    ['without a phase', changed((document) => Reflect.deleteProperty(document.runs[0], 'phases')), 'runs[0].phases'],
    ['of another version', changed((document) => (document.schema = 'traceconv.baseline/2')), 'schema'],
    ['without runs', changed((document) => (document.runs = [])), 'runs'],
    [
      'with a negative count',
      changed((document) => (document.runs[1].phases[0].stepCount = -1)),
      'runs[1].phases[0].stepCount',
    ],
    [
      'with no steps in a phase',
      changed((document) => (document.runs[1].phases[0].stepCount = 0)),
      'runs[1].phases[0].stepCount',
    ],
    [
      'with a phase that stands twice',
      changed((document) => document.runs[0].phases.push(document.runs[0].phases[0])),
      'runs[0].phases',
    ],
    [
      'with a number of ops below 0',
      changed((document) => (document.runs[0].phases[0].ops[2][3] = -1)),
      'runs[0].phases[0].ops[2][3]',
    ],
    [
      'with a time beyond any number',
      text.replace(/(?<="phase":"\w+",)"stepCount":\d+/, '"stepCount":1e999'),
      'runs[0].phases[0].stepCount',
    ],
    [
      'with a text for a time',
      changed((document) => (document.runs[0].phases[0].ops[2][1] = '7')),
      'runs[0].phases[0].ops[2][1]',
    ],
    ['about an op without a name', changed((document) => document.ops.splice(3)), 'runs[0].phases[0].ops[3][0]'],
  ])('that is %s is refused, with the place', (what, broken, field) => {
    // What only the whole document tells is beyond a schema.
    const isBeyondSchema = ['cut', 'with a phase that stands twice', 'about an op without a name'].includes(what);
    if (!isBeyondSchema) expect(problemsOf(broken)).not.toEqual([]);
    expect(() => decodeBaseline(broken, 'base.json')).toThrow(
      expect.objectContaining({
        code: 'bad_baseline',
        at: expect.objectContaining(field === undefined ? { path: 'base.json' } : { path: 'base.json', field }),
      }),
    );
  });
});
