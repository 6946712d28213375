/**
 * The chain of work, waits and pauses that a step took as long as: from its end back to its start, each time to what was
 * over last of all that had to be over. The table of docs/analysis.md says what has to be over before what, and what that
 * cannot see.
 *
 * - segments: one after the other without gaps, so their lengths add up to the window's.
 * - totals: by kind; and by op, of work on the device that lies on the path.
 * - win of an op: by how much the window would be shorter if all ops of that key, on all ranks at hand, took no time and
 *   everything else as long as it did, a replay of the graph (dependency-graph.ts). No improvement of the op can win more,
 *   as far as the graph knows all dependencies; an unknown one makes the win smaller.
 */
import { NONE } from '../../timeline/index.ts';
import type { DeviceAnalysis, RunAnalysis } from '../analyse-run.ts';
import type { DeviceId } from '../device-id.ts';
import type { TimeWindow } from '../extent.ts';
import { CLASS } from '../op-class.ts';
import { firstAbove } from '../sorted.ts';
import { Arrivals } from './arrivals.ts';
import { type DependencyGraph, GraphBuilder, PATH_KINDS, type PathKind, replayedEnd } from './dependency-graph.ts';
import { addDeviceNodes, type DeviceNodes } from './device-nodes.ts';
import { type EventSource, linkEvents } from './event-links.ts';
import { addHostNodes } from './host-nodes.ts';
import { hostOpsOf, type PathHostOp } from './host-ops.ts';
import { HostThreads } from './host-threads.ts';
import { LaunchOrder } from './launch-order.ts';
import { type ShardSyncs, syncRecords } from './sync-records.ts';
import { lastOfDevice, type PathSegments, walkBack } from './walk.ts';

export { PATH_KINDS, type PathKind } from './dependency-graph.ts';
export type { PathHostOp } from './host-ops.ts';
export type { PathSegments } from './walk.ts';

export interface PathOptions {
  /** What ops are summed up by. */
  readonly by?: 'type' | 'name' | undefined;
  /** Of how many ops to work out the win: those with most time on the path. */
  readonly top?: number | undefined;
}

export interface PathOp {
  /** A text of the device's tasks. */
  readonly key: number;
  /** How many stretches of the path, and their length. */
  readonly count: number;
  readonly onPathNs: number;
  /** At most, if ranks that are not here get faster by as much; undefined for all but the top ones. */
  readonly winNs: number | undefined;
  /** At most, if they come when they came. */
  readonly winAloneNs: number | undefined;
}

type OpOnPath = Omit<PathOp, 'winNs' | 'winAloneNs'>;

export interface CriticalPath extends DeviceId {
  readonly window: TimeWindow;
  readonly segments: PathSegments;
  readonly totals: Readonly<Record<PathKind, number>>;
  /** By time on the path. */
  readonly ops: readonly PathOp[];
  /** What the threads of the host did on the path, by time. */
  readonly host: readonly PathHostOp[];
  /** Whether streams say what they wait for, or it had to be inferred from pauses. */
  readonly events: EventSource;
}

const TOP = 10;

/** Of a step, or of whatever window; of all of the device where none is given. */
export function criticalPath(
  analysis: RunAnalysis,
  device: DeviceAnalysis,
  window: TimeWindow = device.overlap.window,
  options: PathOptions = {},
): CriticalPath {
  return new CriticalPaths(analysis).of(device, window, options);
}

/** For many steps of one run: what does not depend on the step is worked out once. */
export class CriticalPaths {
  readonly #analysis: RunAnalysis;
  readonly #arrivals: Arrivals;
  /** By device: whether its streams say what they wait for, and the greatest end of each task and all before it. */
  readonly #hasEvents: readonly boolean[];
  readonly #syncs: readonly ShardSyncs[];
  readonly #threads: HostThreads;
  readonly #endsSoFar: readonly Float64Array[];

  constructor(analysis: RunAnalysis) {
    this.#analysis = analysis;
    this.#arrivals = new Arrivals(analysis);
    this.#syncs = syncRecords(analysis.run);
    this.#threads = new HostThreads(analysis.run);
    this.#hasEvents = analysis.devices.map(({ tasks }) => saysWaits(tasks, this.#syncs));
    this.#endsSoFar = analysis.devices.map(({ tasks: { endNs } }) => greatestSoFar(endNs));
  }

  of(device: DeviceAnalysis, window: TimeWindow, { by = 'type', top = TOP }: PathOptions = {}): CriticalPath {
    const { devices, run, launches } = this.#analysis;
    const builder = new GraphBuilder();
    const added = devices.map(({ tasks }, number) => {
      const keys = by === 'type' ? tasks.type : tasks.name;
      const firstTask = firstAbove(this.#endsSoFar[number], window.startNs);
      const place = { run, device: number, tasks, firstTask, window, arrivals: this.#arrivals, syncs: this.#syncs };
      const context = { ...place, keyOf: (task: number) => keys[task] };
      const nodes = addDeviceNodes(builder, context);
      const order = new LaunchOrder(context, nodes, launches);
      linkEvents(builder, context, nodes, this.#hasEvents[number] ? 'recorded' : 'inferred', order);
      addHostNodes(builder, context, nodes, launches, this.#threads, order);
      return nodes;
    });
    linkRanks(builder, this.#arrivals, added);
    const graph = builder.finish();
    const own = devices.indexOf(device);
    const segments = walkBack(graph, lastOfDevice(graph, own), window);
    const ops = opsOf(segments);
    const wins = winsOf(graph, own, ops.slice(0, top));
    const { rank, device: id, capture } = device.tasks;
    const events = this.#hasEvents[own] ? 'recorded' : 'inferred';
    const host = hostOpsOf(run, device.tasks.texts, this.#threads, segments);
    return {
      ...{ rank, device: id, capture, window, segments, totals: totalsOf(segments), events, host },
      ops: ops.map((op, at) => ({ ...op, ...(wins[at] ?? NO_WIN) })),
    };
  }
}

/** Records of waits that say what for, or waits that stand on the streams. */
function saysWaits(
  { streams, stream, slice, opClass }: DeviceAnalysis['tasks'],
  syncs: readonly ShardSyncs[],
): boolean {
  if (streams.some(({ shard }) => syncs[shard].tellsAll)) return true;
  return opClass.some((each, task) => each === CLASS.wait && !syncs[streams[stream[task]].shard].isRecord(slice[task]));
}

function greatestSoFar(values: Float64Array): Float64Array {
  const greatest = new Float64Array(values.length);
  for (let at = 0, last = Number.NEGATIVE_INFINITY; at < values.length; at++) {
    greatest[at] = last = Math.max(last, values[at]);
  }
  return greatest;
}

const NO_WIN = { winNs: undefined, winAloneNs: undefined };

/** A collective is ready on each rank when the last one is there. */
function linkRanks(graph: GraphBuilder, arrivals: Arrivals, added: readonly DeviceNodes[]): void {
  const entries = added.map(({ entry, node, task }) => {
    const own = new Map<number, number>();
    for (let at = 0; at < task.length; at++) if (entry[at] !== node[at]) own.set(task[at], entry[at]);
    return own;
  });
  added.forEach(({ entry, node, task }, device) => {
    for (let at = 0; at < task.length; at++) {
      const last = entry[at] === node[at] ? undefined : arrivals.lastOf(device, task[at]);
      if (last !== undefined) graph.link(entries[last.device].get(last.task) ?? NONE, node[at], 'ready');
    }
  });
}

function totalsOf({ length, kind, startNs, endNs }: PathSegments): Record<PathKind, number> {
  const sums = PATH_KINDS.map(() => 0);
  for (let at = 0; at < length; at++) sums[kind[at]] += endNs[at] - startNs[at];
  return Object.fromEntries(PATH_KINDS.map((name, at) => [name, sums[at]])) as Record<PathKind, number>;
}

function opsOf({ length, key, startNs, endNs }: PathSegments): OpOnPath[] {
  const ops = new Map<number, { key: number; count: number; onPathNs: number }>();
  for (let at = 0; at < length; at++) {
    if (key[at] === NONE) continue;
    const op = ops.get(key[at]) ?? { key: key[at], count: 0, onPathNs: 0 };
    ops.set(key[at], op);
    op.count++;
    op.onPathNs += endNs[at] - startNs[at];
  }
  return [...ops.values()].sort((a, b) => b.onPathNs - a.onPathNs || a.key - b.key);
}

/** The end of the device's work moves, and what comes between it and the window's end stays. */
function winsOf(
  graph: DependencyGraph,
  device: number,
  ops: readonly OpOnPath[],
): Pick<PathOp, 'winNs' | 'winAloneNs'>[] {
  const ends = new Float64Array(graph.length);
  const measuredNs = replayedEnd(graph, device, NONE, 'stays', ends);
  return ops.map(({ key }) => ({
    winNs: measuredNs - replayedEnd(graph, device, key, 'moves', ends),
    winAloneNs: measuredNs - replayedEnd(graph, device, key, 'stays', ends),
  }));
}
