/**
 * How ranks are put on one axis of time. clock: they count from one absolute time. start: their first common step, or
 * their first device op, starts at one time. collective: a collective ends at one time on all that take part in it.
 * none: each counts from its own first event.
 */
export const ALIGN_METHODS = ['clock', 'start', 'collective', 'none'] as const;
export type AlignMethod = (typeof ALIGN_METHODS)[number];

/** What every comparison of times between ranks rests on. */
export interface Alignment {
  readonly method: AlignMethod;
  /** From the lowest rank on. */
  readonly shifts: readonly RankShift[];
  /** How well it fits: undefined where no two ranks have a collective in common. */
  readonly residual: Residual | undefined;
}

/** A rank, or a capture that knows no rank: what has a clock of its own. */
export interface RankShift {
  readonly name: string;
  /** NONE where unknown. */
  readonly rank: number;
  /** What was added to its own clock. */
  readonly shiftNs: bigint;
  /** How many collectives it has in common with any other rank. */
  readonly sharedCollectives: number;
}

/** The times between the first and the last end of one and the same collective on different ranks. */
export interface Residual {
  readonly medianNs: number;
  readonly maxNs: number;
  /** Of collectives. */
  readonly count: number;
}

/** As JSON can hold it: shifts are text, because those between clocks of different kinds do not fit a JSON number. */
export function alignmentFacts(alignment: Alignment): object {
  return { ...alignment, shifts: alignment.shifts.map((shift) => ({ ...shift, shiftNs: String(shift.shiftNs) })) };
}
