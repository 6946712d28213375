import { NONE } from '../../timeline/index.ts';
import type { GraphBuilder } from './dependency-graph.ts';

/** How far back to look on a stream on which several run at a time. */
const MOST_AT_ONCE = 8;

/** Links what follows on each stream. */
export class StreamOrder {
  readonly #graph: GraphBuilder;
  /** By stream: its last node. */
  readonly #last: number[] = [];
  /** By node: its end, and the one before it. */
  readonly #endNs: number[] = [];
  readonly #before: number[] = [];

  constructor(graph: GraphBuilder) {
    this.#graph = graph;
  }

  /** The node that it follows; NONE where it is the first. `entry`: where edges to its start lead. */
  follow(stream: number, entry: number, node: number, startNs: number, endNs: number): number {
    let last = this.#last[stream] ?? NONE;
    for (let back = 1; last !== NONE && this.#endNs[last] > startNs; back++) {
      last = back < MOST_AT_ONCE ? this.#before[last] : NONE;
    }
    this.#graph.link(last, entry, 'start');
    this.#endNs[node] = endNs;
    this.#before[node] = this.#last[stream] ?? NONE;
    this.#last[stream] = node;
    return last;
  }

  /** A node of another row, a collective, runs on this stream, too. */
  join(stream: number, entry: number, node: number): void {
    const last = this.#last[stream] ?? NONE;
    if (last === node) return;
    this.#graph.link(last, entry, 'start');
    this.#last[stream] = node;
  }
}
