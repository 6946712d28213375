import type { Diagnostics } from '../../base/index.ts';
import type { Shard } from '../../timeline/index.ts';
import type { LoadedWindow } from '../windows.ts';
import type { FlowEnds } from './flow-ends.ts';

/** What the packets of one shard are made from. */
export interface ShardPacketsOptions {
  readonly shard: Shard;
  readonly flows: FlowEnds | undefined;
  readonly diagnostics: Diagnostics;
  /** Writes the packet that begins the sequence of a lane or counter; returns the sequence's id. */
  readonly startLane: (track: number, lane: number) => number;
  readonly startCounter: (track: number) => number;
}

/**
 * Writes one shard: slices as begin and end packets, instants and samples; each lane and counter in a sequence of its
 * own. Every method stops when the buffer is full.
 */
export interface ShardPackets {
  /** Rows of the window from its `at` on. */
  write(window: LoadedWindow): void;
  /** Ends the slices still open on one more track; false when all tracks are done. */
  endNextTrack(): boolean;
  /** Samples [from, to) of a counter's track; returns the first that is still to be written. */
  writeSamples(track: number, from: number, to: number): number;
}
