import { NONE, type Run } from '../../timeline/index.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import type { TimeWindow } from '../extent.ts';
import { CLASS } from '../op-class.ts';
import type { GraphBuilder, PathKind } from './dependency-graph.ts';
import { StreamOrder } from './stream-order.ts';

/** Tasks of a collective on the streams it runs on, where its own row stands for it. */
const PART_NAME = /^(notify|write[ _]value)/i;

export interface DeviceContext {
  readonly run: Run;
  readonly tasks: DeviceTasks;
  readonly window: TimeWindow;
  /** How long a communication task waits for other ranks; NaN where unknown. */
  readonly waitNs: (task: number) => number;
  /** What a task is summed up under. */
  readonly keyOf: (task: number) => number;
}

/** Nodes of tasks, in the order of their starts; times are cut at the window. */
export interface DeviceNodes {
  readonly node: readonly number[];
  readonly task: readonly number[];
  readonly startNs: readonly number[];
  readonly endNs: readonly number[];
  /** Of each: the node before it on its stream; NONE for the first. */
  readonly before: readonly number[];
}

/**
 * Adds a node for each task in the window and links those of each stream. The profiler's own tasks are left out, and parts
 * of collectives; these tell on which streams a collective runs.
 */
export function addDeviceNodes(graph: GraphBuilder, context: DeviceContext): DeviceNodes {
  const { tasks, window } = context;
  const { startNs, endNs, opClass, stream, streams } = tasks;
  const isPart = partsIn(tasks);
  const order = new StreamOrder(graph);
  const open: { readonly node: number; readonly endNs: number }[] = [];
  const [node, task, from, to, before]: number[][] = [[], [], [], [], []];
  for (let each = 0; each < tasks.length && startNs[each] < window.endNs; each++) {
    if (opClass[each] === CLASS.profiling || endNs[each] <= window.startNs) continue;
    if (isPart(each)) {
      // Of several collectives at one time, nothing tells which it belongs to.
      while (open.length > 0 && open[0].endNs <= startNs[each]) open.shift();
      if (open.length === 1) order.join(stream[each], open[0].node);
      continue;
    }
    const start = Math.max(window.startNs, startNs[each]);
    const end = Math.min(window.endNs, endNs[each]);
    const added = addTask(graph, context, each, start, end);
    before.push(order.follow(stream[each], added, start, end));
    node.push(added);
    task.push(each);
    from.push(start);
    to.push(end);
    if (streams[stream[each]].kind === 'communication') open.push({ node: added, endNs: end });
  }
  return { node, task, startNs: from, endNs: to, before };
}

function addTask(graph: GraphBuilder, context: DeviceContext, task: number, startNs: number, endNs: number): number {
  const { tasks, waitNs, keyOf } = context;
  const kind = kindOf(tasks.opClass[task]);
  // Waits of streams do nothing else.
  const waitedNs = kind === 'event-wait' ? endNs - startNs : kind === 'communication' ? waitNs(task) || 0 : 0;
  const readyNs = Math.min(endNs, Math.max(startNs, tasks.startNs[task] + waitedNs));
  const isOp = kind === 'compute' || kind === 'communication' || kind === 'copy';
  return graph.add({
    ...{ startNs, readyNs, endNs, kind, waitKind: kind === 'communication' ? 'communication-wait' : 'event-wait' },
    ...{
      key: isOp ? keyOf(task) : NONE,
      task,
      text: tasks.name[task],
      waitsOutside: kind === 'communication' && readyNs > startNs,
    },
  });
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
