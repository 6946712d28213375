/**
 * Runs of a language model with known steps: a prefill and tokens, each of the same layers, with jitter, ops that the
 * profiler lost and ops that come only now and then. The same seed gives the same run.
 */
import type { PlantedCollective, PlantedRank, PlantedRange, PlantedTask, PlantedTime } from './planted-run.ts';
import { plantedRun } from './planted-run.ts';
import type { Run } from '../../src/timeline/index.ts';
import { type SeededRandom, seededRandom } from './seeded-random.ts';

export interface DecodeShape {
  readonly seed: number;
  readonly layers: number;
  readonly tokens: number;
  readonly model?: keyof typeof MODELS;
  /** longer: the kernels of a token but for the attention, and longer. other: kernels of its own, in other numbers. */
  readonly prefill?: 'none' | 'longer' | 'other';
  /** steady: no pause between tokens. token: one pause before each. host-bound: pauses before many ops, too. */
  readonly pauses?: 'steady' | 'token' | 'host-bound';
  /** Which part of the ops is missing, and between how many of them one comes that is in no other step. */
  readonly lost?: number;
  readonly extra?: number;
  readonly jitter?: number;
  readonly ranks?: number;
  /** Ops on a second stream beside those of each layer. */
  readonly sideStream?: boolean;
  /** The capture begins in the middle of a token. */
  readonly cutAtStart?: boolean;
  /** Ranges of the host around the launches of each step, and launches some steps ahead of the device. */
  readonly marks?: (step: number) => string;
  /** How many times as long as usual ops of a kind take, and all of them. */
  readonly slower?: Readonly<Record<string, number>>;
  readonly offset?: number;
  /** The pauses of a host-bound run, in which the host launches the next op only at the end: `launched`. */
  readonly pauseNs?: number;
  readonly launched?: boolean;
}

export interface PlantedStep extends PlantedTime {
  readonly phase: 'prefill' | 'decode';
}

export interface PlantedDecode {
  readonly run: Run;
  /** By rank: what a capture shows whole. Starts are those of the first op that was not lost, from t = 0 of the run. */
  readonly steps: readonly (readonly PlantedStep[])[];
}

interface Model {
  readonly first: readonly string[];
  readonly layer: readonly string[];
  readonly last: readonly string[];
}

const ATTENTION = 'PagedAttentionMaskNdKernel';
const DENSE = ['AddRmsNorm', 'MatMulV3', 'ApplyRotaryPosEmb', ATTENTION, 'MatMulV3', 'AddRmsNorm', 'MatMulV3'];

export const MODELS = {
  dense: {
    first: ['GatherV2', 'RmsNorm'],
    layer: [...DENSE, 'SwiGlu', 'MatMulV3'],
    last: ['RmsNorm', 'MatMulV3', 'ArgMaxV2'],
  },
  sampling: {
    first: ['Cast', 'EmbeddingLookup', 'GatherV2', 'GatherV2'],
    layer: [
      'RmsNorm',
      'MatMulV2',
      'Slice',
      'Slice',
      'Mul',
      'Mul',
      'Add',
      'IncreFlashAttention',
      'MatMulV2',
      'Add',
      'Swish',
    ],
    last: ['RmsNorm', 'MatMulV2', 'Cast', 'Sort', 'SoftmaxV2', 'Cumsum', 'Less', 'Multinomial', 'Cast'],
  },
  experts: {
    first: ['GatherV3'],
    layer: [...DENSE, 'MoeGatingTopK', 'MoeInitRouting', 'GroupedMatmul', 'SwiGlu', 'GroupedMatmul', 'MoeFinalize'],
    last: ['AddRmsNorm', 'MatMulV3', 'ArgMaxV2', 'Cast', 'Add'],
  },
  /** Sampling on the host: no op runs only at the edge of a token by its name. */
  unnamed: { first: ['Cast'], layer: [...DENSE, 'SwiGlu', 'MatMulV3'], last: ['RmsNorm', 'MatMulV3'] },
  /** Nothing but layers. */
  /** Layers split over ranks. */
  parallel: {
    first: ['GatherV2', 'RmsNorm'],
    layer: [...DENSE, 'hcom_allReduce_', 'SwiGlu', 'MatMulV3', 'hcom_allReduce_'],
    last: ['RmsNorm', 'MatMulV3', 'ArgMaxV2'],
  },
  'only-layers': { first: [], layer: [...DENSE, 'SwiGlu', 'MatMulV3'], last: [] },
} as const satisfies Record<string, Model>;

const EXTRA_OPS = ['MemSet', 'TensorMove', 'ZerosLike', 'Cast', 'Add'];

/** What the ranks do, before any reader has seen it. */
export function plantedRanks(shape: DecodeShape): { rank: PlantedRank; steps: PlantedStep[] }[] {
  return Array.from({ length: shape.ranks ?? 1 }, (_, rank) => rankOf(shape, rank));
}

export async function plantedDecode(shape: DecodeShape): Promise<PlantedDecode> {
  const planted = plantedRanks(shape);
  const run = await plantedRun(planted.map(({ rank }) => rank));
  const firstNs = Math.min(
    ...planted.flatMap(({ rank: { tasks, collectives = [], ranges = [] } }) => [
      ...tasks.map(({ startNs, launch }) => Math.min(startNs, launch?.startNs ?? startNs)),
      ...ranges.map(({ startNs }) => startNs),
      ...collectives.map(({ startNs }) => startNs),
    ]),
  );
  const steps = planted.map((each) =>
    each.steps.map(({ startNs, endNs, phase }) => ({ startNs: startNs - firstNs, endNs: endNs - firstNs, phase })),
  );
  return { run, steps };
}

function rankOf(shape: DecodeShape, rank: number): { rank: PlantedRank; steps: PlantedStep[] } {
  const { layers, tokens, model = 'dense', prefill = 'longer', marks } = shape;
  const device = new PlantedDevice(shape, rank);
  const kinds: Model = MODELS[model];
  const ranges: PlantedRange[] = [];
  let number = 0;
  const addStep = (ops: readonly string[], phase: PlantedStep['phase'], factor: number): void => {
    const from = device.hostNs;
    device.runStep(ops, phase, factor);
    if (marks !== undefined) ranges.push({ name: marks(number), startNs: from, endNs: device.hostNs });
    number++;
  };
  const token = [...kinds.first, ...Array.from({ length: layers }, () => kinds.layer).flat(), ...kinds.last];
  if (shape.cutAtStart === true) device.runCut(token);
  const prompt = token.map((kind) => (/Attention/.test(kind) ? 'FusedInferAttentionScore' : kind));
  if (prefill === 'longer') addStep(prompt, 'prefill', 6);
  if (prefill === 'other') addStep(otherPrefill(kinds, layers), 'prefill', 6);
  for (let i = 0; i < tokens; i++) addStep(token, 'decode', 1);
  const { tasks, collectives } = device;
  return { rank: { rank, tasks, collectives, ranges }, steps: device.steps };
}

function otherPrefill({ first, layer, last }: Model, layers: number): string[] {
  const own = layer.flatMap((kind) =>
    /Attention/.test(kind) ? ['Transpose', 'FlashAttentionScore', 'Transpose'] : [`${kind}Nz`],
  );
  return [...first, ...Array.from({ length: layers }, () => own).flat(), ...last];
}

class PlantedDevice {
  readonly tasks: PlantedTask[] = [];
  readonly collectives: PlantedCollective[] = [];
  readonly steps: PlantedStep[] = [];
  /** The host is ahead of the device. */
  hostNs = 1_000_000;
  readonly #shape: DecodeShape;
  readonly #random: SeededRandom;
  #nowNs = 3_000_000;

  constructor(shape: DecodeShape, rank: number) {
    this.#shape = shape;
    this.#random = seededRandom(shape.seed * 1000 + rank);
  }

  /** The end of a token of which the capture does not show the beginning. */
  runCut(kinds: readonly string[]): void {
    const from = Math.floor(kinds.length * (0.3 + 0.4 * this.#random.share()));
    for (let op = from; op < kinds.length; op++) this.#runOp(kinds[op], op, 1);
  }

  runStep(kinds: readonly string[], phase: PlantedStep['phase'], factor: number): void {
    const { lost = 0, extra = 0, pauses = 'token' } = this.#shape;
    const before = this.tasks.length;
    if (pauses !== 'steady') this.#nowNs += this.#jittered(150_000);
    for (const [op, kind] of kinds.entries()) {
      if (this.#random.share() >= lost) this.#runOp(kind, op, factor);
      // At the very end nothing but a pause would tell that it is not part of the next token.
      if (this.#random.share() < extra && op + 4 < kinds.length) this.#runOp(this.#random.pick(EXTRA_OPS), op, 1);
    }
    const own = this.tasks.slice(before).filter(({ stream }) => stream === MAIN_STREAM);
    this.steps.push({ phase, startNs: own[0].startNs, endNs: own[own.length - 1].endNs });
    this.hostNs += 2_000;
  }

  #runOp(name: string, op: number, factor: number): void {
    const { pauses = 'token', sideStream = false, marks, slower = {}, offset = 1, pauseNs = 30_000 } = this.#shape;
    const isLate = pauses === 'host-bound' && op % 7 === 3;
    this.#nowNs += this.#jittered(isLate ? pauseNs : 900);
    const startNs = this.#nowNs;
    this.#nowNs += this.#jittered(usualNs(name) * factor * (slower[name] ?? 1) * offset);
    if (name.startsWith('hcom_')) {
      const number = `${name}_123_${this.collectives.length}_1`;
      this.collectives.push({ name: number, startNs, endNs: this.#nowNs });
      return;
    }
    if (this.#shape.launched === true) {
      this.hostNs = isLate ? startNs - 3_000 : this.hostNs + 500;
      const launch = { startNs: this.hostNs, endNs: this.hostNs + 300 };
      this.tasks.push({ name, startNs, endNs: this.#nowNs, launch, stream: MAIN_STREAM });
      return;
    }
    const launch = { startNs: this.hostNs, endNs: this.hostNs + 300 };
    if (marks !== undefined) this.hostNs += 1_000;
    const planted = { name, startNs, endNs: this.#nowNs, ...(marks === undefined ? {} : { launch }) };
    this.tasks.push({ ...planted, stream: MAIN_STREAM });
    if (sideStream && name === 'SwiGlu') {
      const lagNs = this.#jittered(2_000);
      const side = { startNs: startNs + lagNs, endNs: startNs + lagNs + 1_000 };
      this.tasks.push({ name: 'ReshapeAndCache', stream: MAIN_STREAM + 1, ...side });
    }
  }

  #jittered(ns: number): number {
    const { jitter = 0.05 } = this.#shape;
    return Math.round(ns * (1 + jitter * (2 * this.#random.share() - 1)));
  }
}

const MAIN_STREAM = 2;

function usualNs(kind: string): number {
  if (/MatMul/i.test(kind)) return 24_000;
  if (/Attention/.test(kind)) return 31_000;
  if (kind.startsWith('hcom_')) return 14_000;
  return 3_000 + 137 * kind.length;
}
