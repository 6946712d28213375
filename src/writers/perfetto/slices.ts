import type { Diagnostics } from '../../base/index.ts';
import type { ArgsBlock, Shard } from '../../timeline/index.ts';
import type { OutputBuffer } from '../output-buffer.ts';
import type { WindowRows } from '../windows.ts';
import type { FlowEnds } from './flow-ends.ts';
import type { Sequence } from './sequence.ts';
import type { TrackEvents } from './track-events.ts';

/** Writes the slices and instants of one shard as begin, end and instant packets; each lane in a sequence of its own. */
export class SlicePackets {
  readonly #buffer: OutputBuffer;
  readonly #events: TrackEvents;
  readonly #shard: Shard;
  readonly #flows: FlowEnds | undefined;
  readonly #startSequence: (track: number, lane: number) => Sequence;
  readonly #diagnostics: Diagnostics;
  /** By track and lane. */
  readonly #sequences: Sequence[][];

  constructor(
    buffer: OutputBuffer,
    events: TrackEvents,
    shard: Shard,
    flows: FlowEnds | undefined,
    startSequence: (track: number, lane: number) => Sequence,
    diagnostics: Diagnostics,
  ) {
    this.#buffer = buffer;
    this.#events = events;
    this.#shard = shard;
    this.#flows = flows;
    this.#startSequence = startSequence;
    this.#diagnostics = diagnostics;
    this.#sequences = shard.timeline.tracks.map(() => []);
  }

  /** Writes rows of the window until they are done or the buffer is full; goes on where it left off. */
  write(rows: WindowRows): void {
    const { slices, instants } = this.#shard.timeline;
    const { shiftNs } = this.#shard;
    while (rows.hasNext && !this.#buffer.isFull) {
      const row = rows.next();
      if (row >= 0) this.#slice(slices, row, shiftNs, rows.sliceArgs, rows.sliceIndex);
      else this.#instant(instants, ~row, shiftNs, rows.instantArgs, rows.instantIndex);
    }
  }
}
