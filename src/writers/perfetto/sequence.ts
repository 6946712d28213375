import { ByteBuffer } from '../../bytes/byte-buffer.ts';
import { MAX_VARINT_BYTES, putVarint } from '../../bytes/proto.ts';
import { BitSet } from './bit-set.ts';

const NEEDS_INCREMENTAL_STATE = 2;

/**
 * A packet sequence: the packets of one lane or counter. They count time from each other, take their track from the
 * sequence's defaults, and name strings by ids that the sequence has introduced once.
 */
export class Sequence {
  /** Sequence id, flags and the tag of the timestamp: what every packet after the first starts with. */
  readonly head: Uint8Array;
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
    const buffer = new ByteBuffer(MAX_VARINT_BYTES + 4);
    buffer.byte(0x50); // trusted_packet_sequence_id
    buffer.length = putVarint(buffer.bytes, buffer.length, id);
    buffer.append(Uint8Array.of(0x68, NEEDS_INCREMENTAL_STATE)); // sequence_flags
    buffer.byte(0x40); // timestamp
    this.head = buffer.view().slice();
  }
}
