import type { TrackNaming, TypedKeySpec } from '../../timeline/index.ts';

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
  /**
   * Of files of this rank; `device`: of devices that do not say their number, where that is known; `metadata`: the members
   * of the document beside its events, as JSON text.
   */
  naming(rank: number, device?: number, metadata?: ReadonlyMap<string, string>): TrackNaming;
}
