/** What was asked for last, by what was asked. A promise that fails is not kept. */
export class Recent<T> {
  readonly #most: number;
  /** Least recently asked first. */
  readonly #kept = new Map<string, T>();

  constructor(most: number) {
    this.#most = most;
  }

  get(key: string, make: () => T): T {
    const value = this.#kept.get(key) ?? make();
    this.#kept.delete(key);
    this.#kept.set(key, value);
    if (this.#kept.size > this.#most) this.#kept.delete(this.#kept.keys().next().value as string);
    if (value instanceof Promise) {
      value.catch(() => {
        if (this.#kept.get(key) === value) this.#kept.delete(key);
      });
    }
    return value;
  }
}
