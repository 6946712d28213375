import type { Shard } from '../timeline/index.ts';

/** The number of a text in the whole run: names of all shards can be compared by it. */
export type TextId = number & { readonly __text?: never };

/** Texts of all shards of a run under one number each. */
export class RunTexts {
  readonly #texts: string[] = [];
  readonly #ids = new Map<string, TextId>();
  /** By the shard's table of strings, which several shards may share: the id in the run of each of its strings. */
  readonly #ofStrings = new Map<Shard['timeline']['strings'], TextId[]>();

  get(id: TextId): string {
    return this.#texts[id];
  }

  get length(): number {
    return this.#texts.length;
  }

  add(text: string): TextId {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const id = this.#texts.length;
    this.#texts.push(text);
    this.#ids.set(text, id);
    return id;
  }

  /** Ids by the strings of a shard. */
  of({ timeline: { strings } }: Shard): (string: number) => TextId {
    const ids = this.#ofStrings.get(strings) ?? [];
    this.#ofStrings.set(strings, ids);
    return (id) => (ids[id] ??= this.add(strings.get(id)));
  }
}
