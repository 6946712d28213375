/**
 * Follows a template (the kinds of the ops of one step) through a sequence, round and round, past ops that are missing,
 * additional or other than expected.
 */
import { NONE } from '../../../timeline/index.ts';

/** So many ops ahead decide how it goes on where an op does not fit. */
const AHEAD = 16;
/** An op that fits is worth twice what it costs to skip one on either side. */
const [FITS, SKIPPED] = [2, -1];
/** With less of what could fit at best, the template is lost. */
const LEAST_SHARE = 0.4;

export class Walker {
  readonly #kind: Int32Array;
  readonly #template: Int32Array;
  /** [ops ahead][places ahead]: what the rest of the window is worth from there. */
  readonly #worth = new Int32Array((AHEAD + 1) * (AHEAD + 1));

  constructor(kind: Int32Array, template: Int32Array) {
    this.#kind = kind;
    this.#template = template;
  }

  /**
   * Walks from op `from` at place `place` of the template to op `to` or some ops that fit nowhere behind it, or to the op at
   * which the two have nothing in common any more. Returns the op that is next and its place, NONE where they have not.
   * `placeOf`: gets the place of each op that fits, NONE for those that do not.
   */
  walk([from, to]: readonly [number, number], place: number, placeOf: Int32Array): [op: number, place: number] {
    const kind = this.#kind;
    const template = this.#template;
    let op = from;
    let at = place;
    while (op < to) {
      if (kind[op] !== template[at]) {
        const skip = this.#skip(op, at);
        if (skip === undefined) return [op, NONE];
        placeOf.fill(NONE, op, op + skip.ops);
        op += skip.ops;
        at = (at + skip.places) % template.length;
        if (op >= to) break;
      }
      placeOf[op++] = at;
      at = at + 1 === template.length ? 0 : at + 1;
    }
    return [op, at];
  }

  /** How many ops and places to pass by before the next that fit, so that most of those ahead do. */
  #skip(op: number, at: number): { ops: number; places: number } | undefined {
    const most = Math.min(AHEAD, this.#kind.length - op);
    const worth = this.#fill(op, most, at);
    if (worth[0] < LEAST_SHARE * FITS * most) return undefined;
    let ops = 0;
    let places = 0;
    while (ops < most && places < AHEAD) {
      const cell = ops * (AHEAD + 1) + places;
      if (this.#fits(op + ops, at + places) && worth[cell] === FITS + worth[cell + AHEAD + 2]) break;
      if (worth[cell] === SKIPPED + worth[cell + 1]) places++;
      else ops++;
    }
    return { ops, places };
  }

  #fill(op: number, most: number, at: number): Int32Array {
    const worth = this.#worth;
    worth.fill(0);
    for (let ops = most - 1; ops >= 0; ops--) {
      for (let places = AHEAD - 1; places >= 0; places--) {
        const cell = ops * (AHEAD + 1) + places;
        const skipped = SKIPPED + Math.max(worth[cell + 1], worth[cell + AHEAD + 1]);
        const fitting = this.#fits(op + ops, at + places) ? FITS + worth[cell + AHEAD + 2] : skipped;
        // What comes after the last op that fits costs nothing: it may be something else.
        worth[cell] = Math.max(0, skipped, fitting);
      }
    }
    return worth;
  }

  #fits(op: number, place: number): boolean {
    return this.#kind[op] === this.#template[place % this.#template.length];
  }
}
