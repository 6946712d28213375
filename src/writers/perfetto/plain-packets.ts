import type { Diagnostics } from '../../base/index.ts';
import type { CounterColumns, InstantColumns, SliceColumns } from '../../timeline/index.ts';
import type { WindowArgs } from '../args-memory.ts';
import type { OutputBuffer } from '../output-buffer.ts';
import type { LoadedWindow } from '../windows.ts';
import type { FlowEnds } from './flow-ends.ts';
import { Sequence } from './sequence.ts';
import type { ShardPackets, ShardPacketsOptions } from './shard-packets.ts';
import { TrackEvents } from './track-events.ts';

/** The packets of one shard in plain TypeScript. */
export class PlainPackets implements ShardPackets {
  readonly #buffer: OutputBuffer;
  readonly #events: TrackEvents;
  readonly #slices: SliceColumns;
  readonly #instants: InstantColumns;
  readonly #counters: CounterColumns;
  readonly #shiftNs: number;
  readonly #flows: FlowEnds | undefined;
  readonly #options: ShardPacketsOptions;
  readonly #diagnostics: Diagnostics;
  /** By track and lane, made when first needed. */
  readonly #sequences: Sequence[][];
  /** By track, made when first needed. */
  readonly #counterSequences: Sequence[] = [];

  constructor(buffer: OutputBuffer, options: ShardPacketsOptions) {
    const { timeline, shiftNs } = options.shard;
    this.#buffer = buffer;
    this.#events = new TrackEvents(buffer, timeline.strings, options.diagnostics);
    this.#slices = timeline.slices;
    this.#instants = timeline.instants;
    this.#counters = timeline.counters;
    this.#shiftNs = shiftNs;
    this.#flows = options.flows;
    this.#options = options;
    this.#diagnostics = options.diagnostics;
    this.#sequences = timeline.tracks.map(() => []);
  }

  write(window: LoadedWindow): void {
    const { order, args } = window;
    for (; window.at < order.length && !this.#buffer.isFull; window.at++) {
      const row = order[window.at];
      if (row >= 0) this.#slice(row, args, window.at);
      else this.#instant(~row, args, window.at);
    }
  }

  endNextTrack(): boolean {
    const lanes = this.#sequences.pop();
    for (const sequence of lanes ?? []) this.#endUntil(sequence, Number.POSITIVE_INFINITY);
    return lanes !== undefined;
  }

  writeSamples(track: number, from: number, to: number): number {
    this.#counterSequences[track] ??= new Sequence(this.#options.startCounter(track));
    const sequence = this.#counterSequences[track];
    const { timeNs, value } = this.#counters;
    let at = from;
    for (; at < to && !this.#buffer.isFull; at++) {
      if (Number.isFinite(value[at])) this.#events.sample(sequence, timeNs[at] + this.#shiftNs, value[at]);
      else this.#diagnostics.add('counter_not_numeric');
    }
    return at;
  }

  #slice(row: number, args: WindowArgs, index: number): void {
    const slices = this.#slices;
    const sequence = this.#sequence(slices.track[row], slices.lane[row]);
    const startNs = slices.startNs[row] + this.#shiftNs;
    this.#endDownTo(sequence, slices.depth[row], startNs);
    this.#events.begin(sequence, startNs, slices, row, args, index, this.#flows);
    sequence.openEndsNs.push(startNs + slices.durNs[row]);
  }

  #instant(row: number, args: WindowArgs, index: number): void {
    const instants = this.#instants;
    const sequence = this.#sequence(instants.track[row], 0);
    const timeNs = instants.timeNs[row] + this.#shiftNs;
    this.#endUntil(sequence, timeNs);
    this.#events.instant(sequence, timeNs, instants, row, args, index);
  }

  #sequence(track: number, lane: number): Sequence {
    const lanes = this.#sequences[track];
    return lane < lanes.length ? lanes[lane] : this.#openLanes(track, lane);
  }

  /** Lanes are filled from the first, so a new one comes right behind the last. */
  #openLanes(track: number, lane: number): Sequence {
    const lanes = this.#sequences[track];
    while (lanes.length <= lane) lanes.push(new Sequence(this.#options.startLane(track, lanes.length)));
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
}
