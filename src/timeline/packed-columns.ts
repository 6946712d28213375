import { NONE } from './model.ts';
import { StringTable } from './strings.ts';

export type PackedColumn = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

/** Columns by where in a packed run they belong. */
export class PackedColumns {
  readonly byName: Record<string, PackedColumn>;

  constructor(byName: Record<string, PackedColumn> = {}) {
    this.byName = byName;
  }

  add(name: string, column: ArrayBufferView): void {
    this.byName[name] = column as PackedColumn;
  }

  /** As what it was packed as. */
  get<Column extends PackedColumn>(name: string): Column {
    return this.byName[name] as Column;
  }

  under(prefix: string): Readonly<Record<string, PackedColumn>> {
    const found = Object.entries(this.byName).filter(([name]) => name.startsWith(prefix));
    return Object.fromEntries(found.map(([name, column]) => [name.slice(prefix.length), column]));
  }
}

/** How many texts a table has. Their bytes and where each ends are columns. */
export interface PackedTexts {
  readonly count: number;
}

/** Numbers the texts that are in use anew. */
export class StringPacker {
  readonly #tables = new Map<StringTable, UsedTexts>();

  of(strings: StringTable): UsedTexts {
    const used = this.#tables.get(strings) ?? new UsedTexts(strings, this.#tables.size);
    this.#tables.set(strings, used);
    return used;
  }

  pack(columns: PackedColumns): PackedTexts[] {
    return [...this.#tables.values()].map((used) => used.pack(columns));
  }
}

class UsedTexts {
  readonly number: number;
  readonly #strings: StringTable;
  readonly #numberOf: Int32Array;
  readonly #used: number[] = [];

  constructor(strings: StringTable, number: number) {
    this.number = number;
    this.#strings = strings;
    this.#numberOf = new Int32Array(strings.size).fill(NONE);
  }

  renumbered(ids: Int32Array): Int32Array {
    return ids.map((id) => {
      if (id === NONE) return NONE;
      if (this.#numberOf[id] === NONE) this.#numberOf[id] = this.#used.push(id) - 1;
      return this.#numberOf[id];
    });
  }

  pack(columns: PackedColumns): PackedTexts {
    const texts = this.#used.map((id) => this.#strings.utf8(id));
    const ends = new Float64Array(texts.length);
    let sizeBytes = 0;
    for (const [number, text] of texts.entries()) ends[number] = sizeBytes += text.length;
    const bytes = new Uint8Array(sizeBytes);
    for (const [number, text] of texts.entries()) bytes.set(text, ends[number] - text.length);
    columns.add(`texts${this.number}.ends`, ends);
    columns.add(`texts${this.number}.bytes`, bytes);
    return { count: texts.length };
  }
}

export function unpackStrings({ count }: PackedTexts, number: number, columns: PackedColumns): StringTable {
  const strings = new StringTable();
  const ends = columns.get<Float64Array>(`texts${number}.ends`);
  const bytes = columns.get<Uint8Array>(`texts${number}.bytes`);
  for (let id = 0; id < count; id++) strings.addUtf8(bytes.subarray(id === 0 ? 0 : ends[id - 1], ends[id]));
  return strings;
}
