/** An ordered table of things with an id: readers, writers. Duplicate ids are a bug and throw. */
export class Registry<T extends { readonly id: string }> {
  readonly #entries = new Map<string, T>();

  constructor(entries: readonly T[]) {
    for (const entry of entries) {
      if (this.#entries.has(entry.id)) throw new Error(`two registry entries are called ${entry.id}`);
      this.#entries.set(entry.id, entry);
    }
  }

  get(id: string): T | undefined {
    return this.#entries.get(id);
  }

  get ids(): string[] {
    return [...this.#entries.keys()];
  }

  [Symbol.iterator](): IterableIterator<T> {
    return this.#entries.values();
  }
}
