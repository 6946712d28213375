import { decimalValue } from '../bytes/args-scanner.ts';
import { ByteBuffer } from '../bytes/byte-buffer.ts';
import { ByteInterner, hashBytes } from '../bytes/interner.ts';
import { appendUnescaped } from '../bytes/json-text.ts';
import { type JsonVisitor, JsonWalker } from '../bytes/json-walk.ts';
import { type ArgsColumns, type ArgsStore, NONE } from './model.ts';
import { StringTable } from './strings.ts';

export interface ArgKey {
  readonly key: string;
  readonly kind: 'number' | 'text';
}

/**
 * What one key of the args says of some rows, in the order in which they were asked for. number: NaN where it says
 * nothing or no number; a number in quotes is one. text: ids, NONE where it says nothing or null; numbers, objects and the
 * like are text as they stand in the file.
 */
export type ArgColumn = { readonly key: string } & (
  | { readonly kind: 'number'; readonly values: Float64Array }
  | { readonly kind: 'text'; readonly values: Int32Array; readonly strings: StringTable }
);

type ArgsPlaces = Pick<ArgsColumns, 'argsFrom' | 'argsBytes'>;

/** Args are read in the order of the file, so many bytes at a time. */
const BATCH_BYTES = 4 << 20;

/**
 * Members of the args as columns, which the reader made no typed columns of: hardware counters of ops, say. One pass over
 * the bytes finds all keys, at the top level of the args; of a key that stands there twice the last counts.
 */
export async function argColumns(
  store: ArgsStore,
  places: ArgsPlaces,
  rows: ArrayLike<number>,
  keys: readonly ArgKey[],
): Promise<ArgColumn[]> {
  const columns = new ColumnsOfArgs(keys, rows.length);
  const order = fileOrder(places, rows);
  for (let at = 0; at < order.length;) {
    const end = batchEnd(order, at, places, rows);
    const indexes = order.subarray(at, end);
    const batch = indexes.map((index) => rows[index]);
    const { bytes, from } = await store.block(places, batch);
    indexes.forEach((index, i) => columns.read(index, bytes, from[i], from[i + 1]));
    at = end;
  }
  return columns.columns;
}

/** Indexes of the rows that have args, by where these stand. */
function fileOrder({ argsFrom, argsBytes }: ArgsPlaces, rows: ArrayLike<number>): Uint32Array {
  const order = Uint32Array.from({ length: rows.length }, (_, index) => index).filter(
    (index) => argsBytes[rows[index]] > 0,
  );
  const isSorted = order.every((index, i) => i === 0 || argsFrom[rows[order[i - 1]]] <= argsFrom[rows[index]]);
  return isSorted ? order : order.sort((a, b) => argsFrom[rows[a]] - argsFrom[rows[b]]);
}

function batchEnd(order: Uint32Array, from: number, { argsBytes }: ArgsPlaces, rows: ArrayLike<number>): number {
  let sizeBytes = 0;
  let end = from;
  while (end < order.length && sizeBytes < BATCH_BYTES) sizeBytes += argsBytes[rows[order[end++]]];
  return end;
}

/** Only the members of the args themselves are looked into. */
const TOP_LEVEL = 1;
const NULL = new TextEncoder().encode('null');

/** Takes args apart and puts what the wanted keys say into their columns. */
class ColumnsOfArgs implements JsonVisitor {
  readonly columns: ArgColumn[];
  readonly #keys: readonly Uint8Array[];
  readonly #texts: readonly ByteInterner[];
  readonly #walker = new JsonWalker(TOP_LEVEL);
  readonly #unescaped = new ByteBuffer();
  #bytes: Uint8Array = new Uint8Array(0);
  #index = 0;
  /** The column whose value comes next; NONE where nobody wants it. */
  #wanted = NONE;

  constructor(keys: readonly ArgKey[], length: number) {
    this.#keys = keys.map(({ key }) => new TextEncoder().encode(key));
    this.#texts = keys.map(() => new ByteInterner());
    this.columns = keys.map(({ key, kind }, column) =>
      kind === 'number'
        ? { key, kind, values: new Float64Array(length).fill(Number.NaN) }
        : { key, kind, values: new Int32Array(length).fill(NONE), strings: new StringTable(this.#texts[column]) },
    );
  }

  /** The args in bytes[from, to) are those of the row with this index. */
  read(index: number, bytes: Uint8Array, from: number, to: number): void {
    this.#index = index;
    this.#bytes = bytes;
    this.#walker.walk(bytes, from, to, this);
  }

  key(from: number, to: number, plain: boolean): void {
    this.#wanted = plain ? this.#find(this.#bytes, from, to) : this.#findUnescaped(from, to);
  }

  text(from: number, to: number, plain: boolean): void {
    if (this.#wanted === NONE) return;
    if (plain) return this.#set(this.#bytes, from, to);
    this.#unescape(from, to);
    this.#set(this.#unescaped.bytes, 0, this.#unescaped.length);
  }

  word(from: number, to: number): void {
    if (this.#wanted === NONE) return;
    const column = this.columns[this.#wanted];
    const isNull = column.kind === 'text' && equalBytes(NULL, this.#bytes, from, to);
    if (isNull) column.values[this.#index] = NONE;
    else this.#set(this.#bytes, from, to);
  }

  tooDeep(from: number, to: number): void {
    if (this.#wanted !== NONE) this.#set(this.#bytes, from, to);
  }

  open(): void {
    // The args themselves: everything deeper is told as a whole.
  }

  close(): void {
    // The end of the args.
  }

  #set(bytes: Uint8Array, from: number, to: number): void {
    const column = this.columns[this.#wanted];
    column.values[this.#index] =
      column.kind === 'number'
        ? decimalValue(bytes, from, to)
        : this.#texts[this.#wanted].add(bytes, from, to, hashBytes(bytes, from, to));
  }

  #find(bytes: Uint8Array, from: number, to: number): number {
    for (let key = 0; key < this.#keys.length; key++) if (equalBytes(this.#keys[key], bytes, from, to)) return key;
    return NONE;
  }

  #findUnescaped(from: number, to: number): number {
    this.#unescape(from, to);
    return this.#find(this.#unescaped.bytes, 0, this.#unescaped.length);
  }

  #unescape(from: number, to: number): void {
    this.#unescaped.length = 0;
    appendUnescaped(this.#unescaped, this.#bytes, from, to);
  }
}

function equalBytes(expected: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (expected.length !== to - from) return false;
  for (let i = 0; i < expected.length; i++) if (expected[i] !== bytes[from + i]) return false;
  return true;
}
