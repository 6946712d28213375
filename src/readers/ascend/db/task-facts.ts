import { NONE } from '../../../timeline/index.ts';
import type { ArgColumn } from './arg-layers.ts';
import type { Capture } from './capture.ts';
import { exact, type ExactId, required, value } from './columns.ts';
import type { DeviceTasks } from './device-tasks.ts';

/** `arg`: its key among the args. `typed`: its typed column. shape: text that stands in quotes of its own. */
interface OpFact {
  readonly from: readonly string[];
  readonly arg: string;
  readonly typed?: string;
  readonly kind: 'text' | 'shape' | 'number';
}

const OP_FACTS: readonly OpFact[] = [
  { from: ['taskType'], arg: 'Task Type', typed: 'taskType', kind: 'text' },
  { from: ['opType'], arg: 'OP Type', typed: 'opType', kind: 'text' },
  { from: ['opState'], arg: 'OP State', kind: 'text' },
  { from: ['blockNum', 'blockDim'], arg: 'Block Num', typed: 'blockCount', kind: 'number' },
  { from: ['mixBlockNum', 'mixBlockDim'], arg: 'Mix Block Num', typed: 'mixBlockCount', kind: 'number' },
  { from: ['hf32Eligible'], arg: 'HF32 Eligible', kind: 'text' },
  { from: ['inputShapes'], arg: 'Input Shapes', typed: 'inputShapes', kind: 'shape' },
  { from: ['inputDataTypes'], arg: 'Input Data Types', typed: 'inputTypes', kind: 'text' },
  { from: ['inputFormats'], arg: 'Input Formats', typed: 'inputFormats', kind: 'text' },
  { from: ['outputShapes'], arg: 'Output Shapes', typed: 'outputShapes', kind: 'shape' },
  { from: ['outputDataTypes'], arg: 'Output Data Types', typed: 'outputTypes', kind: 'text' },
  { from: ['outputFormats'], arg: 'Output Formats', typed: 'outputFormats', kind: 'text' },
  { from: ['attrInfo'], arg: 'Attributes', kind: 'text' },
  { from: ['gridDim'], arg: 'Grid Dim', kind: 'text' },
];

/** The number of blocks was called so until 2026; since then it is the number of threads in a block. */
const THREADS_PER_BLOCK: OpFact = { from: ['blockDim'], arg: 'Block Dim', kind: 'text' };

function factsOf(columns: readonly string[]): readonly OpFact[] {
  return columns.includes('blockNum') ? [...OP_FACTS, THREADS_PER_BLOCK] : OP_FACTS;
}

/** Kernels of AI cores and, in a table of their own, those that AI CPUs run for collectives. */
const OP_TABLES = ['COMPUTE_TASK_INFO', 'COMMUNICATION_SCHEDULE_TASK_INFO'];

/** What the tables of ops say of tasks: their names, types and shapes. */
export function readOpFacts(capture: Capture, tasks: DeviceTasks): void {
  for (const table of OP_TABLES) {
    const columns = capture.database.tables.get(table);
    if (columns !== undefined) readOpTable(capture, tasks, table, factsOf(columns));
  }
}

interface Op {
  readonly name: number;
  readonly values: readonly number[];
}

function readOpTable(capture: Capture, tasks: DeviceTasks, table: string, facts: readonly OpFact[]): void {
  const { database, events, names } = capture;
  const { slices } = events.rows;
  const columns = facts.map(({ arg, kind }) => tasks.layer.column(arg, kind === 'number' ? 'number' : 'text'));
  const wanted = Object.fromEntries(facts.map(({ arg, from }) => [arg, value(...from)]));
  const tell = (task: number, { name, values }: Op): void => {
    const slice = tasks.sliceOf(task);
    if (name !== NONE) slices.set('name', slice, name);
    for (const [i, { typed }] of facts.entries()) {
      columns[i].set(task, values[i]);
      if (typed !== undefined) events.setTyped(typed, slice, values[i]);
      if (typed === 'taskType' && values[i] !== NONE) slices.set('category', slice, values[i]);
    }
  };
  /** By the first of several tasks of an id: its last row. Each row for each task would be rows times tasks. */
  const shared = new Map<number, Op>();
  database.each<string>(table, { id: exact('globalTaskId'), name: required('name'), ...wanted }, (row) => {
    const name = names.string(row.number('name'));
    const op = { name, values: facts.map(({ arg, kind }) => factOf(capture, kind, row.number(arg))) };
    const task = foundTask(capture, tasks.byId.first(row.id64('id')), table, row.id64('id'));
    if (task === NONE) return;
    if (tasks.byId.after(task) === NONE) tell(task, op);
    else shared.set(task, op);
  });
  for (const [first, op] of shared) {
    for (let task = first; task !== NONE; task = tasks.byId.after(task)) tell(task, op);
  }
}

function factOf({ names }: Capture, kind: OpFact['kind'], number: number): number {
  if (kind === 'number') return number;
  return kind === 'shape' ? names.unquoted(number) : names.string(number);
}

const PMU = { id: exact('globalTaskId'), name: required('name'), value: required('value') };

/** TASK_PMU_INFO: what the counters of the cores counted during a task, each under its own name. */
export function readTaskPmu(capture: Capture, tasks: DeviceTasks): void {
  const { database, names } = capture;
  const columns = new Map<number, ArgColumn>();
  database.each('TASK_PMU_INFO', PMU, (row) => {
    const name = row.number('name');
    const column = columns.get(name) ?? tasks.layer.column(names.text(name), 'number');
    columns.set(name, column);
    const task = foundTask(capture, tasks.nextFor(`${name}`, row.id64('id')), 'TASK_PMU_INFO', row.id64('id'));
    if (task !== NONE) column.set(task, row.number('value'));
  });
}

const COPY = { id: exact('globalTaskId'), size: value('size'), operation: value('memcpyOperation') };

/** MEMCPY_INFO: how much a copy moved, and where to. */
export function readCopies(capture: Capture, tasks: DeviceTasks): void {
  const { database, events, names } = capture;
  const size = tasks.layer.column('size(B)', 'number');
  const operation = tasks.layer.column('operation', 'text');
  database.each('MEMCPY_INFO', COPY, (row) => {
    const task = foundTask(capture, tasks.nextFor('copy', row.id64('id')), 'MEMCPY_INFO', row.id64('id'));
    if (task === NONE) return;
    size.set(task, row.number('size'));
    operation.set(task, names.enumString('ENUM_MEMCPY_OPERATION', row.number('operation')));
    events.setTyped('sizeBytes', tasks.sliceOf(task), row.number('size'));
  });
}

/** The task itself; where there is none, that is told. */
export function foundTask(
  { database, diagnostics }: Capture,
  task: number,
  table: string,
  id: ExactId | undefined,
): number {
  if (task === NONE) diagnostics.add('task_missing', { path: database.source.path, field: table }, `task ${id}`);
  return task;
}
