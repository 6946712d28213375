/** Such an op ends when its own side is done with it, whatever the other does. */
const POINT_TO_POINT = /send|recv|receive/i;

export function isPointToPoint(name: string): boolean {
  return POINT_TO_POINT.test(name);
}

/**
 * How many of each came before. A collective is known by its name and that number: names like `hcom_allReduce__586_0_1`
 * hold the last digits of their group's number and count within it, alike on all ranks of the group.
 */
export class Occurrences<Key> {
  readonly #seen = new Map<Key, number>();

  next(key: Key): number {
    const seen = this.#seen.get(key) ?? 0;
    this.#seen.set(key, seen + 1);
    return seen;
  }
}
