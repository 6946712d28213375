/** Where one repetition ends and the next begins, from the places of the ops in the template. */
import { NONE } from '../../../timeline/index.ts';
import type { OpSequence } from './op-sequence.ts';
import type { StepStart } from './step-start.ts';

/** Ops [from, to) of the sequence. */
export interface Block {
  readonly from: number;
  readonly to: number;
  /** regular: from the beginning of the template to its end. other: of a kind of its own, as a prefill may be. */
  readonly kind: 'regular' | 'other' | 'cut off';
}

/** How far a pause may be from the edge that the ops show: so many ops may look alike on both sides of it. */
const MOST_MOVED = 3;

/** The template begins with the first op of a step. Blocks follow one another without holes. */
export function blocksOf(sequence: OpSequence, placeOf: Int32Array, templateLength: number, start: StepStart): Block[] {
  return new Blocks(sequence, placeOf, templateLength, start).found;
}

class Blocks {
  readonly found: Block[] = [];
  readonly #gapNs: Float64Array;
  readonly #placeOf: Int32Array;
  readonly #start: StepStart;
  readonly #templateLength: number;
  /** So many ops in a row without a place are something else than the template. */
  readonly #foreignOps: number;
  /** So many places at either end may be missing. */
  readonly #tolerance: number;
  #from = 0;
  /** The first op of the block that has a place. */
  #first = NONE;
  #hasForeign = false;

  constructor({ gapNs, length }: OpSequence, placeOf: Int32Array, templateLength: number, start: StepStart) {
    this.#gapNs = gapNs;
    this.#placeOf = placeOf;
    this.#start = start;
    this.#templateLength = templateLength;
    this.#foreignOps = Math.max(8, templateLength >> 2);
    this.#tolerance = Math.max(2, Math.floor(templateLength / 10));
    let before = NONE;
    for (let op = 0; op < length; op++) {
      if (placeOf[op] === NONE) continue;
      this.#next(before, op);
      before = op;
    }
    if (length - 1 - before > this.#foreignOps) this.#foreign(before, length);
    this.#close(length, before);
  }

  /** Two ops with places, and none with one between them. */
  #next(before: number, op: number): void {
    const place = this.#placeOf[op];
    if (op - 1 - before > this.#foreignOps) this.#foreign(before, op);
    else if (before !== NONE && place <= this.#placeOf[before]) this.#close(this.#edgeBetween(before + 1, op), before);
    if (this.#first === NONE) this.#first = op;
  }

  /** What lies between the two belongs to the step begun before, or after, it; to none where both are whole without it. */
  #foreign(before: number, op: number): void {
    if (before !== NONE && this.#isEnd(before)) this.#close(this.#withPause(before + 1), before);
    this.#hasForeign = true;
    if (op < this.#placeOf.length && this.#placeOf[op] <= this.#tolerance) {
      this.#close(this.#withPause(op), before);
    }
  }

  #isEnd(op: number): boolean {
    return this.#placeOf[op] >= this.#templateLength - 1 - this.#tolerance;
  }

  #close(to: number, last: number): void {
    if (to > this.#from) this.found.push({ from: this.#from, to, kind: this.#kindOf(to, last) });
    this.#from = to;
    this.#first = NONE;
    this.#hasForeign = false;
  }

  #kindOf(to: number, last: number): Block['kind'] {
    if (this.#hasForeign) return to - this.#from >= this.#templateLength / 3 ? 'other' : 'cut off';
    if (this.#first === NONE) return 'cut off';
    // Ops without a place stand for as many that have one.
    const firstPlace = this.#placeOf[this.#first] - (this.#first - this.#from);
    const lastPlace = this.#placeOf[last] + (to - 1 - last);
    const isWhole = firstPlace <= this.#tolerance && lastPlace >= this.#templateLength - 1 - this.#tolerance;
    return isWhole ? 'regular' : 'cut off';
  }

  /** Among ops that fit nowhere the edge is where the pause is; else where the template begins anew. */
  #edgeBetween(first: number, op: number): number {
    let edge = op;
    for (let each = op - 1; each >= first; each--) if (this.#gapNs[each] > 2 * this.#gapNs[edge]) edge = each;
    return this.#withPause(edge);
  }

  /** Where the pause of each step is missing but stands right beside, one of two ops that look alike was lost. */
  #withPause(edge: number): number {
    const gapNs = this.#gapNs;
    const { pauseNs, hasPause } = this.#start;
    if (!hasPause || gapNs[edge] >= pauseNs / 4) return edge;
    let best = edge;
    const [least, most] = [Math.max(this.#from + 1, edge - MOST_MOVED), Math.min(gapNs.length - 1, edge + MOST_MOVED)];
    for (let each = least; each <= most; each++) if (gapNs[each] > gapNs[best]) best = each;
    return gapNs[best] >= pauseNs / 2 ? best : edge;
  }
}
