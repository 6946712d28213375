/** What may say where steps begin and end, as a table in the order of trust. */
import { NONE, type Run } from '../../timeline/index.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import type { Launches } from '../launches.ts';
import { isOp } from '../op-class.ts';
import { claimedByLaunch, claimedByTime, UNTOLD } from './claim-tasks.ts';
import { graphIterations, opsMarkedBy, recordedSteps } from './device-marks.ts';
import type { StepOptions } from './find-steps.ts';
import { markedBy, profilerSteps, userRanges } from './host-marks.ts';
import type { ClaimedSteps } from './place-steps.ts';
import { findRepetition } from './repetition/find-repetition.ts';
import { mainSequence } from './repetition/op-sequence.ts';
import type { StepMark } from './step-mark.ts';
import type { StepSource } from './step.ts';

export interface StepContext {
  readonly run: Run;
  readonly tasks: DeviceTasks;
  readonly launches: Launches;
  readonly options: StepOptions;
}

/** undefined where the source knows of no steps. */
type FindSteps = (context: StepContext, source: StepSource) => ClaimedSteps | undefined;

export interface SourceOfSteps {
  readonly source: StepSource;
  readonly find: FindSteps;
  /** Asked only about devices that nothing before knows the steps of. */
  readonly isGuess: boolean;
}

/** The most trusted first. */
export const SOURCES_BY_TRUST: readonly SourceOfSteps[] = [
  { source: 'marker', find: ofMarker, isGuess: false },
  { source: 'profiler-step', find: ofProfilerSteps, isGuess: false },
  { source: 'op-step', find: ofOpColumn, isGuess: false },
  { source: 'step-trace', find: ofWholeIterations, isGuess: false },
  { source: 'user-range', find: ofUserRanges, isGuess: false },
  { source: 'repetition', find: ofRepetition, isGuess: true },
  { source: 'step-trace', find: ofIterations, isGuess: true },
];

/** What the start of ops has to tell for want of launches is off by as much as the device is behind the host. */
const CONFIDENCE_WITHOUT_LAUNCHES = 0.8;
/** Names that look like steps may be something else. */
const CONFIDENCE_OF_RANGES = 0.9;
/** Iterations that hold less of the ops are parts of steps: graphs that a program replays among other ops. */
const LEAST_SHARE_OF_ITERATIONS = 0.5;

function ofMarker(
  { run, tasks, launches, options: { marker } }: StepContext,
  source: StepSource,
): ReturnType<FindSteps> {
  if (marker === undefined) return undefined;
  return (
    onHost(markedBy(run, tasks, marker), tasks, launches, source) ?? onDevice(opsMarkedBy(tasks, marker), tasks, source)
  );
}

function ofProfilerSteps({ run, tasks, launches }: StepContext, source: StepSource): ReturnType<FindSteps> {
  const marks = profilerSteps(run, tasks);
  return onHost(marks.length > 0 ? marks : recordedSteps(run, tasks), tasks, launches, source);
}

function ofUserRanges({ run, tasks, launches }: StepContext, source: StepSource): ReturnType<FindSteps> {
  const found = onHost(userRanges(run, tasks), tasks, launches, source);
  return found && { ...found, confidence: found.confidence * CONFIDENCE_OF_RANGES };
}

function ofWholeIterations(context: StepContext, source: StepSource): ReturnType<FindSteps> {
  const found = ofIterations(context, source);
  return found === undefined || found.confidence < LEAST_SHARE_OF_ITERATIONS ? undefined : { ...found, confidence: 1 };
}

/** The confidence is which part of the ops they hold. */
function ofIterations(context: StepContext, source: StepSource): ReturnType<FindSteps> {
  const { run, tasks } = context;
  const found = onDevice(graphIterations(run, tasks), tasks, source) ?? ofInferences(context, source);
  if (found === undefined) return undefined;
  let ops = 0;
  let claimed = 0;
  for (let task = 0; task < tasks.length; task++) {
    if (!isOp(tasks.opClass[task])) continue;
    ops++;
    if (found.claims[task] !== NONE) claimed++;
  }
  return { ...found, confidence: claimed / ops };
}

/** The column "Step Id" of op tables, which only ops have. */
function ofOpColumn(context: StepContext, source: StepSource): ReturnType<FindSteps> {
  return ofColumns(context, source, 'step', (step) => `${step}`);
}

/** The column "Infer ID": which run of its model an op belongs to, from 1 on; 0 for ops of no graph. */
function ofInferences(context: StepContext, source: StepSource): ReturnType<FindSteps> {
  const found = ofColumns(context, source, 'inferId', (run, model) => (run > 0 ? `${model}/${run}` : undefined));
  if (found === undefined || found.marks.length < 2) return undefined;
  const models = new Set(found.marks.map(({ number = '' }) => number.split('/')[0]));
  if (models.size > 1) return found;
  return { ...found, marks: found.marks.map((mark) => ({ ...mark, number: mark.number?.split('/')[1] })) };
}

/** By the number that each op has in a column, and its model. `idOf`: undefined for ops of no step. */
function ofColumns(
  { run, tasks }: StepContext,
  source: StepSource,
  name: string,
  idOf: (value: number, model: number) => string | undefined,
): ReturnType<FindSteps> {
  const { length, stream, streams, slice, opClass } = tasks;
  const typed = streams.map(({ shard }) => run.shards[shard].timeline.slices.typed);
  const [columns, models] = [name, 'modelId'].map((each) => typed.map((columns) => columns.get(each)));
  if (columns.every((column) => column?.kind !== 'number')) return undefined;
  const positions = new Map<string, number>();
  const claims = new Int32Array(length);
  // Ops of one step come one after the other: a text is made only where another begins.
  let [last, lastModel, position] = [Number.NaN, Number.NaN, NONE];
  for (let task = 0; task < length; task++) {
    const own = stream[task];
    const value = columns[own]?.at(slice[task]) ?? Number.NaN;
    const model = models[own]?.at(slice[task]) ?? NONE;
    if (!Number.isNaN(value) && (value !== last || !Object.is(model, lastModel))) {
      [last, lastModel] = [value, model];
      position = positionOf(idOf(value, model));
    }
    const isTold = !Number.isNaN(value) && position !== NONE;
    claims[task] = isTold ? position : isOp(opClass[task]) ? NONE : UNTOLD;
  }
  if (positions.size === 0) return undefined;
  // The ops alone say when these were.
  const marks = [...positions.keys()].map((number) => ({ number, name: '', startNs: 0, endNs: 0 }));
  return { source, confidence: 1, marks, claims };

  function positionOf(id: string | undefined): number {
    if (id === undefined) return NONE;
    const known = positions.get(id) ?? positions.size;
    positions.set(id, known);
    return known;
  }
}

function ofRepetition(
  { tasks, options: { tokens, detect = true } }: StepContext,
  source: StepSource,
): ReturnType<FindSteps> {
  if (!detect) return undefined;
  const sequence = mainSequence(tasks);
  const found = findRepetition(sequence, tokens);
  if (found === undefined) return undefined;
  const startOf = (op: number): number =>
    op < sequence.length ? tasks.startNs[sequence.task[op]] : Number.POSITIVE_INFINITY;
  const marks = found.steps.map(({ from, to }) => ({
    ...{ number: undefined, name: '' },
    ...{ startNs: startOf(from), endNs: startOf(to) },
  }));
  return { source, confidence: found.confidence, marks, claims: claimedByTime(tasks, marks) };
}

function onHost(
  marks: readonly StepMark[],
  tasks: DeviceTasks,
  launches: Launches,
  source: StepSource,
): ReturnType<FindSteps> {
  if (marks.length === 0) return undefined;
  const claims = claimedByLaunch(tasks, marks, launches);
  if (claims !== undefined) return claimedSome({ source, confidence: 1, marks, claims });
  const confidence = CONFIDENCE_WITHOUT_LAUNCHES;
  return claimedSome({ source, confidence, marks, claims: claimedByTime(tasks, marks) });
}

function onDevice(marks: readonly StepMark[], tasks: DeviceTasks, source: StepSource): ReturnType<FindSteps> {
  if (marks.length === 0) return undefined;
  return claimedSome({ source, confidence: 1, marks, claims: claimedByTime(tasks, marks) });
}

/** Marks that no op belongs to say nothing about the device. */
function claimedSome(found: ClaimedSteps): ClaimedSteps | undefined {
  return found.claims.some((claim) => claim >= 0) ? found : undefined;
}
