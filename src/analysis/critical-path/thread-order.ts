/**
 * Calls of a thread follow one another. A thread that does nothing between two ops of the framework waits for somebody: where
 * another thread of the capture calls the runtime meanwhile, it is taken to wait for that, as the thread of a backward
 * pass waits for the forward pass, and what comes behind for the backward pass. Nothing records this, so it is inferred.
 */
import { NONE, type Run } from '../../timeline/index.ts';
import type { TimeWindow } from '../extent.ts';
import { frameKinds } from '../host/frame-names.ts';
import { firstAbove } from '../sorted.ts';
import type { GraphBuilder } from './dependency-graph.ts';
import { type HostThreads, slicesBetween } from './host-threads.ts';

export interface HostNode {
  readonly node: number;
  readonly startNs: number;
  readonly endNs: number;
}

/** The nodes of a thread. `number`: of the thread in the run; NONE where calls are only moments. */
export interface ThreadNodes {
  readonly shard: number;
  readonly number: number;
  readonly nodes: HostNode[];
}

/** Sorts the nodes of each. */
export function linkThreads(
  graph: GraphBuilder,
  run: Run,
  { all }: HostThreads,
  window: TimeWindow,
  threads: readonly ThreadNodes[],
): void {
  for (const { nodes } of threads) {
    nodes.sort((a, b) => a.startNs - b.startNs || a.endNs - b.endNs || a.node - b.node);
    for (let at = 1; at < nodes.length; at++) graph.link(nodes[at - 1].node, nodes[at].node, 'launch');
  }
  const withOps = threads.flatMap(({ shard, number, nodes }) => {
    if (number === NONE) return [];
    const ops = outermostOps(run, shard, all[number].tracks, window);
    return ops.startNs.length === 0 ? [] : [{ shard, nodes, ops, ends: nodes.map(({ endNs }) => endNs) }];
  });
  for (const own of withOps) {
    const others = withOps.filter((other) => other !== own && other.shard === own.shard);
    if (others.length === 0) continue;
    for (const [at, { node, startNs }] of own.nodes.entries()) {
      const pause = pauseBefore(own.ops, own.nodes[at - 1]?.endNs ?? window.startNs, startNs);
      if (pause === undefined) continue;
      for (const other of others) {
        const last = firstAbove(other.ends, pause.endNs) - 1;
        if (last >= 0 && other.ends[last] > pause.startNs) graph.link(other.nodes[last].node, node, 'start');
      }
    }
  }
}

interface Ops {
  readonly startNs: readonly number[];
  readonly endNs: readonly number[];
}

/** Operators of the framework that are in no other, one after the other. */
function outermostOps(run: Run, shard: number, tracks: readonly number[], { startNs, endNs }: TimeWindow): Ops {
  const { timeline, shiftNs } = run.shards[shard];
  const { slices } = timeline;
  const { isOperator, isStep } = frameKinds(timeline);
  const ops = { startNs: [] as number[], endNs: [] as number[] };
  for (const track of tracks) {
    let untilNs = Number.NEGATIVE_INFINITY;
    const [first, last] = slicesBetween(timeline, track, startNs - shiftNs, endNs - shiftNs);
    for (let slice = first; slice < last; slice++) {
      const fromNs = slices.startNs[slice] + shiftNs;
      if (fromNs < untilNs || !isOperator(slices.category[slice]) || isStep(slices.name[slice])) continue;
      untilNs = fromNs + slices.durNs[slice];
      ops.startNs.push(fromNs);
      ops.endNs.push(untilNs);
    }
  }
  return ops;
}

/** When the thread did nothing between two calls, before the op that the second one is in. */
function pauseBefore({ startNs, endNs }: Ops, lastCallNs: number, callNs: number): TimeWindow | undefined {
  const before = firstAbove(startNs, callNs) - 1;
  const isInOp = before >= 0 && endNs[before] >= callNs;
  const toNs = isInOp ? startNs[before] : callNs;
  const fromNs = Math.max(lastCallNs, endNs[isInOp ? before - 1 : before] ?? Number.NEGATIVE_INFINITY);
  return fromNs < toNs ? { startNs: fromNs, endNs: toNs } : undefined;
}
