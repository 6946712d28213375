import { NONE, type Shard, StringTable } from '../timeline/index.ts';

/** The number of a text in the whole run: names of all shards can be compared by it. */
export type TextId = number & { readonly __text?: never };

/**
 * Texts of all shards of a run under one number each. The strings of the first shard keep their numbers, and most runs have
 * no others; what is not among them is numbered from there on. Texts are compared as bytes and decoded when asked for.
 */
export class RunTexts {
  #first = new StringTable();
  #firstSize = 0;
  readonly #others = new StringTable();
  /** By the shard's table of strings, which several shards may share: the id in the run of each of its strings. */
  readonly #ofStrings = new Map<StringTable, Int32Array>();

  get(id: TextId): string {
    return id < this.#firstSize ? this.#first.get(id) : this.#others.get(id - this.#firstSize);
  }

  get length(): number {
    return this.#firstSize + this.#others.size;
  }

  add(text: string): TextId {
    return this.#addUtf8(new TextEncoder().encode(text));
  }

  /** Ids by the strings of a shard. */
  of({ timeline: { strings } }: Shard): (string: number) => TextId {
    if (this.length === 0) {
      this.#first = strings;
      this.#firstSize = strings.size;
    }
    if (strings === this.#first) return (id) => id;
    const ids = this.#ofStrings.get(strings) ?? new Int32Array(strings.size).fill(NONE);
    this.#ofStrings.set(strings, ids);
    return (id) => {
      const known = ids[id];
      return known === NONE ? (ids[id] = this.#addUtf8(strings.utf8(id))) : known;
    };
  }

  #addUtf8(utf8: Uint8Array): TextId {
    const known = this.#first.find(utf8);
    return known === NONE ? this.#firstSize + this.#others.addUtf8(utf8) : known;
  }
}
