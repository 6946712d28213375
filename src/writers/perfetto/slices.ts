import type { Diagnostics } from '../../base/index.ts';
import type { ArgsBlock, Shard } from '../../timeline/index.ts';
import type { FlowEnds } from './flow-ends.ts';
import type { Sequence } from './sequence.ts';
import type { TrackEvents } from './track-events.ts';

/** Writes the slices and instants of one shard as begin, end and instant packets; each lane in a sequence of its own. */
export class SlicePackets {
  readonly #events: TrackEvents;
  readonly #shard: Shard;
  readonly #flows: FlowEnds | undefined;
  readonly #sequenceOf: (track: number, lane: number) => Sequence;
  readonly #diagnostics: Diagnostics;

  constructor(
    events: TrackEvents,
    shard: Shard,
    flows: FlowEnds | undefined,
    sequenceOf: (track: number, lane: number) => Sequence,
    diagnostics: Diagnostics,
  ) {
    this.#events = events;
    this.#shard = shard;
    this.#flows = flows;
    this.#sequenceOf = sequenceOf;
    this.#diagnostics = diagnostics;
  }

  /** Rows of a lane come in order of time. `index`: where the row stands in the block of args. */
  slice(row: number, args: ArgsBlock, index: number): void {
    const { slices } = this.#shard.timeline;
    const sequence = this.#sequenceOf(slices.track[row], slices.lane[row]);
    const startNs = slices.startNs[row] + this.#shard.shiftNs;
    this.#endDownTo(sequence, slices.depth[row], startNs);
    this.#events.begin(sequence, startNs, slices, row, args, index, this.#flows);
    sequence.openEndsNs.push(startNs + slices.durNs[row]);
    if (args.from[index] < args.from[index + 1]) this.#countRepairs();
  }

  instant(row: number, args: ArgsBlock, index: number): void {
    const { instants } = this.#shard.timeline;
    const sequence = this.#sequenceOf(instants.track[row], 0);
    const timeNs = instants.timeNs[row] + this.#shard.shiftNs;
    this.endUntil(sequence, timeNs);
    this.#events.instant(sequence, timeNs, instants, row, args, index);
    if (args.from[index] < args.from[index + 1]) this.#countRepairs();
  }

  /** Ends what does not reach beyond the time, so that ends stand before what begins at the same time. */
  endUntil(sequence: Sequence, timeNs: number): void {
    const open = sequence.openEndsNs;
    while (open.length > 0 && open[open.length - 1] <= timeNs) this.#endInnermost(sequence);
  }

  /** Makes room for a slice at a depth. Only a zero-length slice may lie in another that ends as it begins. */
  #endDownTo(sequence: Sequence, depth: number, startNs: number): void {
    const open = sequence.openEndsNs;
    while (open.length > depth || (open.length > 0 && open[open.length - 1] < startNs)) this.#endInnermost(sequence);
  }

  #endInnermost(sequence: Sequence): void {
    const open = sequence.openEndsNs;
    this.#events.end(sequence, open[open.length - 1]);
    open.pop();
  }

  #countRepairs(): void {
    const { annotations } = this.#events;
    if (annotations.repaired) this.#diagnostics.add('args_not_strict');
    if (annotations.depthLimited) this.#diagnostics.add('depth_limited');
  }
}
