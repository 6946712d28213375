import type { Diagnostics } from '../../base/index.ts';
import type { ArgsBlock, InstantColumns, Shard, SliceColumns } from '../../timeline/index.ts';
import type { OutputBuffer } from '../output-buffer.ts';
import type { LoadedWindow } from '../windows.ts';
import type { FlowEnds } from './flow-ends.ts';
import type { Sequence } from './sequence.ts';
import type { TrackEvents } from './track-events.ts';

/** Writes the slices and instants of one shard as begin, end and instant packets; each lane in a sequence of its own. */
export class SlicePackets {
  readonly #buffer: OutputBuffer;
  readonly #events: TrackEvents;
  readonly #slices: SliceColumns;
  readonly #instants: InstantColumns;
  readonly #shiftNs: number;
  readonly #flows: FlowEnds | undefined;
  readonly #startSequence: (track: number, lane: number) => Sequence;
  readonly #diagnostics: Diagnostics;
  /** By track and lane, made when first needed. */
  readonly #sequences: Sequence[][];

  constructor(
    buffer: OutputBuffer,
    events: TrackEvents,
    { timeline, shiftNs }: Shard,
    flows: FlowEnds | undefined,
    startSequence: (track: number, lane: number) => Sequence,
    diagnostics: Diagnostics,
  ) {
    this.#buffer = buffer;
    this.#events = events;
    this.#slices = timeline.slices;
    this.#instants = timeline.instants;
    this.#shiftNs = shiftNs;
    this.#flows = flows;
    this.#startSequence = startSequence;
    this.#diagnostics = diagnostics;
    this.#sequences = timeline.tracks.map(() => []);
  }

  /** Writes rows of the window until the buffer is full or all are written. */
  write(window: LoadedWindow): void {
    const { order, sliceArgs, instantArgs } = window;
    for (; window.at < order.length && !this.#buffer.isFull; window.at++) {
      const row = order[window.at];
      if (row >= 0) this.#slice(row, sliceArgs, window.sliceAt++);
      else this.#instant(~row, instantArgs, window.instantAt++);
    }
  }

  /** Ends the slices still open on one more track; false when all tracks are done. */
  endNextTrack(): boolean {
    const lanes = this.#sequences.pop();
    for (const sequence of lanes ?? []) this.#endUntil(sequence, Number.POSITIVE_INFINITY);
    return lanes !== undefined;
  }

  #slice(row: number, args: ArgsBlock, index: number): void {
    const slices = this.#slices;
    const sequence = this.#sequence(slices.track[row], slices.lane[row]);
    const startNs = slices.startNs[row] + this.#shiftNs;
    this.#endDownTo(sequence, slices.depth[row], startNs);
    this.#events.begin(sequence, startNs, slices, row, args, index, this.#flows);
    sequence.openEndsNs.push(startNs + slices.durNs[row]);
    if (args.from[index] < args.from[index + 1]) this.#countRepairs();
  }

  #instant(row: number, args: ArgsBlock, index: number): void {
    const instants = this.#instants;
    const sequence = this.#sequence(instants.track[row], 0);
    const timeNs = instants.timeNs[row] + this.#shiftNs;
    this.#endUntil(sequence, timeNs);
    this.#events.instant(sequence, timeNs, instants, row, args, index);
    if (args.from[index] < args.from[index + 1]) this.#countRepairs();
  }

  #sequence(track: number, lane: number): Sequence {
    const lanes = this.#sequences[track];
    return lane < lanes.length ? lanes[lane] : this.#openLanes(track, lane);
  }

  /** Lanes are filled from the first, so a new one comes right behind the last. */
  #openLanes(track: number, lane: number): Sequence {
    const lanes = this.#sequences[track];
    while (lanes.length <= lane) lanes.push(this.#startSequence(track, lanes.length));
    return lanes[lane];
  }

  /** Ends what does not reach beyond the time, so that ends stand before what begins at the same time. */
  #endUntil(sequence: Sequence, timeNs: number): void {
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
