import { NONE, type StringTable } from '../../../timeline/index.ts';
import { connectionOf } from './connection.ts';
import { type ArgColumn, ExactArg } from './arg-layers.ts';
import type { Capture } from './capture.ts';
import { exact, type ExactId, micros, nanos, required, type Row, span, value } from './columns.ts';
import type { DeviceTasks } from './device-tasks.ts';
import type { EventWriter } from './event-writer.ts';
import { foundTask } from './task-facts.ts';

/** Rows of a group come together, its own before its planes. */
const ROWS_PER_GROUP = 1024;
/** -1 among the integers of SQLite, which have a sign. */
const NO_NOTIFY = '18446744073709551615';

const OP = {
  ...span,
  name: required('opName'),
  connection: exact('connectionId'),
  group: value('groupName'),
  relay: value('relay'),
  retry: value('retry'),
  dataType: value('dataType'),
  algorithm: value('algType'),
  count: value('count'),
  type: value('opType'),
  device: value('deviceId'),
  rankSize: value('rankSize'),
};

/** A whole collective: what launched it, and its slice. */
export interface Collective {
  readonly connection: ExactId;
  readonly slice: number;
}

/** The rows of groups of ranks on the devices. */
export class GroupRows {
  readonly #groups = new Map<number, number>();
  readonly #capture: Capture;

  constructor(capture: Capture) {
    this.#capture = capture;
  }

  /** `group`: its number in STRING_IDS. */
  group(device: number, group: number): number {
    const { names, tracks } = this.#capture;
    return tracks.deviceRow('Communication', device, this.#indexOf(group) * ROWS_PER_GROUP, () => {
      const name = names.text(group);
      return name === '' ? 'Communication' : `Group ${name} Communication`;
    });
  }

  plane(device: number, group: number, plane: number): number {
    const row = this.#indexOf(group) * ROWS_PER_GROUP + 1 + plane;
    return this.#capture.tracks.deviceRow('Communication', device, row, () => `Plane ${plane}`);
  }

  #indexOf(group: number): number {
    const index = this.#groups.get(group) ?? this.#groups.size;
    this.#groups.set(group, index);
    return index;
  }
}

/** COMMUNICATION_OP: whole collectives, each on the row of its group. */
export function readCollectives(capture: Capture, groups: GroupRows, tasks: DeviceTasks): Collective[] {
  const { database, events, names, strings, args } = capture;
  const layer = args.newLayer();
  const connection = new ExactArg(layer, 'connection_id', strings);
  const texts = {
    dataType: layer.column('data_type', 'text'),
    algorithm: layer.column('alg_type', 'text'),
    type: layer.column('OP Type', 'text'),
    relay: layer.column('relay', 'text'),
    retry: layer.column('retry', 'text'),
  };
  const count = layer.column('count', 'number');
  const rankSize = layer.column('rank_size', 'number');
  const flag = (number: number): number => (Number.isNaN(number) ? NONE : strings.add(number === 0 ? 'no' : 'yes'));
  const collectives: Collective[] = [];
  database.each('COMMUNICATION_OP', OP, (row) => {
    const id = row.id64('connection');
    // Until 2026 collectives did not say on which device they ran, but what was launched with them does.
    const device = orElse(row.number('device'), () => tasks.deviceOf(tasks.byConnection.first(id)));
    const track = groups.group(device, row.number('group'));
    const name = names.string(row.number('name'));
    const at = layer.rowCount;
    const slice = events.addSpan('COMMUNICATION_OP', row, { track, name, category: NONE, layer });
    if (slice === NONE) return;
    connection.set(at, id);
    texts.dataType.set(at, names.enumString('ENUM_HCCL_DATA_TYPE', row.number('dataType')));
    texts.algorithm.set(at, names.string(row.number('algorithm')));
    texts.type.set(at, names.string(row.number('type')));
    texts.relay.set(at, flag(row.number('relay')));
    texts.retry.set(at, flag(row.number('retry')));
    count.set(at, row.number('count'));
    rankSize.set(at, row.number('rankSize'));
    events.setTyped('connectionId', slice, connectionOf(row.number('connection')));
    events.setTyped('opType', slice, names.string(row.number('type')));
    if (id !== undefined) collectives.push({ connection: id, slice });
  });
  return collectives;
}

function orElse(number: number, otherwise: () => number): number {
  return Number.isNaN(number) ? otherwise() : number;
}

const TASK = {
  id: exact('globalTaskId'),
  startMicros: micros('timestampNs'),
  startNanos: nanos('timestampNs'),
  type: required('taskType'),
  plane: value('planeId'),
  group: value('groupName'),
  notify: exact('notifyId'),
  rdmaType: value('rdmaType'),
  sourceRank: value('srcRank'),
  targetRank: value('dstRank'),
  transport: value('transportType'),
  size: value('size'),
  dataType: value('dataType'),
  link: value('linkType'),
  isMaster: value('isMaster'),
  bandwidth: value('bandwidth'),
};

/** COMMUNICATION_TASK_INFO: the parts of collectives on their planes. Their times stand in TASK. */
export function readPlanes(capture: Capture, groups: GroupRows, tasks: DeviceTasks): void {
  const { database, events, names, strings, args } = capture;
  const { slices } = events.rows;
  const layer = args.newLayer();
  const text = (key: string): ArgColumn => layer.column(key, 'text');
  const number = (key: string): ArgColumn => layer.column(key, 'number');
  const copied = TASK_ARGS.map(([from, to]) => [tasks.layer.column(from, 'number'), number(to)] as const);
  const [notify, taskType, transport] = [text('notify_id'), text('task type'), text('transport type')];
  const [dataType, linkType, rdmaType] = [text('data type'), text('link type'), text('rdma type')];
  const [source, target, size] = [number('src rank'), number('dst rank'), number('size(Byte)')];
  const [isMaster, bandwidth] = [number('is master'), number('bandwidth(GB/s)')];
  const notifies = new NotifyIds(strings);
  database.each('COMMUNICATION_TASK_INFO', TASK, (row) => {
    const task = foundTask(capture, taskOf(row, events, tasks), 'COMMUNICATION_TASK_INFO', row.id64('id'));
    if (task === NONE) return;
    tasks.parts.add(task);
    const from = tasks.sliceOf(task);
    const type = names.string(row.number('type'));
    const track = groups.plane(tasks.deviceOf(task), row.number('group'), planeOf(row.number('plane')));
    const at = layer.rowCount;
    const name = type === NONE ? slices.at('name', from) : type;
    const slice = events.addSlice(slices.at('startNs', from), slices.at('durNs', from), {
      track,
      name,
      category: type,
      layer,
    });
    for (const [column, copy] of copied) copy.set(at, column.at(task));
    notify.set(at, notifies.of(row.id64('notify')));
    taskType.set(at, type);
    source.set(at, row.number('sourceRank'));
    target.set(at, row.number('targetRank'));
    const transportName = names.enumString('ENUM_HCCL_TRANSPORT_TYPE', row.number('transport'));
    transport.set(at, transportName);
    size.set(at, row.number('size'));
    dataType.set(at, names.enumString('ENUM_HCCL_DATA_TYPE', row.number('dataType')));
    linkType.set(at, names.enumString('ENUM_HCCL_LINK_TYPE', row.number('link')));
    rdmaType.set(at, names.enumString('ENUM_HCCL_RDMA_TYPE', row.number('rdmaType')));
    isMaster.set(at, row.number('isMaster'));
    bandwidth.set(at, row.number('bandwidth') / 1e9);
    events.setTyped('taskType', slice, type);
    events.setTyped('transport', slice, transportName);
    events.setTyped('sizeBytes', slice, row.number('size'));
    events.setTyped('streamId', slice, copied[0][1].at(at));
    events.setTyped('taskId', slice, copied[1][1].at(at));
  });
}

/** What timelines repeat of the task: its arg on the stream, and on the plane. */
const TASK_ARGS = [
  ['Physic Stream Id', 'stream id'],
  ['Task Id', 'task id'],
  ['Subtask Id', 'context id'],
  ['Model Id', 'model id'],
] as const;

type TaskRow = Row<keyof typeof TASK>;

/** Newer rows say when their task began; of older ones the first belongs to the first replay, and so on. */
function taskOf(row: TaskRow, { rows }: EventWriter, tasks: DeviceTasks): number {
  const id = row.id64('id');
  const startNs = rows.offsetNs(row.number('startMicros'), row.number('startNanos'));
  if (Number.isNaN(startNs)) return tasks.nextFor('plane', id);
  return tasks.startingAt(startNs, id, (task) => rows.slices.at('startNs', tasks.sliceOf(task)));
}

/** What has no plane stands on the first, as in timelines. */
function planeOf(plane: number): number {
  return plane >= 0 && plane < ROWS_PER_GROUP - 1 ? plane : 0;
}

/** Ids of notifications are digits in timelines, too; there are few of them. */
class NotifyIds {
  readonly #strings: StringTable;
  readonly #known = new Map<ExactId, number>();

  constructor(strings: StringTable) {
    this.#strings = strings;
  }

  of(id: ExactId | undefined): number {
    if (id === undefined) return NONE;
    let string = this.#known.get(id);
    if (string === undefined) {
      string = this.#strings.add(id === -1 ? NO_NOTIFY : String(id));
      this.#known.set(id, string);
    }
    return string;
  }
}
