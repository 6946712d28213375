import { NONE } from '../../../timeline/index.ts';
import type { ExactId } from './columns.ts';

/** Which numbers, added in ascending order from 0, belong to an id: mostly one, sometimes thousands. */
export class Chains {
  readonly #first = new Map<ExactId, number>();
  /** Of ids with several numbers: the latest. */
  readonly #latest = new Map<ExactId, number>();
  readonly #next: number[] = [];

  /** Adds the next number. */
  add(id: ExactId | undefined): void {
    const number = this.#next.push(NONE) - 1;
    if (id === undefined) return;
    const before = this.#latest.get(id) ?? this.#first.get(id);
    if (before === undefined) {
      this.#first.set(id, number);
      return;
    }
    this.#next[before] = number;
    this.#latest.set(id, number);
  }

  /** The first number of an id, NONE where there is none. */
  first(id: ExactId | undefined): number {
    return id === undefined ? NONE : (this.#first.get(id) ?? NONE);
  }

  /** The next number of the same id. */
  after(number: number): number {
    return this.#next[number];
  }

  *of(id: ExactId | undefined): Generator<number> {
    for (let number = this.first(id); number !== NONE; number = this.after(number)) yield number;
  }
}
