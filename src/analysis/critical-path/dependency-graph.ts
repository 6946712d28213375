/**
 * What has to be over before what, as a graph that can be replayed.
 *
 * A node starts, is ready when what it waits for inside is there (at once for most), works and ends. Edges lead from a
 * node to the start of another, or to its being ready. Of the edges to a start, the one from the node that ended last
 * determines it, and the time in between is a fixed lag; the others have none. So the replay
 *
 *   ready = max(fixed date, end of each predecessor + lag), end = ready + work
 *
 * gives the measured times, and with some of the work left out, those it would have had then. A node that nothing here
 * determines keeps its date.
 */
import { NONE } from '../../timeline/index.ts';

/** What a stretch of the path is spent on. */
export const PATH_KINDS = [
  'compute',
  'communication',
  'communication-wait',
  'copy',
  'event-wait',
  'launch',
  'host',
  'idle',
  'other',
] as const;
export type PathKind = (typeof PATH_KINDS)[number];

const NUMBER_OF_KIND = Object.fromEntries(PATH_KINDS.map((kind, at) => [kind, at])) as Record<PathKind, number>;

export interface GraphNode {
  readonly startNs: number;
  /** Not before the start; the start where nothing is waited for inside. */
  readonly readyNs: number;
  readonly endNs: number;
  /** Of its work, and of its waiting. */
  readonly kind: PathKind;
  readonly waitKind: PathKind;
  /** What its work is summed up under; NONE where it is no op of the device. */
  readonly key: number;
  /** Among the devices of the analysis, and among the device's tasks; NONE on the host. */
  readonly device: number;
  readonly task: number;
  /** Of the host, by its number in the run; NONE on devices. */
  readonly thread: number;
  /** What it is called. */
  readonly text: number;
  /** What it waits for inside is not in the graph: no edge leads to its being ready. */
  readonly waitsOutside: boolean;
}

/**
 * start: one ends before the other starts. launch: the other may start while it still runs; it is a call of the host.
 * ready: what is waited for inside.
 */
export type EdgeKind = 'start' | 'launch' | 'ready';

/** Columns by node, in an order in which every edge leads forward. */
export interface DependencyGraph {
  readonly length: number;
  readonly startNs: Float64Array;
  readonly readyNs: Float64Array;
  readonly endNs: Float64Array;
  /** Positions in PATH_KINDS. */
  readonly kind: Uint8Array;
  readonly waitKind: Uint8Array;
  readonly key: Int32Array;
  readonly device: Int32Array;
  readonly task: Int32Array;
  readonly thread: Int32Array;
  readonly text: Int32Array;
  /** It does not start earlier, whatever changes; -Infinity where nothing fixes it. */
  readonly fixedNs: Float64Array;
  /** How long it waits for something outside; 0 for most. */
  readonly outsideNs: Float64Array;
  /** Edges firstEdge[n] to firstEdge[n + 1] - 1 lead to node n. */
  readonly firstEdge: Uint32Array;
  readonly from: Int32Array;
  readonly lagNs: Float64Array;
  /** When an edge's node let go of the other, as measured: its end, or where it went on running, the other's start. */
  readonly releaseNs: Float64Array;
  /** The edges that determine a node's start, and its being ready; NONE where nothing here does. */
  readonly startEdge: Int32Array;
  readonly readyEdge: Int32Array;
}

export class GraphBuilder {
  readonly #startNs: number[] = [];
  readonly #readyNs: number[] = [];
  readonly #endNs: number[] = [];
  readonly #kind: number[] = [];
  readonly #waitKind: number[] = [];
  readonly #key: number[] = [];
  readonly #device: number[] = [];
  readonly #task: number[] = [];
  readonly #thread: number[] = [];
  readonly #text: number[] = [];
  readonly #waitsOutside: boolean[] = [];
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  readonly #edgeKind: EdgeKind[] = [];

  /** The number of the node. */
  add(node: GraphNode): number {
    this.#startNs.push(node.startNs);
    this.#readyNs.push(node.readyNs);
    this.#endNs.push(node.endNs);
    this.#kind.push(NUMBER_OF_KIND[node.kind]);
    this.#waitKind.push(NUMBER_OF_KIND[node.waitKind]);
    this.#key.push(node.key);
    this.#device.push(node.device);
    this.#task.push(node.task);
    this.#thread.push(node.thread);
    this.#text.push(node.text);
    return this.#waitsOutside.push(node.waitsOutside) - 1;
  }

  /** Edges that lead back in time are none: clocks disagree, or it was no dependency. */
  link(from: number, to: number, kind: EdgeKind): void {
    if (from === NONE) return;
    const isPossible =
      kind === 'ready'
        ? this.#endNs[from] <= this.#readyNs[to]
        : kind === 'start'
          ? this.#endNs[from] <= this.#startNs[to]
          : this.#startNs[from] <= this.#startNs[to];
    if (!isPossible) return;
    this.#from.push(from);
    this.#to.push(to);
    this.#edgeKind.push(kind);
  }

  finish(): DependencyGraph {
    const [ready, end] = [this.#readyNs, this.#endNs];
    const order = Uint32Array.from(ready.keys()).sort((a, b) => ready[a] - ready[b] || end[a] - end[b] || a - b);
    const place = new Uint32Array(order.length);
    for (let at = 0; at < order.length; at++) place[order[at]] = at;
    const columns = {
      length: order.length,
      startNs: inOrder(order, this.#startNs, new Float64Array(order.length)),
      readyNs: inOrder(order, ready, new Float64Array(order.length)),
      endNs: inOrder(order, end, new Float64Array(order.length)),
      kind: inOrder(order, this.#kind, new Uint8Array(order.length)),
      waitKind: inOrder(order, this.#waitKind, new Uint8Array(order.length)),
      key: inOrder(order, this.#key, new Int32Array(order.length)),
      device: inOrder(order, this.#device, new Int32Array(order.length)),
      task: inOrder(order, this.#task, new Int32Array(order.length)),
      thread: inOrder(order, this.#thread, new Int32Array(order.length)),
      text: inOrder(order, this.#text, new Int32Array(order.length)),
    };
    const outsideNs = new Float64Array(order.length);
    for (let at = 0; at < order.length; at++) {
      if (this.#waitsOutside[order[at]]) outsideNs[at] = columns.readyNs[at] - columns.startNs[at];
    }
    const edges = this.#edges(place, columns);
    return { ...columns, ...edges, outsideNs, fixedNs: settle(columns, edges, outsideNs) };
  }

  /** Grouped by where they lead. */
  #edges(place: Uint32Array, { startNs, endNs, length }: Times): Edges {
    const firstEdge = new Uint32Array(length + 1);
    const isKept = (edge: number): boolean => place[this.#from[edge]] < place[this.#to[edge]];
    const count = this.#from.length;
    for (let edge = 0; edge < count; edge++) if (isKept(edge)) firstEdge[place[this.#to[edge]] + 1]++;
    for (let node = 0; node < length; node++) firstEdge[node + 1] += firstEdge[node];
    const next = firstEdge.slice();
    const from = new Int32Array(firstEdge[length]);
    const releaseNs = new Float64Array(firstEdge[length]);
    const lagNs = new Float64Array(firstEdge[length]);
    const startEdge = new Int32Array(length).fill(NONE);
    const readyEdge = new Int32Array(length).fill(NONE);
    for (let edge = 0; edge < count; edge++) {
      if (!isKept(edge)) continue;
      const to = place[this.#to[edge]];
      const at = next[to]++;
      const isReady = this.#edgeKind[edge] === 'ready';
      from[at] = place[this.#from[edge]];
      releaseNs[at] = isReady ? endNs[from[at]] : Math.min(endNs[from[at]], startNs[to]);
      lagNs[at] = releaseNs[at] - endNs[from[at]];
      const best = isReady ? readyEdge : startEdge;
      if (best[to] === NONE || releaseNs[at] > releaseNs[best[to]]) best[to] = at;
    }
    return { firstEdge, from, lagNs, releaseNs, startEdge, readyEdge };
  }
}

function inOrder<T extends Float64Array | Int32Array | Uint8Array>(
  order: Uint32Array,
  values: readonly number[],
  column: T,
): T {
  for (let at = 0; at < order.length; at++) column[at] = values[order[at]];
  return column;
}

type Times = Pick<DependencyGraph, 'startNs' | 'readyNs' | 'endNs' | 'length'>;
type Edges = Pick<DependencyGraph, 'firstEdge' | 'from' | 'lagNs' | 'releaseNs' | 'startEdge' | 'readyEdge'>;

/** Gives determining edges their lags, and tells the dates that nothing here can change. */
function settle(times: Times, edges: Edges, outsideNs: Float64Array): Float64Array {
  const { startNs, readyNs, length } = times;
  const { lagNs, releaseNs, startEdge, readyEdge } = edges;
  const fixedNs = new Float64Array(length).fill(Number.NEGATIVE_INFINITY);
  for (let node = 0; node < length; node++) {
    // What was there before the node started is not what it waited for inside.
    if (readyEdge[node] !== NONE && releaseNs[readyEdge[node]] <= startNs[node]) readyEdge[node] = NONE;
    const [byStart, byReady] = [startEdge[node], readyEdge[node]];
    if (byReady !== NONE) lagNs[byReady] += readyNs[node] - releaseNs[byReady];
    const isExplained = byReady !== NONE || outsideNs[node] > 0;
    const untilNs = isExplained ? startNs[node] : readyNs[node];
    if (byStart !== NONE) lagNs[byStart] += untilNs - releaseNs[byStart];
    else fixedNs[node] = untilNs;
  }
  return fixedNs;
}

/**
 * What becomes of what a node waits for outside: it comes when it came, or as much earlier as the node does, so that the
 * node waits as long.
 */
export type Outside = 'stays' | 'moves';

/**
 * The last end on a device in a replay in which the work of all nodes of a key takes no time; NONE: as measured. One pass
 * over nodes and edges. `ends` is scratch of the graph's length.
 */
export function replayedEnd(
  graph: DependencyGraph,
  ofDevice: number,
  withoutKey: number,
  outside: Outside,
  ends = new Float64Array(graph.length),
): number {
  const { length, readyNs, endNs, key, device, fixedNs, outsideNs, firstEdge, from, lagNs } = graph;
  let last = Number.NEGATIVE_INFINITY;
  for (let node = 0; node < length; node++) {
    let ready = fixedNs[node];
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      const arrival = ends[from[edge]] + lagNs[edge];
      if (arrival > ready) ready = arrival;
    }
    if (outsideNs[node] > 0) ready = outside === 'moves' ? ready + outsideNs[node] : Math.max(ready, readyNs[node]);
    const isLeftOut = withoutKey !== NONE && key[node] === withoutKey;
    ends[node] = isLeftOut ? ready : ready + endNs[node] - readyNs[node];
    if (device[node] === ofDevice && ends[node] > last) last = ends[node];
  }
  return last;
}
