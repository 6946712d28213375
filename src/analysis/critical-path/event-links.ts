/**
 * What the tasks of one stream wait for on another.
 *
 * A task that waits for an event is ready when what was recorded is over. Exporters name no event, so the record is
 * (1) the one on another stream that the host called right before the wait (connection ids follow each other), else, for a
 * wait that took time, (2) the last record on another stream that ended in it, or (3) the last task on another stream that
 * ended in the last 5 µs of it.
 *
 * Kineto tells of each wait what it is for (sync-records.ts): what the stream runs next follows what was launched last on the
 * other one before the record.
 *
 * Where a device has no such waits at all (tables of ops), a task that starts after a pause of its stream is taken to
 * follow what ended last on the others in that pause.
 */
import { CLASS } from '../op-class.ts';
import { firstAbove } from '../sorted.ts';
import type { GraphBuilder } from './dependency-graph.ts';
import type { DeviceContext, DeviceNodes } from './device-nodes.ts';
import type { LaunchOrder } from './launch-order.ts';

const COINCIDES_NS = 5_000;
const RECORD_NAME = /record/i;

/** recorded: the device says what waits. inferred: from pauses. */
export type EventSource = 'recorded' | 'inferred';

export function linkEvents(
  graph: GraphBuilder,
  context: DeviceContext,
  nodes: DeviceNodes,
  source: EventSource,
  order: LaunchOrder,
): void {
  const all = new Ends(context, nodes, () => true);
  linkToldWaits(graph, context, nodes, order);
  if (source === 'inferred') linkPauses(graph, nodes, all);
  else linkWaits(graph, context, nodes, all);
}

function linkToldWaits(graph: GraphBuilder, { syncs }: DeviceContext, nodes: DeviceNodes, order: LaunchOrder): void {
  for (const [shard, { streamWaits }] of syncs.entries()) {
    for (const { stream, calledNs, waitsFor } of streamWaits) {
      const last = order.lastBefore(shard, waitsFor);
      const first = order.firstAfter(shard, stream, calledNs);
      if (last !== undefined && first !== undefined) graph.link(nodes.node[last], nodes.entry[first], 'start');
    }
  }
}

function linkWaits(graph: GraphBuilder, context: DeviceContext, nodes: DeviceNodes, all: Ends): void {
  const { opClass } = context.tasks;
  const isRecord = recordsOf(context);
  const records = new Ends(context, nodes, (at) => isRecord(nodes.task[at]));
  const called = new Calls(context, nodes, isRecord);
  const { startNs, endNs, task, node } = nodes;
  for (let at = 0; at < node.length; at++) {
    if (opClass[task[at]] !== CLASS.wait) continue;
    const record =
      called.before(at) ??
      records.lastElsewhere(at, startNs[at], endNs[at]) ??
      all.lastElsewhere(at, Math.max(startNs[at], endNs[at] - COINCIDES_NS), endNs[at]);
    if (record !== undefined) graph.link(node[record], node[at], 'ready');
  }
}

function linkPauses(graph: GraphBuilder, { node, entry, startNs, endNs, before }: DeviceNodes, all: Ends): void {
  const endOf: number[] = [];
  for (let at = 0; at < node.length; at++) endOf[node[at]] = endNs[at];
  for (let at = 0; at < node.length; at++) {
    const found = all.lastElsewhere(at, endOf[before[at]] ?? Number.NEGATIVE_INFINITY, startNs[at]);
    if (found !== undefined) graph.link(node[found], entry[at], 'start');
  }
}

function recordsOf({ tasks: { opClass, name, texts } }: DeviceContext): (task: number) => boolean {
  const isRecordName: boolean[] = [];
  return (task) =>
    opClass[task] === CLASS.other && (isRecordName[name[task]] ??= RECORD_NAME.test(texts.get(name[task])));
}

/** Nodes by when they end. */
class Ends {
  readonly #sorted: Uint32Array;
  readonly #endNs: Float64Array;
  readonly #streamOf: (at: number) => number;

  constructor({ tasks }: DeviceContext, { task, endNs }: DeviceNodes, isIn: (at: number) => boolean) {
    this.#streamOf = (at) => tasks.stream[task[at]];
    this.#sorted = Uint32Array.from(endNs.keys())
      .filter(isIn)
      .sort((a, b) => endNs[a] - endNs[b] || a - b);
    this.#endNs = Float64Array.from(this.#sorted, (at) => endNs[at]);
  }

  /** The last on another stream than `at` that ended after `fromNs` and not after `toNs`. */
  lastElsewhere(at: number, fromNs: number, toNs: number): number | undefined {
    for (let i = firstAbove(this.#endNs, toNs) - 1; i >= 0 && this.#endNs[i] > fromNs; i--) {
      if (this.#streamOf(this.#sorted[i]) !== this.#streamOf(at)) return this.#sorted[i];
    }
    return undefined;
  }
}

/** Records by the calls that set them off. */
class Calls {
  readonly #records = new Map<number, number>();
  readonly #nodes: DeviceNodes;
  readonly #context: DeviceContext;

  constructor(context: DeviceContext, nodes: DeviceNodes, isRecord: (task: number) => boolean) {
    this.#context = context;
    this.#nodes = nodes;
    for (let at = 0; at < nodes.task.length; at++) {
      const connection = isRecord(nodes.task[at]) ? this.#connectionOf(at) : Number.NaN;
      if (!Number.isNaN(connection)) this.#records.set(connection, at);
    }
  }

  /** The record on another stream that was called right before this wait. */
  before(at: number): number | undefined {
    const record = this.#records.get(this.#connectionOf(at) - 1);
    const { stream } = this.#context.tasks;
    const { task } = this.#nodes;
    return record === undefined || stream[task[record]] === stream[task[at]] ? undefined : record;
  }

  #connectionOf(at: number): number {
    const { run, tasks } = this.#context;
    const task = this.#nodes.task[at];
    const connections = run.shards[tasks.streams[tasks.stream[task]].shard].timeline.slices.typed.get('connectionId');
    return connections?.kind === 'number' ? connections.at(tasks.slice[task]) : Number.NaN;
  }
}
