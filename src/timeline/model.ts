import type { Place } from '../base/index.ts';
import type { Alignment } from './alignment.ts';
import type { StringTable } from './strings.ts';
import type { Table } from './table.ts';
import type { TypedColumn } from './typed-column.ts';

/** Row numbers are plain integers in columns; these brands keep one kind of row from standing in for another. */
export type ProcessId = number & { readonly __process?: never };
export type TrackId = number & { readonly __track?: never };
export type SliceId = number & { readonly __slice?: never };
export type StringId = number & { readonly __string?: never };

/** The "none" of every column of row numbers. */
export const NONE = -1;

/** The label of a process whose streams are the engines of one core: what one of them copies, another may wait for. */
export const ENGINES_LABEL = 'TPU';

/** A layer of the capture that the tool called a process: a host program, one kind of row of a device. */
export interface Process {
  readonly name: string;
  /** The id as it stands in the file. Opaque: it may be a number over 2^32 or a word. */
  readonly key: string;
  readonly label: string;
  readonly side: 'host' | 'device' | 'unknown';
  /** The pid of the operating system where it could be told, else undefined. */
  readonly osPid: number | undefined;
  /** NONE where unknown. */
  readonly rank: number;
  /** NONE where unknown or on the host. */
  readonly device: number;
  readonly sortKey: number;
}

/**
 * thread: a host thread. stream: a device queue. communication: one row per collective op. plane: the parts of it.
 * overlap: the vendor's own compute/communication/free rows, derived from others. async: ids that open and close
 * anywhere. counter: values over time. other: whatever the file calls it.
 */
export type TrackKind = 'thread' | 'stream' | 'communication' | 'plane' | 'overlap' | 'async' | 'counter' | 'other';

export interface Track {
  readonly process: ProcessId;
  readonly kind: TrackKind;
  readonly name: string;
  /** The thread id as it stands in the file; empty for tracks that have none. */
  readonly key: string;
  /** NONE where unknown or meaningless. */
  readonly stream: number;
  readonly sortKey: number;
  /** How many lanes its slices need so that within a lane they only nest or follow. At least 1. */
  readonly laneCount: number;
  /** Counters only: the series within the counter's name ("Read(MB/s)") and its unit ("MB/s"). */
  readonly series: string;
  readonly unit: string;
}

/** Where a row's args stand: bytes of an ArgsStore, which may be what it makes the args from. Length 0: there are none. */
export interface ArgsColumns {
  readonly argsFrom: Float64Array;
  readonly argsBytes: Uint32Array;
  /** 1 where the bytes are strict JSON without integers over int64, so a JSON writer may copy them. */
  readonly argsStrict: Uint8Array;
}

/** Sorted by (track, startNs, -durNs, fileOrder). Times are integer ns from the origin. */
export interface SliceColumns extends ArgsColumns {
  readonly length: number;
  readonly track: Int32Array;
  readonly startNs: Float64Array;
  readonly durNs: Float64Array;
  readonly name: Int32Array;
  /** String id, or NONE. */
  readonly category: Int32Array;
  readonly depth: Uint16Array;
  readonly lane: Uint32Array;
  /** The row of each slice as they were read. */
  readonly fileOrder: Uint32Array;
  /** What the reader's table of typed keys found in the args, under the names of that table. */
  readonly typed: ReadonlyMap<string, TypedColumn>;
}

/** Sorted by (track, timeNs, file order). */
export interface InstantColumns extends ArgsColumns {
  readonly length: number;
  readonly track: Int32Array;
  readonly timeNs: Float64Array;
  readonly name: Int32Array;
  readonly category: Int32Array;
}

/** Sorted by (track, timeNs, file order). The track is the series. */
export interface CounterColumns {
  readonly length: number;
  readonly track: Int32Array;
  readonly timeNs: Float64Array;
  readonly value: Float64Array;
}

/**
 * One row per arrow, or per end whose other end is missing. A missing end has track NONE and time NaN;
 * an end with no slice under it has slice NONE. An arrow is bound when it has a slice at both ends.
 */
export interface FlowColumns {
  readonly length: number;
  readonly name: Int32Array;
  readonly category: Int32Array;
  readonly fromTrack: Int32Array;
  readonly fromNs: Float64Array;
  readonly fromSlice: Int32Array;
  readonly toTrack: Int32Array;
  readonly toNs: Float64Array;
  readonly toSlice: Int32Array;
}

/**
 * The args of some rows: row i has bytes.subarray(from[i], from[i + 1]), a JSON object as it stands in the file.
 * `bytes` may be longer than what the rows need.
 */
export interface ArgsBlock {
  readonly bytes: Uint8Array;
  readonly from: Uint32Array;
}

/** Reads args back from where they stand. Ask in batches of neighbours: rows close in time are close in the file. */
export interface ArgsStore {
  /** The block is written into `spare` where that is long enough. */
  block(
    columns: Pick<ArgsColumns, 'argsFrom' | 'argsBytes'>,
    rows: ArrayLike<number>,
    spare?: Uint8Array,
  ): Promise<ArgsBlock>;
  /** For stores whose args stand as they are in files; the others make them up from something else, row by row. */
  readonly raw?: RawArgs | undefined;
  /** Which file an address lies in, and where. */
  placeOf?(address: number): Place | undefined;
}

/** One address space of bytes, in which args stand as they are. */
export interface RawArgs {
  /** All addresses are below. */
  readonly sizeBytes: number;
  /** Fills the target with what stands at an address and behind it. */
  read(address: number, target: Uint8Array): Promise<void>;
}

/** One finished part of a run. Nothing in it changes any more, so parts may share their arrays. */
export interface Timeline {
  /** The absolute time of t = 0, in ns of the capture's own clock (usually the Unix epoch). */
  readonly originNs: bigint;
  /** The last end or time, from the origin. */
  readonly endNs: number;
  readonly strings: StringTable;
  readonly processes: readonly Process[];
  readonly tracks: readonly Track[];
  readonly slices: SliceColumns;
  /** Track t owns the slices [sliceRange[t], sliceRange[t + 1]). */
  readonly sliceRange: Uint32Array;
  readonly instants: InstantColumns;
  readonly counters: CounterColumns;
  /** Track t owns the samples [counterRange[t], counterRange[t + 1]). */
  readonly counterRange: Uint32Array;
  readonly flows: FlowColumns;
  readonly args: ArgsStore;
  /** Facts of the whole file that are no events (tool version, devices), as JSON text by key. */
  readonly metadata: ReadonlyMap<string, string>;
  /** What the profiler worked out by itself. */
  readonly tables: readonly Table[];
}

/** One part of a run: a Timeline and what it was read from. */
export interface Shard {
  readonly timeline: Timeline;
  readonly readerId: string;
  readonly files: readonly string[];
  /** Of its capture, where the folder tells; its processes may know it all the same. */
  readonly rank?: number | undefined;
  /** The machine it was captured on, where that is known. */
  readonly hostName?: string | undefined;
  /** The folder of the capture it is part of, where that is known. Shards of one capture have one clock. */
  readonly capture?: string | undefined;
  /** Added to the shard's times (from its own origin) to get times from the run's origin. */
  readonly shiftNs: number;
}

/** Everything opened together. */
export interface Run {
  readonly originNs: bigint;
  readonly endNs: number;
  readonly shards: readonly Shard[];
  /** How clocks that know nothing of each other became one; undefined where there is only one. */
  readonly alignment?: Alignment | undefined;
}
