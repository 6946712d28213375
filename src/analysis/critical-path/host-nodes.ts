/**
 * The host as nodes: the calls that launched the tasks of the window, the moments at which the framework's operators asked
 * for them, and calls that wait for the device. On a thread one follows the other; a launch leads to its task, an operator
 * to its call, and what the device finished last to the end of a waiting call.
 */
import { NONE, type SliceId } from '../../timeline/index.ts';
import type { Launch, Launches } from '../launches.ts';
import { CLASS } from '../op-class.ts';
import { firstAbove } from '../sorted.ts';
import type { GraphBuilder, PathKind } from './dependency-graph.ts';
import type { DeviceContext, DeviceNodes } from './device-nodes.ts';
import { type HostThreads, slicesBetween } from './host-threads.ts';
import type { LaunchOrder } from './launch-order.ts';
import { type HostNode, linkThreads, type ThreadNodes } from './thread-order.ts';

const WAITS_FOR_DEVICE = /synchroni[sz]e|rtMemcpy(?!Async)/i;

interface ByEnd {
  readonly at: readonly number[];
  readonly endNs: readonly number[];
}

export function addHostNodes(
  graph: GraphBuilder,
  context: DeviceContext,
  nodes: DeviceNodes,
  launches: Launches,
  threads: HostThreads,
  order: LaunchOrder,
): void {
  const { streams, stream, slice, opClass, endNs } = context.tasks;
  const host = new Host(graph, context, threads);
  for (let at = 0; at < nodes.node.length; at++) {
    const task = nodes.task[at];
    const { shard } = streams[stream[task]];
    const launch = launches.of(shard, slice[task]);
    // What was launched before the window does not wait for the host in it; what comes after its task did not launch it.
    if (launch === undefined || launch.endNs <= context.window.startNs || launch.startNs > nodes.startNs[at]) continue;
    // A copy of memory that is not pinned: the call returns when it is done.
    if (opClass[task] === CLASS.copy && launch.call !== NONE && endNs[task] <= launch.endNs) {
      host.waitsFor(shard, launch.call, at);
    }
    graph.link(host.call(shard, launch), nodes.entry[at], 'launch');
  }
  host.addWaits(nodes, order);
  host.linkThreads();
}

class Host {
  readonly #graph: GraphBuilder;
  readonly #context: DeviceContext;
  readonly #hostThreads: HostThreads;
  /** By their numbers; launches that are no slices come from one thread of each shard. */
  readonly #threads = new Map<string, ThreadNodes>();
  /** By shard: calls that return when one task is over, a node of the device. */
  readonly #blocking: Map<SliceId, number>[] = [];
  /** By shard and slice, or time where the call is none. */
  readonly #known = new Map<string, number>();
  /** By shard: which strings name waits. */
  readonly #isWait: boolean[][] = [];

  constructor(graph: GraphBuilder, context: DeviceContext, threads: HostThreads) {
    this.#graph = graph;
    this.#context = context;
    this.#hostThreads = threads;
  }

  waitsFor(shard: number, call: SliceId, deviceNode: number): void {
    (this.#blocking[shard] ??= new Map<SliceId, number>()).set(call, deviceNode);
  }

  /** The node of a launch; several tasks may come from one call, at once or one after the other. */
  call(shard: number, launch: Launch): number {
    const key = launch.call === NONE ? `${shard} at ${launch.startNs}` : `${shard} ${launch.call} ${launch.endNs}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const isWait = launch.call !== NONE && this.#waits(shard, launch.call);
    const { call, operator, startNs, endNs } = launch;
    const node = this.#add(
      shard,
      call,
      startNs,
      isWait ? startNs : endNs,
      'launch',
      operator === NONE ? call : operator,
    );
    this.#known.set(key, node);
    if (operator !== NONE) this.#graph.link(this.#operator(shard, operator), node, 'launch');
    return node;
  }

  #operator(shard: number, operator: SliceId): number {
    const key = `${shard} ${operator}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const { timeline, shiftNs } = this.#context.run.shards[shard];
    const startNs = timeline.slices.startNs[operator] + shiftNs;
    const node = this.#add(shard, operator, startNs, startNs, 'host', operator);
    this.#known.set(key, node);
    return node;
  }

  #add(shard: number, slice: SliceId, startNs: number, endNs: number, kind: PathKind, named: SliceId): number {
    const start = Math.max(startNs, this.#context.window.startNs);
    const end = Math.max(start, Math.min(endNs, this.#context.window.endNs));
    return this.#addNode(shard, slice, { startNs: start, readyNs: start, endNs: end }, kind, named);
  }

  #addNode(
    shard: number,
    slice: SliceId,
    times: { readonly startNs: number; readonly readyNs: number; readonly endNs: number },
    kind: PathKind,
    named: SliceId,
  ): number {
    const thread = this.#hostThreads.of(shard, slice);
    const what = { kind, waitKind: 'host', key: NONE, device: NONE, task: NONE, thread, waitsOutside: false } as const;
    const node = this.#graph.add({ ...times, ...what, text: this.#textOf(shard, named) });
    this.#ofThread(shard, thread).push({ node, startNs: times.startNs, endNs: times.endNs });
    return node;
  }

  #textOf(shard: number, slice: SliceId): number {
    const { run, tasks } = this.#context;
    return slice === NONE ? NONE : tasks.texts.of(run.shards[shard])(run.shards[shard].timeline.slices.name[slice]);
  }

  #ofThread(shard: number, number: number): HostNode[] {
    const key = `${shard} ${number}`;
    const own = this.#threads.get(key) ?? { shard, number, nodes: [] };
    this.#threads.set(key, own);
    return own.nodes;
  }

  /** Calls on threads that launch which return when the device is done. */
  addWaits(nodes: DeviceNodes, order: LaunchOrder): void {
    const at = nodes.endNs.map((_, each) => each).sort((a, b) => nodes.endNs[a] - nodes.endNs[b]);
    const sorted = { at, endNs: at.map((each) => nodes.endNs[each]) };
    const { run, window } = this.#context;
    for (const { shard, number } of [...this.#threads.values()]) {
      const { timeline, shiftNs } = run.shards[shard];
      const { startNs, durNs } = timeline.slices;
      for (const track of number === NONE ? [] : this.#hostThreads.all[number].tracks) {
        let untilNs = Number.NEGATIVE_INFINITY;
        const [first, last] = slicesBetween(timeline, track, window.startNs - shiftNs, window.endNs - shiftNs);
        for (let slice = first; slice < last; slice++) {
          const fromNs = startNs[slice] + shiftNs;
          const toNs = fromNs + durNs[slice];
          if (fromNs < untilNs || toNs <= window.startNs || !this.#waits(shard, slice)) continue;
          untilNs = toNs;
          const device = this.#waitsUntil(shard, slice, order) ?? lastEnded(sorted, Math.min(toNs, window.endNs));
          this.#addWait(shard, slice, Math.max(fromNs, window.startNs), Math.min(toNs, window.endNs), nodes, device);
        }
      }
    }
  }

  /** The node of the device that a call waits for by what is known of it; NONE: it waits for none of these here. */
  #waitsUntil(shard: number, call: SliceId, order: LaunchOrder): number | undefined {
    const own = this.#blocking[shard]?.get(call);
    if (own !== undefined) return own;
    const told = this.#context.syncs[shard].hostWaits.get(call);
    return told === undefined ? undefined : (order.lastBefore(shard, told) ?? NONE);
  }

  #addWait(shard: number, slice: SliceId, startNs: number, endNs: number, nodes: DeviceNodes, device: number): void {
    const readyNs = device === NONE ? startNs : Math.min(endNs, Math.max(startNs, nodes.endNs[device]));
    const node = this.#addNode(shard, slice, { startNs, readyNs, endNs }, 'host', slice);
    if (device !== NONE) this.#graph.link(nodes.node[device], node, 'ready');
  }

  #waits(shard: number, slice: SliceId): boolean {
    const { slices, strings } = this.#context.run.shards[shard].timeline;
    const known = (this.#isWait[shard] ??= []);
    const name = slices.name[slice];
    if (this.#blocking[shard]?.has(slice) === true) return true;
    return (known[name] ??= WAITS_FOR_DEVICE.test(strings.get(name)));
  }

  linkThreads(): void {
    const { run, window } = this.#context;
    linkThreads(this.#graph, run, this.#hostThreads, window, [...this.#threads.values()]);
  }
}

/** NONE where nothing has ended yet. */
function lastEnded({ at, endNs }: ByEnd, ns: number): number {
  return at[firstAbove(endNs, ns) - 1] ?? NONE;
}
