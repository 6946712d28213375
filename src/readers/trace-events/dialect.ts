import type { TimelineBuilder, TrackNaming, TypedKeySpec } from '../../timeline/index.ts';

/** Instants whose args are values: each becomes a sample of a counter of the device that the args name, or of the host. */
export interface ValuedInstants {
  readonly name: string;
  readonly counter: string;
  /** Typed keys. The process of a device has its number for a pid; type 0 is the host, whose pid is that of the event. */
  readonly deviceType: string;
  readonly device: string;
  readonly series: readonly string[];
  /** Where an instant has none of these: by how much their sum changes, as a series of its own. */
  readonly change: { readonly key: string; readonly series: string };
}

/** What one family of exporters means by the common event format. */
export interface Dialect {
  /** Args keys that become columns while scanning. */
  readonly typedKeys: readonly TypedKeySpec[];
  /** Columns (of text) that stand in for the category of events without one, the first that is present. */
  readonly categoryColumns: readonly string[];
  /** Whether arrows are told apart by their name too, or by category and id alone. */
  readonly flowKeyHasName: boolean;
  /** Whether the name of an arrow is the name proper with the digits of the arrow's id behind it. */
  readonly flowNamesEndInId: boolean;
  /** Args of a counter that say which series it is instead of being values. */
  readonly counterSelectors: readonly string[];
  readonly valuedInstants?: ValuedInstants;
  /** Of files of this rank; `device`: of devices that do not say their number, where that is known; `builder`: all that was read. */
  naming(rank: number, device?: number, builder?: TimelineBuilder): TrackNaming;
}
