import { ProtoCursor, WIRE } from '../../bytes/index.ts';

const inner = new ProtoCursor();
const words = new Uint32Array(2);
const double = new Float64Array(words.buffer);
const LOW_WORD = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 0 : 1;

/** The values of a repeated field of numbers; used again for each message. */
export class NumberList {
  readonly low: number[] = [];
  readonly high: number[] = [];
  length = 0;
  readonly #wire: number;

  /** `wire`: of one number alone. */
  constructor(wire: number) {
    this.#wire = wire;
  }

  /** Takes the value of the field at hand, or all of them where several are packed into it. */
  take(cursor: ProtoCursor): void {
    if (cursor.wire === this.#wire) {
      this.#push(cursor);
    } else if (cursor.wire === WIRE.bytes) {
      inner.start(cursor.bytes, cursor.from, cursor.to);
      while (inner.nextPacked(this.#wire)) this.#push(inner);
    }
  }

  #push({ low, high }: ProtoCursor): void {
    this.low[this.length] = low;
    this.high[this.length++] = high;
  }

  signedAt(index: number): number {
    return this.high[index] * 2 ** 32 + (this.low[index] >>> 0);
  }

  doubleAt(index: number): number {
    words[LOW_WORD] = this.low[index];
    words[1 - LOW_WORD] = this.high[index];
    return double[0];
  }
}
