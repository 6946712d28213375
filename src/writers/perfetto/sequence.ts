import { BitSet } from './bit-set.ts';

/**
 * A packet sequence: the packets of one lane or counter. They count time from each other, take their track from the
 * sequence's defaults, and name strings by ids that the sequence has introduced once.
 */
export class Sequence {
  readonly id: number;
  /** Time of the last packet, from the run's origin. */
  lastNs = 0;
  /** Ends of the slices open at this moment, outermost first. */
  readonly openEndsNs: number[] = [];
  /** How many bytes to leave for a packet's lengths, as the one before needed. */
  lengthBytes = 1;

  /** Ids whose strings have been written in this sequence. */
  readonly names = new BitSet();
  readonly categories = new BitSet();
  readonly argNames = new BitSet();
  readonly argTexts = new BitSet();

  constructor(id: number) {
    this.id = id;
  }
}
