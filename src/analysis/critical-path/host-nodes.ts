/**
 * The host as nodes: the calls that launched the tasks of the window, the moments at which the framework's operators asked
 * for them, and calls that wait for the device. On a thread one follows the other; a launch leads to its task, an operator
 * to its call, and what the device finished last to the end of a waiting call.
 */
import { NONE, type SliceId } from '../../timeline/index.ts';
import type { Launch, Launches } from '../launches.ts';
import { firstAbove } from '../sorted.ts';
import type { GraphBuilder, PathKind } from './dependency-graph.ts';
import type { DeviceContext, DeviceNodes } from './device-nodes.ts';

const WAITS_FOR_DEVICE = /synchroni[sz]e|rtMemcpy(?!Async)/i;

interface HostNode {
  readonly node: number;
  readonly startNs: number;
  readonly endNs: number;
}

interface ByEnd {
  readonly at: readonly number[];
  readonly endNs: readonly number[];
}

export function addHostNodes(
  graph: GraphBuilder,
  context: DeviceContext,
  nodes: DeviceNodes,
  launches: Launches,
): void {
  const { streams, stream, slice } = context.tasks;
  const host = new Host(graph, context);
  for (let at = 0; at < nodes.node.length; at++) {
    const { shard } = streams[stream[nodes.task[at]]];
    const launch = launches.of(shard, slice[nodes.task[at]]);
    // What was launched before the window does not wait for the host in it; what comes after its task did not launch it.
    if (launch === undefined || launch.endNs <= context.window.startNs || launch.startNs > nodes.startNs[at]) continue;
    graph.link(host.call(shard, launch), nodes.entry[at], 'launch');
  }
  host.addWaits(nodes);
  host.linkThreads();
}

class Host {
  readonly #graph: GraphBuilder;
  readonly #context: DeviceContext;
  readonly #threads = new Map<string, HostNode[]>();
  /** By shard and slice, or time where the call is none. */
  readonly #known = new Map<string, number>();
  /** By shard: which strings name waits. */
  readonly #isWait: boolean[][] = [];

  constructor(graph: GraphBuilder, context: DeviceContext) {
    this.#graph = graph;
    this.#context = context;
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
    const times = { startNs: start, readyNs: start, endNs: end };
    const node = this.#graph.add({ ...times, ...this.#hostNode(kind), text: this.#textOf(shard, named) });
    this.#ofThread(shard, slice).push({ node, startNs: start, endNs: end });
    return node;
  }

  #hostNode(kind: PathKind) {
    return { kind, waitKind: 'host', key: NONE, device: NONE, task: NONE, waitsOutside: false } as const;
  }

  #textOf(shard: number, slice: SliceId): number {
    const { run, tasks } = this.#context;
    return slice === NONE ? NONE : tasks.texts.of(run.shards[shard])(run.shards[shard].timeline.slices.name[slice]);
  }

  /** Processes of one capture show one thread under one id. Launches that are no slices come from one thread. */
  #ofThread(shard: number, slice: SliceId): HostNode[] {
    const { tracks, slices } = this.#context.run.shards[shard].timeline;
    const key = `${shard} ${slice === NONE ? '' : tracks[slices.track[slice]].key}`;
    const own = this.#threads.get(key) ?? [];
    this.#threads.set(key, own);
    return own;
  }

  /** Calls on threads that launch which return when the device is done. */
  addWaits(nodes: DeviceNodes): void {
    const { run, window } = this.#context;
    const at = nodes.endNs.map((_, each) => each).sort((a, b) => nodes.endNs[a] - nodes.endNs[b]);
    const sorted = { at, endNs: at.map((each) => nodes.endNs[each]) };
    run.shards.forEach(({ timeline, shiftNs }, shard) => {
      const { tracks, slices, sliceRange } = timeline;
      tracks.forEach((track, id) => {
        const own = track.kind === 'thread' ? this.#threads.get(`${shard} ${track.key}`) : undefined;
        if (own === undefined) return;
        let untilNs = Number.NEGATIVE_INFINITY;
        const range = [sliceRange[id], sliceRange[id + 1]] as const;
        let first = firstAbove(slices.startNs, window.startNs - shiftNs, ...range);
        // Back to the outermost slice before: the last one that may reach into the window.
        do first--;
        while (first > range[0] && slices.depth[first] > 0);
        for (let slice = Math.max(first, range[0]); slice < sliceRange[id + 1]; slice++) {
          const startNs = slices.startNs[slice] + shiftNs;
          const endNs = startNs + slices.durNs[slice];
          if (startNs >= window.endNs) break;
          if (startNs < untilNs || endNs <= window.startNs || !this.#waits(shard, slice)) continue;
          untilNs = endNs;
          own.push(
            this.#wait(shard, slice, Math.max(startNs, window.startNs), Math.min(endNs, window.endNs), nodes, sorted),
          );
        }
      });
    });
  }

  #wait(shard: number, slice: SliceId, startNs: number, endNs: number, nodes: DeviceNodes, sorted: ByEnd): HostNode {
    const at = firstAbove(sorted.endNs, endNs) - 1;
    const last = at < 0 ? undefined : sorted.at[at];
    const readyNs = last === undefined ? startNs : Math.max(startNs, nodes.endNs[last]);
    const times = { startNs, readyNs, endNs };
    const node = this.#graph.add({ ...times, ...this.#hostNode('host'), text: this.#textOf(shard, slice) });
    if (last !== undefined) this.#graph.link(nodes.node[last], node, 'ready');
    return { node, startNs, endNs };
  }

  #waits(shard: number, slice: SliceId): boolean {
    const { slices, strings } = this.#context.run.shards[shard].timeline;
    const known = (this.#isWait[shard] ??= []);
    const name = slices.name[slice];
    return (known[name] ??= WAITS_FOR_DEVICE.test(strings.get(name)));
  }

  linkThreads(): void {
    for (const own of this.#threads.values()) {
      own.sort((a, b) => a.startNs - b.startNs || a.endNs - b.endNs || a.node - b.node);
      for (let at = 1; at < own.length; at++) this.#graph.link(own[at - 1].node, own[at].node, 'launch');
    }
  }
}
