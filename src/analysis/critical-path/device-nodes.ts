import { NONE, type Run } from '../../timeline/index.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import type { TimeWindow } from '../extent.ts';
import { CLASS } from '../op-class.ts';
import type { Arrivals } from './arrivals.ts';
import type { GraphBuilder, PathKind } from './dependency-graph.ts';
import { StreamOrder } from './stream-order.ts';
import type { ShardSyncs } from './sync-records.ts';

/** Tasks of a collective on the streams it runs on, where its own row stands for it. */
const PART_NAME = /^(notify|write[ _]value)/i;

export interface DeviceContext {
  readonly run: Run;
  /** Its number in the analysis. */
  readonly device: number;
  readonly tasks: DeviceTasks;
  /** All before it end before the window. */
  readonly firstTask: number;
  readonly window: TimeWindow;
  readonly arrivals: Arrivals;
  /** By shard. */
  readonly syncs: readonly ShardSyncs[];
  /** What a task is summed up under. */
  readonly keyOf: (task: number) => number;
}

/** Nodes of tasks, in the order of their starts; times are cut at the window. */
export interface DeviceNodes {
  /** Its work. */
  readonly node: readonly number[];
  /** Where edges to its start lead: of communication a node of its own, the moment at which this rank is there. */
  readonly entry: readonly number[];
  readonly task: readonly number[];
  readonly startNs: readonly number[];
  readonly endNs: readonly number[];
  /** The node before it on its stream; NONE for the first. */
  readonly before: readonly number[];
}

/**
 * Adds a node for each task in the window and links those of each stream. The profiler's own tasks are left out, records of
 * waits that stand where the host called, and parts of collectives; these tell on which streams a collective runs.
 */
export function addDeviceNodes(graph: GraphBuilder, context: DeviceContext): DeviceNodes {
  const { tasks, window, firstTask, syncs } = context;
  const { startNs, endNs, opClass, stream, streams, slice } = tasks;
  const isSync = streams.map(({ shard }) => syncs[shard].isRecord);
  const isPart = partsIn(tasks);
  const order = new StreamOrder(graph);
  const open: { readonly entry: number; readonly node: number; readonly endNs: number }[] = [];
  const [nodes, entries, numbers, from, to, before]: number[][] = [[], [], [], [], [], []];
  for (let task = firstTask; task < tasks.length && startNs[task] < window.endNs; task++) {
    if (opClass[task] === CLASS.profiling || endNs[task] <= window.startNs) continue;
    if (isSync[stream[task]](slice[task])) continue;
    if (isPart(task)) {
      // Of several collectives at one time, nothing tells which it belongs to.
      while (open.length > 0 && open[0].endNs <= startNs[task]) open.shift();
      if (open.length === 1) order.join(stream[task], open[0].entry, open[0].node);
      continue;
    }
    const start = Math.max(window.startNs, startNs[task]);
    const end = Math.min(window.endNs, endNs[task]);
    const { entry, node } = addTask(graph, context, task, start, end);
    before.push(order.follow(stream[task], entry, node, start, end));
    nodes.push(node);
    entries.push(entry);
    numbers.push(task);
    from.push(start);
    to.push(end);
    if (streams[stream[task]].kind === 'communication') open.push({ entry, node, endNs: end });
  }
  return { node: nodes, entry: entries, task: numbers, startNs: from, endNs: to, before };
}

function addTask(
  graph: GraphBuilder,
  { device, tasks, arrivals, keyOf }: DeviceContext,
  task: number,
  startNs: number,
  endNs: number,
): { readonly entry: number; readonly node: number } {
  const kind = kindOf(tasks.opClass[task]);
  const text = tasks.name[task];
  const isOp = kind === 'compute' || kind === 'communication' || kind === 'copy';
  const key = isOp ? keyOf(task) : NONE;
  // Objects are written out, as copies of parts are slow, and there are many.
  if (kind !== 'communication') {
    // Waits of streams do nothing else.
    const readyNs = kind === 'event-wait' ? endNs : startNs;
    const waitKind = 'event-wait';
    const node = graph.add({
      startNs,
      readyNs,
      endNs,
      kind,
      waitKind,
      key,
      device,
      task,
      thread: NONE,
      text,
      waitsOutside: false,
    });
    return { entry: node, node };
  }
  const readyNs = Math.min(endNs, Math.max(startNs, arrivals.allThereNs(device, task)));
  const waitsOutside = readyNs > startNs && arrivals.lastOf(device, task) === undefined;
  const waitKind = 'communication-wait';
  const entry = graph.add({
    startNs,
    readyNs: startNs,
    endNs: startNs,
    kind: 'other',
    waitKind,
    key: NONE,
    device,
    task,
    thread: NONE,
    text,
    waitsOutside: false,
  });
  const node = graph.add({
    startNs,
    readyNs,
    endNs,
    kind,
    waitKind,
    key,
    device,
    task,
    thread: NONE,
    text,
    waitsOutside,
  });
  graph.link(entry, node, 'start');
  return { entry, node };
}

function kindOf(code: number): PathKind {
  if (code === CLASS.compute) return 'compute';
  if (code === CLASS.communication) return 'communication';
  if (code === CLASS.copy) return 'copy';
  return code === CLASS.wait ? 'event-wait' : 'other';
}

function partsIn({ opClass, name, stream, streams, texts }: DeviceTasks): (task: number) => boolean {
  const hasGroups = streams.some(({ kind }) => kind === 'communication');
  const isPartName: boolean[] = [];
  return (task) => {
    if (opClass[task] === CLASS.part) return true;
    if (!hasGroups || opClass[task] === CLASS.compute || streams[stream[task]].kind === 'communication') return false;
    return (isPartName[name[task]] ??= PART_NAME.test(texts.get(name[task])));
  };
}
