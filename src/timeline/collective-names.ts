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

/** What the name of a collective says of it. */
export interface CollectiveName {
  readonly type: string;
  /** The last digits of the number of its group; '' where the name holds none. */
  readonly group: string;
}

/**
 * Names end in the digits of the group and counters: `hcom_allReduce__586_0_1` is an `hcom_allReduce` of group 586, which
 * tables call `hcom_allReduce_`. A single number is a counter.
 */
export function collectiveOfName(name: string): CollectiveName {
  const words = name.split('_');
  let end = words.length;
  while (end > 1 && NUMBER.test(words[end - 1])) end--;
  const numbers = words.slice(end);
  while (end > 1 && words[end - 1] === '') end--;
  return { type: words.slice(0, end).join('_'), group: numbers.length > 1 ? numbers[0] : '' };
}

const NUMBER = /^\d+$/;

/** The type of an op as tables call it, those of collectives without what stands for the counters of names. */
export function plainType(type: string): string {
  return type.startsWith('hcom_') ? collectiveOfName(type).type : type;
}
