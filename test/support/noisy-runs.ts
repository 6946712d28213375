/**
 * Runs as they come from real machines, whose truth is known: each run is off by 1 to 3 % as a whole, and each of its ops by
 * a little of its own; steps resemble the step before; a few ops take several times as long as usual; the first step warms
 * up. Built as analyses, without a trace, because the gate has to be held against thousands.
 */
import type { DeviceAnalysis, RunAnalysis } from '../../src/analysis/analyse-run.ts';
import type { DeviceBubbles } from '../../src/analysis/bubbles/bubble.ts';
import { Random } from '../../src/analysis/compare/random.ts';
import { type RunSummary, summarise } from '../../src/analysis/compare/summary.ts';
import type { DeviceTasks } from '../../src/analysis/device-tasks.ts';
import { Launches } from '../../src/analysis/launches.ts';
import { OP_KINDS } from '../../src/analysis/op-kind.ts';
import { CLASS } from '../../src/analysis/op-class.ts';
import { overlapOf, workOf } from '../../src/analysis/overlap.ts';
import { RunTexts } from '../../src/analysis/run-texts.ts';
import type { DeviceSteps, Step } from '../../src/analysis/steps/step.ts';
import { Diagnostics } from '../../src/base/index.ts';
import { ascendDialect } from '../../src/readers/ascend/dialect.ts';
import { NONE, type Run, TimelineBuilder } from '../../src/timeline/index.ts';
import { saidBubbles } from './said-bubbles.ts';

export interface Noise {
  /** A run as a whole is off by a share between these, either way. */
  readonly runOffset: readonly [least: number, most: number];
  /** Standard deviations: of an op in a run beside that, of a step, of an op in a step. */
  readonly opInRun: number;
  readonly step: number;
  readonly opInStep: number;
  /** How much of its deviation a step has from the one before. */
  readonly memory: number;
  /** How many ops take two to six times as long. */
  readonly slowShare: number;
  /** Ops of that many types are off in a run by an offset of their type instead: what waits for memory has another clock. */
  readonly typesApart?: number;
}

export const USUAL_NOISE: Noise = {
  runOffset: [0.01, 0.03],
  opInRun: 0.003,
  step: 0.015,
  opInStep: 0.03,
  memory: 0.7,
  slowShare: 0.005,
};

export interface Workload {
  readonly opNs: Float64Array;
  readonly gapNs: Float64Array;
  readonly stepCount: number;
  /** How much more, or less, than others each op is off in a run. */
  readonly unrest: Float64Array;
}

/** Ops know their shapes from the shard of their stream; these have none. */
const NOTHING = await new TimelineBuilder([]).finish(ascendDialect.naming(NONE), new Diagnostics());

const TYPES = [
  'MatMulV2',
  'FusedInferAttentionScore',
  'RmsNorm',
  'SwiGlu',
  'Cast',
  'Add',
  'hcom_allReduce_',
  'Transpose',
];

/** Few ops have most of the time; every tenth gap is one that the host is late for. */
export function workload(seed: number, opCount = 200, stepCount = 64): Workload {
  const random = new Random(seed);
  const opNs = Float64Array.from(
    { length: opCount },
    (_, op) => (1_500_000 / (op + 1) ** 0.9) * (0.7 + 0.6 * random.next()),
  );
  const gapNs = Float64Array.from(
    { length: opCount },
    () => (random.next() < 0.1 ? 40_000 : 2000) * (0.5 + random.next()),
  );
  const unrest = Float64Array.from({ length: opCount }, () => 2 ** (2 * random.next() - 1));
  return { opNs, gapNs, stepCount, unrest };
}

/** `slower` multiplies the time of some ops: 1.05 at position 0 plants a regression of 5 % in the first. */
export function noisySummary(
  load: Workload,
  seed: number,
  { noise = USUAL_NOISE, slower = new Map<number, number>() } = {},
): RunSummary {
  return summarise(noisyAnalysis(load, seed, noise, slower));
}

export function noisyAnalysis(
  { opNs, gapNs, stepCount, unrest }: Workload,
  seed: number,
  noise: Noise,
  slower: ReadonlyMap<number, number>,
): RunAnalysis {
  const random = new Random(seed);
  const offset = offsetOf(noise, random);
  const hostOffset = 1 + 0.08 * normal(random);
  const apart = Array.from({ length: noise.typesApart ?? 0 }, () => offsetOf(noise, random));
  const ownNs = opNs.map(
    (ns, op) =>
      ns *
      (apart[op % TYPES.length] ?? offset) *
      (slower.get(op) ?? 1) *
      (1 + unrest[op] * noise.opInRun * normal(random)),
  );
  const plan = new Plan(opNs.length * (stepCount + 1));
  let deviation = 0;
  for (let step = 0; step <= stepCount; step++) {
    deviation = noise.memory * deviation + Math.sqrt(1 - noise.memory ** 2) * noise.step * normal(random);
    const factor = step === 0 ? 2.5 : 1 + deviation;
    plan.openStep();
    for (let op = 0; op < ownNs.length; op++) {
      const slow = random.next() < noise.slowShare ? 2 + 4 * random.next() : 1;
      plan.addOp(op, Math.max(20, ownNs[op] * factor * slow * (1 + noise.opInStep * normal(random))));
      plan.addGap(gapNs[op] * hostOffset * (0.7 + 0.6 * random.next()));
    }
  }
  return plan.finish();
}

function offsetOf({ runOffset: [least, most] }: Noise, random: Random): number {
  return 1 + (random.next() < 0.5 ? -1 : 1) * (least + (most - least) * random.next());
}

/** Writes down what runs when, one op after the other. */
class Plan {
  readonly #texts = new RunTexts();
  readonly #startNs: Float64Array;
  readonly #endNs: Float64Array;
  readonly #op: Int32Array;
  readonly #stepOf: Int32Array;
  readonly #stepStarts: number[] = [];
  readonly #gaps: [startNs: number, durNs: number][] = [];
  #length = 0;
  #nowNs = 0;

  constructor(length: number) {
    this.#startNs = new Float64Array(length);
    this.#endNs = new Float64Array(length);
    this.#op = new Int32Array(length);
    this.#stepOf = new Int32Array(length);
  }

  openStep(): void {
    this.#stepStarts.push(this.#nowNs);
  }

  addOp(op: number, durNs: number): void {
    this.#startNs[this.#length] = this.#nowNs;
    this.#nowNs += Math.round(durNs);
    this.#endNs[this.#length] = this.#nowNs;
    this.#op[this.#length] = op;
    this.#stepOf[this.#length++] = this.#stepStarts.length - 1;
  }

  addGap(durNs: number): void {
    if (durNs > 10_000) this.#gaps.push([this.#nowNs, Math.round(durNs)]);
    this.#nowNs += Math.round(durNs);
  }

  finish(): RunAnalysis {
    const shard = { timeline: NOTHING, readerId: 'ascend-msprof-json', files: [], shiftNs: 0 };
    const run: Run = { originNs: 0n, endNs: this.#nowNs, shards: [shard] };
    const id = { rank: 0, device: 0, capture: undefined };
    const tasks = this.#tasks(id);
    const work = workOf(tasks);
    if (work === undefined) throw new Error('a run without ops');
    const steps = this.#stepStarts.map((startNs, i): Step => {
      const endNs = this.#stepStarts[i + 1] ?? this.#nowNs;
      return { id: `${i}`, phase: 'decode', startNs, endNs, isFirst: i === 0, isOutlier: false };
    });
    const deviceSteps: DeviceSteps = { ...id, source: 'profiler-step', confidence: 1, steps, stepOf: this.#stepOf };
    const overlap = overlapOf(work, 'first-to-last');
    const device: DeviceAnalysis = { tasks, overlap, steps: deviceSteps, bubbles: [this.#bubbles(id)] };
    return { run, launches: new Launches(run), devices: [device] };
  }

  #tasks(id: Pick<DeviceTasks, 'rank' | 'device' | 'capture'>): DeviceTasks {
    const texts = this.#texts;
    const types = TYPES.map((type) => texts.add(type));
    const names = Array.from({ length: this.#op.reduce((most, op) => Math.max(most, op), 0) + 1 }, (_, op) =>
      texts.add(`layer.${op}/${TYPES[op % TYPES.length]}`),
    );
    const length = this.#length;
    return {
      ...id,
      ...{ length, texts, startNs: this.#startNs, endNs: this.#endNs },
      opClass: new Uint8Array(length).fill(CLASS.compute),
      kind: new Uint8Array(length).fill(OP_KINDS.indexOf('cube')),
      stream: new Uint32Array(length),
      streams: [{ name: 'Stream 2', kind: 'stream', stream: 2, shard: 0, core: -1, track: 0 }],
      slice: new Int32Array(length),
      name: this.#op.map((op) => names[op]),
      type: this.#op.map((op) => types[op % TYPES.length]),
    };
  }

  /** Between which ops they are nobody asks. */
  #bubbles(id: Pick<DeviceBubbles, 'rank' | 'device' | 'capture'>): DeviceBubbles {
    const gaps = this.#gaps.map(([startNs, durNs]) => ({
      ...({ startNs, endNs: startNs + durNs, cause: 'host-late-framework', before: NONE, after: NONE } as const),
    }));
    return saidBubbles(id, gaps, 10_000);
  }
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
