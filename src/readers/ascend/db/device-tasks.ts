import { NONE } from '../../../timeline/index.ts';
import { connectionOf } from './connection.ts';
import { type ArgLayer, ExactArg } from './arg-layers.ts';
import type { Capture } from './capture.ts';
import { Chains } from './chains.ts';
import { exact, type ExactId, type Row, span, value } from './columns.ts';

/** No sub-task of an FFTS+ task. */
const NO_CONTEXT = 4294967295;

const TASK = {
  ...span,
  device: value('deviceId'),
  connection: exact('connectionId'),
  id: exact('globalTaskId'),
  type: value('taskType'),
  context: value('contextId'),
  stream: value('streamId'),
  task: value('taskId'),
  model: value('modelId'),
};

/** What a task and its parts have in common. */
const PARENT = {
  device: value('deviceId'),
  stream: value('streamId'),
  task: value('taskId'),
  connection: exact('connectionId'),
};

/**
 * The tasks of the devices, numbered from 0 as they were read: that is the row of their args as well. Other tables mean
 * them by a global id, which all replays of a task of a graph share, or by what launched them.
 */
export class DeviceTasks {
  readonly layer: ArgLayer;
  readonly byId = new Chains();
  readonly byConnection = new Chains();
  /** Those that are parts of collectives. */
  readonly parts = new Set<number>();
  readonly #firstSlice: number;
  readonly #devices: number[] = [];
  readonly #cursors = new Map<string, number>();
  /** By the first task of an id that has several: all of them by their starts. */
  readonly #byStart = new Map<number, ReadonlyMap<number, number>>();

  constructor(layer: ArgLayer, firstSlice: number) {
    this.layer = layer;
    this.#firstSlice = firstSlice;
  }

  add(id: ExactId | undefined, connection: ExactId | undefined, device: number): void {
    this.byId.add(id);
    this.byConnection.add(connection);
    this.#devices.push(device);
  }

  sliceOf(task: number): number {
    return this.#firstSlice + task;
  }

  /** The device of a task; where there is no such task, the one of the first task. */
  deviceOf(task: number): number {
    return this.#devices[task] ?? this.#devices[0] ?? 0;
  }

  /**
   * For tables with a row for every replay: the first task of that id that was not given for this purpose yet, or the
   * last one again. NONE where there is none.
   */
  nextFor(purpose: string, id: ExactId | undefined): number {
    const first = this.byId.first(id);
    if (first === NONE || this.byId.after(first) === NONE) return first;
    const key = `${purpose} ${first}`;
    const task = this.#cursors.get(key) ?? first;
    const next = this.byId.after(task);
    if (next !== NONE) this.#cursors.set(key, next);
    return task;
  }

  /** The task of an id that begins at a time, the first of that id where none does. NONE where there is none at all. */
  startingAt(startNs: number, id: ExactId | undefined, startOf: (task: number) => number): number {
    const first = this.byId.first(id);
    if (first === NONE || this.byId.after(first) === NONE) return first;
    let byStart = this.#byStart.get(first);
    if (byStart === undefined) {
      const tasks = [...this.byId.of(id)].map((task) => [startOf(task), task] as const);
      byStart = new Map(tasks.reverse());
      this.#byStart.set(first, byStart);
    }
    return byStart.get(startNs) ?? first;
  }
}

/** TASK: what ran on the streams of the devices. */
export function readDeviceTasks({ database, events, names, tracks, args, strings, diagnostics }: Capture): DeviceTasks {
  const layer = args.newLayer();
  const tasks = new DeviceTasks(layer, events.rows.slices.length);
  const parents = tasksInParts(database);
  const model = layer.column('Model Id', 'number');
  const taskType = layer.column('Task Type', 'text');
  const streamId = layer.column('Physic Stream Id', 'number');
  const taskId = layer.column('Task Id', 'number');
  const subtask = layer.column('Subtask Id', 'number');
  const connection = new ExactArg(layer, 'connection_id', strings);
  database.each('TASK', TASK, (row) => {
    const context = row.number('context');
    if (context === NO_CONTEXT && parents.has(parentKey(row))) {
      diagnostics.add('task_in_parts', { path: database.source.path, field: `TASK row ${row.id}` });
      return;
    }
    const device = row.number('device') || 0;
    const stream = row.number('stream') || 0;
    const track = tracks.deviceRow('Ascend Hardware', device, stream, () => `Stream ${stream}`);
    const type = names.string(row.number('type'));
    const at = layer.rowCount;
    const slice = events.addSpan('TASK', row, { track, name: type, category: type, layer });
    if (slice === NONE) return;
    tasks.add(row.id64('id'), row.id64('connection'), device);
    model.set(at, row.number('model'));
    taskType.set(at, type);
    streamId.set(at, stream);
    taskId.set(at, row.number('task'));
    subtask.set(at, context);
    connection.set(at, row.id64('connection'));
    events.setTyped('streamId', slice, stream);
    events.setTyped('taskId', slice, row.number('task'));
    events.setTyped('taskType', slice, type);
    events.setTyped('connectionId', slice, connectionOf(row.number('connection')));
  });
  return tasks;
}

/** Tasks that stand in the table as a whole and in parts: as in timelines, the parts are what counts. */
function tasksInParts(database: Capture['database']): Set<string> {
  const parents = new Set<string>();
  const where = `WHERE contextId <> ${NO_CONTEXT}`;
  database.each('TASK', PARENT, (row) => parents.add(parentKey(row)), { where, isTold: false });
  return parents;
}

function parentKey(row: Row<keyof typeof PARENT>): string {
  return `${row.number('device')} ${row.number('stream')} ${row.number('task')} ${row.id64('connection')}`;
}
