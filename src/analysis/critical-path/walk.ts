import { NONE } from '../../timeline/index.ts';
import type { TimeWindow } from '../extent.ts';
import { type DependencyGraph, PATH_KINDS } from './dependency-graph.ts';

/** Stretches of time one after the other, from the window's start to its end without gaps. */
export interface PathSegments {
  readonly length: number;
  readonly startNs: Float64Array;
  readonly endNs: Float64Array;
  /** Positions in PATH_KINDS. */
  readonly kind: Uint8Array;
  /** The task that works, waits or is waited for, and its device in the analysis; NONE on the host and at the edges. */
  readonly device: Int32Array;
  readonly task: Int32Array;
  /** The thread of the host on which it lies; NONE on devices, on the way to them and at the edges. */
  readonly thread: Int32Array;
  /** What that is called; NONE at the edges. */
  readonly text: Int32Array;
  /** What its work is summed up under; NONE for all but work of the device. */
  readonly key: Int32Array;
}

const [IDLE, LAUNCH, HOST] = (['idle', 'launch', 'host'] as const).map((kind) => PATH_KINDS.indexOf(kind));

/** Back from a node that ends the window, each time to what determined it. */
export function walkBack(graph: DependencyGraph, lastNode: number, { startNs, endNs }: TimeWindow): PathSegments {
  const path = new Backwards(endNs);
  let node = lastNode;
  let leaveNs = node === NONE ? startNs : graph.endNs[node];
  path.add(leaveNs, IDLE, NONE, graph);
  while (node !== NONE) {
    path.add(Math.min(leaveNs, graph.readyNs[node]), graph.kind[node], node, graph, graph.key[node]);
    const isReadied = graph.readyEdge[node] !== NONE;
    const edge = isReadied ? graph.readyEdge[node] : graph.startEdge[node];
    if (!isReadied) path.add(graph.startNs[node], graph.waitKind[node], node, graph);
    leaveNs = edge === NONE ? startNs : graph.releaseNs[edge];
    path.add(leaveNs, isReadied ? graph.waitKind[node] : gapKind(graph, node, edge), node, graph);
    node = edge === NONE ? NONE : graph.from[edge];
  }
  return path.finish();
}

/** The time before a node's start: the host's own, on the way from the host to the device, or idle. */
function gapKind({ kind, from }: DependencyGraph, node: number, edge: number): number {
  const isOfHost = (which: number): boolean => kind[which] === LAUNCH || kind[which] === HOST;
  if (isOfHost(node)) return HOST;
  return edge !== NONE && isOfHost(from[edge]) ? LAUNCH : IDLE;
}

/** Of one device, among the tasks; NONE where it has none. */
export function lastOfDevice({ length, endNs, device }: DependencyGraph, of: number): number {
  let last = NONE;
  for (let node = 0; node < length; node++) {
    if (device[node] === of && (last === NONE || endNs[node] > endNs[last])) last = node;
  }
  return last;
}

class Backwards {
  #fromNs: number;
  readonly #startNs: number[] = [];
  readonly #endNs: number[] = [];
  readonly #kind: number[] = [];
  readonly #device: number[] = [];
  readonly #task: number[] = [];
  readonly #thread: number[] = [];
  readonly #text: number[] = [];
  readonly #key: number[] = [];

  constructor(endNs: number) {
    this.#fromNs = endNs;
  }

  /** From a moment to where the path has come to. */
  add(
    startNs: number,
    kind: number,
    node: number,
    { device, task, thread, text }: DependencyGraph,
    key: number = NONE,
  ): void {
    if (startNs >= this.#fromNs) return;
    this.#startNs.push(startNs);
    this.#endNs.push(this.#fromNs);
    this.#kind.push(kind);
    this.#device.push(node === NONE ? NONE : device[node]);
    this.#task.push(node === NONE ? NONE : task[node]);
    this.#thread.push(node === NONE ? NONE : thread[node]);
    this.#text.push(node === NONE ? NONE : text[node]);
    this.#key.push(key);
    this.#fromNs = startNs;
  }

  finish(): PathSegments {
    return {
      length: this.#kind.length,
      startNs: Float64Array.from(this.#startNs).reverse(),
      endNs: Float64Array.from(this.#endNs).reverse(),
      kind: Uint8Array.from(this.#kind).reverse(),
      device: Int32Array.from(this.#device).reverse(),
      task: Int32Array.from(this.#task).reverse(),
      thread: Int32Array.from(this.#thread).reverse(),
      text: Int32Array.from(this.#text).reverse(),
      key: Int32Array.from(this.#key).reverse(),
    };
  }
}
