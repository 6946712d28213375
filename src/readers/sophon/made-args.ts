import type { ArgsBlock, ArgsColumns, ArgsStore } from '../../timeline/index.ts';

export type MadeArg = Readonly<Record<string, string | number>>;

/** Rows of one kind and what is known of each. */
export interface ArgsMaker {
  readonly length: number;
  argsOf(row: number): MadeArg;
}

/** No args are longer than nothing, and none are known before they are asked for. */
export const MADE_BYTES = 1;

/** Args that are made when somebody asks. An address is the number of a row among those of all makers. */
export class MadeArgs implements ArgsStore {
  readonly #makers: ArgsMaker[] = [];
  /** By maker: the address of its first row. */
  readonly #bases: number[] = [];
  #length = 0;

  /** Tells the address of the maker's first row. */
  add(maker: ArgsMaker): number {
    const base = this.#length;
    this.#makers.push(maker);
    this.#bases.push(base);
    this.#length += maker.length;
    return base;
  }

  async block(columns: Pick<ArgsColumns, 'argsFrom' | 'argsBytes'>, rows: ArrayLike<number>): Promise<ArgsBlock> {
    const encoder = new TextEncoder();
    const from = new Uint32Array(rows.length + 1);
    const parts: Uint8Array[] = [];
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      const json = columns.argsBytes[row] === 0 ? '' : JSON.stringify(this.#argsAt(columns.argsFrom[row]));
      parts.push(encoder.encode(json));
      from[i + 1] = from[i] + parts[i].length;
    }
    const bytes = new Uint8Array(from[rows.length]);
    parts.forEach((part, i) => bytes.set(part, from[i]));
    return { bytes, from };
  }

  #argsAt(address: number): MadeArg {
    const at = this.#bases.findLastIndex((base) => base <= address);
    return this.#makers[at].argsOf(address - this.#bases[at]);
  }
}
