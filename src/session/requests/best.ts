/** The items with the least keys of many, of equal ones those that came first; no more than some of them are ever kept. */
export class Best<T> {
  readonly #limit: number;
  #kept: { readonly key: number; readonly item: T }[] = [];
  /** What has a greater key is none of them. */
  mostKey = Number.POSITIVE_INFINITY;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(key: number, item: T): void {
    if (key > this.mostKey) return;
    this.#kept.push({ key, item });
    if (this.#kept.length > 2 * this.#limit + 64) this.#cut();
  }

  finish(): T[] {
    this.#cut();
    return this.#kept.map(({ item }) => item);
  }

  #cut(): void {
    this.#kept = this.#kept.sort((a, b) => a.key - b.key).slice(0, this.#limit);
    if (this.#kept.length === this.#limit && this.#limit > 0) this.mostKey = this.#kept[this.#limit - 1].key;
  }
}
