import { ByteBuffer } from '../../../bytes/byte-buffer.ts';
import { type ArgsBlock, type ArgsColumns, type ArgsStore, NONE, type StringTable } from '../../../timeline/index.ts';

const FIRST_ROWS = 1 << 10;
const [QUOTE, COMMA, COLON, OPEN, CLOSE] = [0x22, 0x2c, 0x3a, 0x7b, 0x7d];
const encoder = new TextEncoder();

/** number: as it is. text: the id of a string. list: where a list of strings begins, which become lines of one text. */
type ValueKind = 'number' | 'text' | 'list';

/** One arg of the slices of a layer, NaN where a slice lacks it. */
export class ArgColumn {
  readonly kind: ValueKind;
  readonly key: Uint8Array;
  #values = new Float64Array(0);

  constructor(key: string, kind: ValueKind) {
    this.kind = kind;
    this.key = encoder.encode(JSON.stringify(key));
  }

  at(row: number): number {
    return row < this.#values.length ? this.#values[row] : Number.NaN;
  }

  /** NaN and NONE say nothing. */
  set(row: number, value: number): void {
    if (Number.isNaN(value) || (this.kind !== 'number' && value === NONE)) return;
    if (row >= this.#values.length) this.#grow(row);
    this.#values[row] = value;
  }

  #grow(row: number): void {
    const grown = new Float64Array(Math.max(FIRST_ROWS, row + 1, this.#values.length * 2)).fill(Number.NaN);
    grown.set(this.#values);
    this.#values = grown;
  }
}

/** An arg of whole numbers of any size: those that a number cannot hold stay digits, and become text. */
export class ExactArg {
  readonly #numbers: ArgColumn;
  readonly #digits: ArgColumn;
  readonly #strings: StringTable;

  constructor(layer: ArgLayer, key: string, strings: StringTable) {
    this.#numbers = layer.column(key, 'number');
    this.#digits = layer.column(key, 'text');
    this.#strings = strings;
  }

  set(row: number, id: number | string | undefined): void {
    if (typeof id === 'number') this.#numbers.set(row, id);
    else if (id !== undefined) this.#digits.set(row, this.#strings.add(id));
  }
}

/** The args of slices that know the same things of themselves: those of one table, or of tables that belong together. */
export class ArgLayer {
  readonly columns: ArgColumn[] = [];
  readonly #byKey = new Map<string, ArgColumn>();
  /** The address of this layer's args: its number, counted from 1. */
  readonly number: number;
  rowCount = 0;

  constructor(number: number) {
    this.number = number;
  }

  column(key: string, kind: ValueKind): ArgColumn {
    let column = this.#byKey.get(`${kind} ${key}`);
    if (column === undefined) {
      column = new ArgColumn(key, kind);
      this.#byKey.set(`${kind} ${key}`, column);
      this.columns.push(column);
    }
    return column;
  }
}

/**
 * Args of rows of databases. They stand nowhere as text: a slice knows its layer (as the length of its args) and its row
 * in the layer (as their address), and their JSON is made when somebody asks.
 */
export class LayeredArgs implements ArgsStore {
  readonly #layers: ArgLayer[] = [];
  readonly #strings: StringTable;
  /** Lists of strings, each behind its length. */
  readonly #lists: number[] = [];

  constructor(strings: StringTable) {
    this.#strings = strings;
  }

  newLayer(): ArgLayer {
    const layer = new ArgLayer(this.#layers.length + 1);
    this.#layers.push(layer);
    return layer;
  }

  /** Keeps a list of strings and says where. */
  addList(strings: readonly number[]): number {
    const at = this.#lists.length;
    this.#lists.push(strings.length);
    for (const string of strings) this.#lists.push(string);
    return at;
  }

  listAt(at: number): number[] {
    return this.#lists.slice(at + 1, at + 1 + this.#lists[at]);
  }

  async block(
    { argsFrom, argsBytes }: Pick<ArgsColumns, 'argsFrom' | 'argsBytes'>,
    rows: ArrayLike<number>,
    spare?: Uint8Array,
  ): Promise<ArgsBlock> {
    const json = new ByteBuffer(spare === undefined ? rows.length * 100 : 0);
    if (spare !== undefined) json.bytes = spare;
    const from = new Uint32Array(rows.length + 1);
    for (let i = 0; i < rows.length; i++) {
      const layer = argsBytes[rows[i]];
      if (layer > 0) this.#write(json, this.#layers[layer - 1], argsFrom[rows[i]]);
      from[i + 1] = json.length;
    }
    return { bytes: json.bytes, from };
  }

  #write(json: ByteBuffer, { columns }: ArgLayer, row: number): void {
    json.byte(OPEN);
    const first = json.length;
    for (const column of columns) {
      const value = column.at(row);
      if (Number.isNaN(value)) continue;
      if (json.length > first) json.byte(COMMA);
      json.append(column.key);
      json.byte(COLON);
      this.#writeValue(json, column.kind, value);
    }
    json.byte(CLOSE);
  }

  #writeValue(json: ByteBuffer, kind: ValueKind, value: number): void {
    switch (kind) {
      case 'number':
        json.ascii(Number.isFinite(value) ? String(value) : `"${value}"`);
        return;
      case 'text':
        this.#writeText(json, value);
        return;
      case 'list':
        json.text(
          JSON.stringify(
            this.listAt(value)
              .map((id) => this.#strings.get(id))
              .join(';\r\n'),
          ),
        );
    }
  }

  #writeText(json: ByteBuffer, id: number): void {
    const bytes = this.#strings.utf8(id);
    if (!isPlain(bytes)) {
      json.text(JSON.stringify(this.#strings.get(id)));
      return;
    }
    json.byte(QUOTE);
    json.append(bytes);
    json.byte(QUOTE);
  }
}

/** Whether text stands for itself between the quotes of JSON. */
function isPlain(bytes: Uint8Array): boolean {
  for (const c of bytes) if (c < 0x20 || c > 0x7e || c === QUOTE || c === 0x5c) return false;
  return true;
}
