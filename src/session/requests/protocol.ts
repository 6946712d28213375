/**
 * What a viewer may ask about an opened run, and what it gets: the one contract between whoever draws and whoever knows. An
 * answer is JSON and columns of numbers beside it; how both travel is up to the way: codec.ts over HTTP, a transfer from a
 * worker. Times are integer ns from the run's origin. Tracks are numbered through all shards in the order in which they
 * are drawn; slices by their row in the shard of their track. -1 is none. Texts are names from traces, never markup.
 */
import type { RunSummary } from '../../analysis/compare/index.ts';
import type { BubbleCause, BubbleKind, Measure, OpGrouping, Phase } from '../../analysis/index.ts';
import type { Language } from '../../locale/index.ts';
import type { ReportDocument, Section } from '../../report/index.ts';
import type { Part, Table } from '../../report/parts/part.ts';
import type { TrackKind } from '../../timeline/index.ts';

export type AnswerColumn = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

export interface Answer<Json = unknown, Columns extends string = string> {
  readonly json: Json;
  readonly columns: Readonly<Record<Columns, AnswerColumn>>;
}

/** [startNs, endNs) in evenly wide columns of pixels. */
export interface Window {
  readonly startNs: number;
  readonly endNs: number;
  readonly columnCount: number;
}

/** Where a slice is. */
export interface Place {
  readonly track: number;
  readonly slice: number;
  readonly startNs: number;
  readonly durNs: number;
  readonly name: string;
}

/** A mark without a length. */
export interface Moment {
  readonly track: number;
  readonly timeNs: number;
  readonly name: string;
}

export interface TrackInfo {
  /** Position in `groups`. */
  readonly group: number;
  /** The layer of the capture it is on, as the file calls it. */
  readonly process: string;
  readonly name: string;
  readonly kind: TrackKind;
  /** In how many rows it is drawn: one for each lane and depth. */
  readonly rowCount: number;
  readonly sliceCount: number;
  /** Counters only. */
  readonly series: string;
  readonly unit: string;
  readonly sampleCount: number;
  /** Marks without a length. */
  readonly instantCount: number;
}

/** The host or one device of a rank. */
export interface TrackGroup {
  readonly label: string;
  readonly rank: number;
  /** Position in `devices`; NONE for hosts and devices without ops. */
  readonly device: number;
}

export interface RunInfo {
  readonly name: string;
  /** The absolute time of 0, in ns of the captures' clock; text, because it does not fit a JSON number. */
  readonly originNs: string;
  readonly endNs: number;
  readonly sliceCount: number;
  readonly groups: readonly TrackGroup[];
  readonly tracks: readonly TrackInfo[];
  readonly devices: readonly { readonly label: string; readonly rank: number; readonly device: number }[];
  readonly steps: readonly StepInfo[];
  /** Whether a benchmark or a server measured something beside what there is to be drawn. */
  readonly hasMetrics: boolean;
  /** From the first op of all devices to the last; null where none ran one. */
  readonly work: { readonly startNs: number; readonly endNs: number } | null;
  /** How long a bubble is at least that is listed where nobody says: 10 µs, or 100 ns of engines. */
  readonly bubbleThresholdNs: number;
  /** What was not as it should be, one line each. */
  readonly diagnostics: readonly string[];
}

export interface StepInfo {
  /** Position in `devices`. */
  readonly device: number;
  readonly id: string;
  readonly phase: Phase;
  readonly startNs: number;
  readonly endNs: number;
  readonly isOutlier: boolean;
}

export interface SliceDetails extends Place {
  readonly process: string;
  readonly trackName: string;
  readonly category: string;
  /** As it stands in the file; '' where there is none. */
  readonly args: string;
  /** Facts of op tables and others that are known of it, in words of the field. */
  readonly facts: readonly { readonly key: string; readonly value: string }[];
  readonly step: string | null;
  /**
   * From the framework's operator over the launch call to the device, in the order of time, as far as it is known.
   * `latencyNs`: from the start of the one before to the start of this one; of a launch that is no slice from when that was.
   */
  readonly chain: readonly (Place & { readonly latencyNs: number | null })[];
  /** `isTo`: it leads from this slice to the place, else the other way. `arrowCount` of them, the first ones of which are here. */
  readonly arrows: readonly { readonly name: string; readonly isTo: boolean; readonly place: Place }[];
  readonly arrowCount: number;
  /** Of a communication op: all ranks that took part, this one among them. `place`: null where only a table knows of it. */
  readonly counterparts: readonly {
    readonly rank: number;
    readonly place: Place | null;
    readonly durNs: number;
    readonly waitNs: number | null;
    readonly transferNs: number | null;
    readonly isThis: boolean;
  }[];
  /**
   * How long the same op lasts: bins from least to most, equal in width. Tasks of devices are alike by their type; others by
   * their name on the same kind of track, without the numbers at its end. `key`: that type, or what is left of the name.
   */
  readonly similar: {
    readonly by: 'type' | 'name';
    readonly key: string;
    readonly count: number;
    readonly leastNs: number;
    readonly medianNs: number;
    readonly mostNs: number;
    readonly bins: readonly number[];
  };
}

export const COLOUR_BY = ['kind', 'name'] as const;
export type ColourBy = (typeof COLOUR_BY)[number];

/** `colour` of slices: position of the kind of op in OP_KINDS, then these; by name: a hash of it, from 0 to 31. */
export const OTHER_COLOURS = ['wait', 'part', 'profiling', 'no-op', 'host', 'derived'] as const;

/**
 * A share of a column's time, from 0 to 1, of the byte that stands for it: 0 is nothing and 255 is all, exactly; the others
 * are the middles of evenly wide parts of what is between, so none is off by more than 1/508.
 */
export function shareOfCode(code: number): number {
  if (code === 0 || code === 255) return code / 255;
  return (code - 0.5) / 254;
}

export interface Requests {
  readonly run: { ask: Record<never, never>; answer: Answer<RunInfo, never> };
  /**
   * What the rows of some tracks look like. By row of the tracks asked for, in their order, and column: `coverage` is the
   * busy share of the column's time, 0 to 255 (`shareOfCode`); `slice` the one with most of the column's time, the first of
   * several, also where none has any because all are of zero length; `colour` what to draw it in. Slices of which 24 columns
   * are in view have room for a label and stand in the columns that begin with `wide`: row, slice, times, position in `names`.
   */
  readonly window: {
    ask: Window & { readonly tracks: readonly number[]; readonly colourBy: ColourBy };
    answer: Answer<
      { readonly rowCounts: readonly number[]; readonly names: readonly string[] },
      'coverage' | 'slice' | 'colour' | 'wideRow' | 'wideSlice' | 'wideStartNs' | 'wideDurNs' | 'wideName'
    >;
  };
  /** Marks without a length: of each track and column the first, and how many there are. `name`: position in `names`. */
  readonly instants: {
    ask: Window & { readonly tracks: readonly number[] };
    answer: Answer<{ readonly names: readonly string[] }, 'track' | 'timeNs' | 'count' | 'name'>;
  };
  /** By track and column: the values that held in it; NaN where none did. `range` of a track over the whole run, two each. */
  readonly counters: {
    ask: Window & { readonly tracks: readonly number[] };
    answer: Answer<Record<never, never>, 'least' | 'most' | 'last' | 'range'>;
  };
  /**
   * By device and column: the share of time, 0 to 255, in which it computes, communicates exposed, and idles (`shareOfCode`). Bubbles of at
   * least a column's width: device, times, cause (position in BUBBLE_CAUSES), and their row among the bubbles of the device.
   * `leastNs`, here and below: shorter gaps are summed up and have no row; `bubbleThresholdNs` of the run where it is not said.
   */
  readonly devices: {
    ask: Window & { readonly kind: BubbleKind; readonly leastNs?: number };
    answer: Answer<
      { readonly causes: readonly BubbleCause[] },
      'computing' | 'exposed' | 'idle' | 'bubbleDevice' | 'bubbleRow' | 'bubbleStartNs' | 'bubbleDurNs' | 'bubbleCause'
    >;
  };
  readonly slice: {
    ask: { readonly track: number; readonly slice: number };
    answer: Answer<SliceDetails, never>;
  };
  /** Slices whose names, or tracks whose names, hold a text, whatever its case. */
  readonly find: {
    ask: { readonly text: string; readonly limit: number };
    answer: Answer<
      {
        readonly total: number;
        readonly names: readonly { readonly name: string; readonly count: number; readonly totalNs: number }[];
        readonly tracks: readonly number[];
        readonly places: readonly Place[];
        /** Marks without a length, which are no slices. */
        readonly instantCount: number;
        readonly instants: readonly Moment[];
      },
      never
    >;
  };
  /** All ops of a group, in the order of time. */
  readonly instances: {
    ask: { readonly by: OpGrouping; readonly key: string; readonly limit: number };
    answer: Answer<{ readonly total: number }, 'track' | 'slice' | 'startNs' | 'durNs'>;
  };
  /** The next slice of the same name on the same kind of track, or the one before; null at the end. */
  readonly neighbour: {
    ask: { readonly track: number; readonly slice: number; readonly direction: -1 | 1 };
    answer: Answer<Place | null, never>;
  };
  /** The next bubble after a time, whatever the device. */
  readonly nextBubble: {
    ask: { readonly afterNs: number; readonly kind: BubbleKind; readonly leastNs: number };
    answer: Answer<BubbleDetails | null, never>;
  };
  readonly bubble: {
    ask: { readonly device: number; readonly kind: BubbleKind; readonly row: number; readonly leastNs?: number };
    answer: Answer<BubbleDetails | null, never>;
  };
  /** What lies in a part of the timeline, of each slice the time that does: by track, and by op. */
  readonly selection: {
    ask: { readonly startNs: number; readonly endNs: number; readonly tracks: readonly number[] };
    answer: Answer<
      {
        readonly tracks: readonly { readonly track: number; readonly count: number; readonly busyNs: number }[];
        readonly ops: readonly {
          readonly name: string;
          readonly count: number;
          readonly totalNs: number;
          readonly maxNs: number;
        }[];
        /** `ops` are those of them with the most time. */
        readonly opCount: number;
      },
      never
    >;
  };
  /** Sections of the report, as data and as sentences and tables in a language. */
  readonly report: {
    ask: {
      readonly language: Language;
      readonly sections: readonly Section[];
      readonly by?: OpGrouping;
      readonly limit?: number;
      readonly kind?: BubbleKind;
      readonly leastNs?: number;
    };
    answer: Answer<{ readonly document: ReportDocument; readonly parts: readonly Part[] }, never>;
  };
  /** All that a comparison needs to know of the run. `wholeRun` takes it as one step, for runs in which nothing repeats. */
  readonly summary: { ask: { readonly wholeRun: boolean }; answer: Answer<RunSummary, never> };
  /** Collectives by waiting and transfer, as far as it is known, and what went from rank to rank. */
  readonly communication: {
    ask: Record<never, never>;
    answer: Answer<
      {
        readonly collectives: readonly {
          readonly name: string;
          readonly count: number;
          readonly totalNs: number;
          readonly waitNs: number | null;
          readonly transferNs: number | null;
        }[];
        /** `group`: '' where ranks are those of the job, else the group that counts its ranks from 0. The slowest link first. */
        readonly links: readonly {
          readonly group: string;
          readonly fromRank: number;
          readonly toRank: number;
          readonly transport: string;
          readonly sizeBytes: number | null;
          readonly durNs: number | null;
          readonly gigabytesPerSecond: number | null;
        }[];
      },
      never
    >;
  };
  /**
   * Equal stacks of host threads as one tree of frames, each behind the one around it: the `limit` with the largest shares of
   * the host's or the devices' time. `name`: position in `names`. `hostNs`, `deviceNs`, `launchCount`: with all that is nested
   * in the frame. `track` to `durNs`: the longest slice of the frame.
   */
  readonly flame: {
    ask: { readonly measure: Measure; readonly limit: number };
    answer: Answer<
      {
        readonly names: readonly string[];
        /** Of all ops and copies, and of those whose launch is known. */
        readonly deviceNs: number;
        readonly launchedNs: number;
        /** Slices counted in a frame around theirs, as there are too many; and how many frames there are. */
        readonly foldedCount: number;
        readonly frameCount: number;
      },
      | ('parent' | 'name' | 'count' | 'hostNs' | 'hostSelfNs' | 'deviceNs' | 'deviceSelfNs' | 'launchCount')
      | ('track' | 'slice' | 'startNs' | 'durNs')
    >;
  };
  /** Counters of memory as track numbers, and what owned most of it, where tables say so. */
  readonly memory: {
    ask: Record<never, never>;
    answer: Answer<{ readonly tracks: readonly number[]; readonly owners: Table | null }, never>;
  };
}

export interface BubbleDetails {
  readonly device: number;
  readonly row: number;
  readonly startNs: number;
  readonly durNs: number;
  readonly cause: BubbleCause;
  /** From 0 to 1. */
  readonly confidence: number;
  readonly before: Place | null;
  readonly after: Place | null;
  readonly during: Place | null;
  /** The call that launched the op after it. */
  readonly launch: Place | null;
  readonly frameworkNs: number | null;
  readonly launchNs: number | null;
}

export type RequestName = keyof Requests;
export type Ask<Name extends RequestName> = Requests[Name]['ask'];
export type AnswerTo<Name extends RequestName> = Requests[Name]['answer'];

/** Whether a run can be asked yet. `share` of the bytes read, from 0 to 1. */
export type RunState =
  | { readonly name: string; readonly state: 'loading'; readonly share: number }
  | { readonly name: string; readonly state: 'ready' }
  | {
      readonly name: string;
      readonly state: 'failed';
      readonly code: string;
      readonly why: string;
      readonly hint: string;
    };

/** How the viewer reaches runs, wherever they are. `run`: their position in `runs()`. */
export interface ViewerApi {
  runs(): Promise<readonly RunState[]>;
  ask<Name extends RequestName>(run: number, name: Name, ask: Ask<Name>, signal?: AbortSignal): Promise<AnswerTo<Name>>;
}
