/**
 * `traceconv.baseline/1`: summaries of runs as a JSON document that takes the place of their traces. The keys of ops, which
 * runs share, stand once; their figures are rows of numbers. Times are whole ns. Reading is strict: a document that was cut
 * or edited is refused with the place, because a gate that rests on it would let anything pass. Members that are not known
 * are those of a newer version and are left out.
 */
import { DocumentNode } from '../../base/index.ts';
import { BUBBLE_CAUSES } from '../bubbles/bubble.ts';
import { PHASES, STEP_SOURCES } from '../steps/step.ts';
import type { Figure } from './figure.ts';
import { STEP_LABELS } from './measured-metrics.ts';
import {
  type OpKey,
  type OpSummary,
  type PhaseSummary,
  type RunEnvironment,
  type RunMetric,
  type RunSummary,
  STEP_FIGURES,
} from './summary.ts';

export const BASELINE_SCHEMA = 'traceconv.baseline/1';

/** A run and what the user knows it by. */
export interface NamedRun {
  readonly name: string;
  readonly summary: RunSummary;
}

export interface Tool {
  readonly name: string;
  readonly version: string;
}

export function encodeBaseline(runs: readonly NamedRun[], tool: Tool): string {
  const numbers = new Map<string, number>();
  const keyNumber = ({ type, name, shapes }: OpKey): number => {
    const key = JSON.stringify([type, name, shapes]);
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  };
  const encoded = runs.map(({ name, summary: { phases, memory, ...rest } }) => ({
    name,
    ...rest,
    memory,
    phases: phases.map(({ figures, rankSkew, bubbles, ops, ...phase }) => ({
      ...phase,
      figures: mapped(figures, pairOf),
      rankSkew: rankSkew && pairOf(rankSkew),
      bubbles: mapped(bubbles, pairOf),
      ops: ops.map((op) => [keyNumber(op), ...pairOf(op.perStep), op.countPerStep]),
    })),
  }));
  const ops = [...numbers.keys()].map((key) => JSON.parse(key) as unknown);
  // One line per op and run: differences of two baselines can be read.
  const lines = (items: readonly unknown[]): string => items.map((item) => JSON.stringify(item)).join(',\n');
  return `{"schema":${JSON.stringify(BASELINE_SCHEMA)},"tool":${JSON.stringify(tool)},\n"ops":[\n${lines(ops)}],\n"runs":[\n${lines(encoded)}]}\n`;
}

function pairOf({ value, error }: Figure): [value: number, error: number] {
  return [value, error];
}

function mapped<T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

/** Whether the head of a file is that of a baseline; spaces and the order of members may be another tool's. */
export function isBaseline(head: string): boolean {
  return /^\s*\{/.test(head) && /"schema"\s*:\s*"traceconv\.baseline\//.test(head.slice(0, 400));
}

/** InputError where the document is not whole or of another version. */
export function decodeBaseline(text: string, path: string): NamedRun[] {
  const root = new DocumentNode('bad_baseline', path, parsed(text, path));
  const schema = root.member('schema');
  if (schema.value !== BASELINE_SCHEMA) {
    throw schema.wrong(`"${BASELINE_SCHEMA}"`, 'write it anew: traceconv baseline <inputs...> -o base.json');
  }
  const keys = root.member('ops').items().map(readKey);
  const runs = root.member('runs').items();
  if (runs.length === 0) throw root.member('runs').wrong('at least one run');
  return runs.map((run) => ({ name: run.member('name').text(), summary: readRun(run, keys) }));
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const node = new DocumentNode('bad_baseline', path, text);
    throw node.wrong(
      'a whole JSON document',
      `${error instanceof Error ? error.message : ''}; write it anew: traceconv baseline <inputs...> -o base.json`,
    );
  }
}

function readKey(node: DocumentNode): OpKey {
  const [type, name, shapes] = node.items();
  if (shapes === undefined) throw node.wrong('type, name and shapes of an op');
  return { type: type.text(), name: name.text(), shapes: shapes.text() };
}

const STEP_SOURCES_OF_RUNS: readonly RunSummary['stepSource'][] = [...STEP_SOURCES, 'whole-run'];

function readRun(run: DocumentNode, keys: readonly OpKey[]): RunSummary {
  const memory = run.member('memory');
  return {
    environment: readEnvironment(run.member('environment')),
    stepCount: run.optional('stepCount')?.whole(),
    stepConfidence: run.optional('stepConfidence')?.notNegative(),
    stepSource: run.member('stepSource').word(STEP_SOURCES_OF_RUNS),
    dataLoss: readRecord(run.member('dataLoss'), (node) => node.whole()),
    phases: readPhases(run.member('phases'), keys),
    memory: {
      allocatedBytes: memory.optional('allocatedBytes')?.notNegative(),
      reservedBytes: memory.optional('reservedBytes')?.notNegative(),
    },
    metrics: run.member('metrics').items().map(readMetric),
  };
}

function readEnvironment(node: DocumentNode): RunEnvironment {
  return {
    device: node.optional('device')?.text(),
    chip: node.optional('chip')?.text(),
    toolkit: node.optional('toolkit')?.text(),
    devices: node.member('devices').whole(),
    world: node.optional('world')?.whole(),
    tp: node.optional('tp')?.whole(),
    pp: node.optional('pp')?.whole(),
  };
}

function readPhases(node: DocumentNode, keys: readonly OpKey[]): PhaseSummary[] {
  const phases = node.items().map((phase) => readPhase(phase, keys));
  if (new Set(phases.map(({ phase }) => phase)).size < phases.length) throw node.wrong('each phase once');
  return phases;
}

function readPhase(node: DocumentNode, keys: readonly OpKey[]): PhaseSummary {
  const figures = node.member('figures');
  const skew = node.optional('rankSkew');
  return {
    phase: node.member('phase').word(PHASES),
    stepCount: node.member('stepCount').whole(1),
    totalNs: node.member('totalNs').whole(),
    figures: recordOf(STEP_FIGURES, (name) => readFigure(figures.member(name))),
    rankSkew: skew && readFigure(skew),
    ops: node
      .member('ops')
      .items()
      .map((op) => readOp(op, keys)),
    bubbles: readBubbles(node.member('bubbles')),
  };
}

function readBubbles(node: DocumentNode): PhaseSummary['bubbles'] {
  return Object.fromEntries(
    BUBBLE_CAUSES.flatMap((cause) => {
      const figure = node.optional(cause);
      return figure === undefined ? [] : [[cause, readFigure(figure)] as const];
    }),
  );
}

function readOp(node: DocumentNode, keys: readonly OpKey[]): OpSummary {
  const [number, value, error, count] = node.items();
  if (count === undefined) throw node.wrong('an op, its time, the error of it and a count');
  const key = keys[number.whole()];
  if (key === undefined) throw number.wrong(`the number of one of ${keys.length} ops`);
  return { ...key, perStep: { value: value.whole(), error: error.whole() }, countPerStep: count.notNegative() };
}

function readFigure(node: DocumentNode): Figure {
  const [value, error] = node.items();
  if (error === undefined) throw node.wrong('a value and its error');
  return { value: value.whole(), error: error.whole() };
}

function readMetric(node: DocumentNode): RunMetric {
  const labels = node.optional('labels');
  return {
    id: node.member('id').text(),
    unit: node.member('unit').text(),
    better: node.member('better').word(['lower', 'higher', 'neither'] as const),
    value: node.member('value').number(),
    error: node.member('error').notNegative(),
    range: readRange(node.optional('range')),
    repeats: node.optional('repeats')?.whole(1),
    // What older versions kept was all from steps.
    labels: labels === undefined ? STEP_LABELS : readRecord(labels, (label) => label.text()),
  };
}

function readRange(node: DocumentNode | undefined): RunMetric['range'] {
  if (node === undefined) return undefined;
  const [low, high] = node.items();
  if (high === undefined) throw node.wrong('a lower and an upper bound');
  return [low.number(), high.value === null ? null : high.number()];
}

function recordOf<K extends string, V>(keys: readonly K[], valueOf: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Record<K, V>;
}

function readRecord<T>(node: DocumentNode, read: (member: DocumentNode) => T): Record<string, T> {
  return Object.fromEntries(node.members().map(([name, member]) => [name, read(member)]));
}
