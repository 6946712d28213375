import { JsonMembers } from '../bytes/index.ts';
import { ByteBuffer } from '../bytes/byte-buffer.ts';
import { type ArgsBlock, type ArgsColumns, type ArgsStore, NONE, type SliceColumns, type Timeline } from './model.ts';

type ArgsPlaces = Pick<ArgsColumns, 'argsFrom' | 'argsBytes'>;

/** Args of described slices have addresses from here on, where no file reaches. */
const JOINED_FROM = 2 ** 52;

/** Args of a timeline, and with those of a slice that an op table describes what the table says. */
export class JoinedArgs implements ArgsStore {
  /** Where the slices' args stand in this store. */
  readonly argsFrom: Float64Array;
  /** Of both together. */
  readonly argsBytes: Uint32Array;
  readonly #below: { readonly store: ArgsStore; readonly slices: SliceColumns };
  readonly #above: { readonly store: ArgsStore; readonly slices: SliceColumns };
  /** By slice of the timeline: the slice of the ops that describes it, or NONE. */
  readonly #rowOf: Int32Array;

  constructor(timeline: Timeline, ops: Timeline, rowOf: Int32Array) {
    this.#below = { store: timeline.args, slices: timeline.slices };
    this.#above = { store: ops.args, slices: ops.slices };
    this.#rowOf = rowOf;
    this.argsFrom = timeline.slices.argsFrom.slice();
    this.argsBytes = timeline.slices.argsBytes.slice();
    rowOf.forEach((row, slice) => {
      if (row === NONE) return;
      this.argsFrom[slice] = JOINED_FROM + slice;
      this.argsBytes[slice] += ops.slices.argsBytes[row];
    });
  }

  async block(columns: ArgsPlaces, rows: ArrayLike<number>, spare?: Uint8Array): Promise<ArgsBlock> {
    const below = new Places(rows.length);
    const above = new Places(rows.length);
    for (let i = 0; i < rows.length; i++) {
      const address = columns.argsFrom[rows[i]];
      const slice = address - JOINED_FROM;
      // The store below may have joined args too, so it may be its address.
      const row = slice < 0 ? NONE : this.#rowOf[slice];
      if (row === NONE) below.set(i, address, columns.argsBytes[rows[i]]);
      else {
        below.copy(i, this.#below.slices, slice);
        above.copy(i, this.#above.slices, row);
      }
    }
    const own = await this.#below.store.block(below, below.rows);
    const added = await this.#above.store.block(above, above.rows);
    return merge(own, added, rows.length, spare);
  }
}

class Places implements ArgsPlaces {
  readonly argsFrom: Float64Array;
  readonly argsBytes: Uint32Array;
  readonly rows: Uint32Array;

  constructor(length: number) {
    this.argsFrom = new Float64Array(length);
    this.argsBytes = new Uint32Array(length);
    this.rows = new Uint32Array(length).map((_, i) => i);
  }

  set(i: number, address: number, sizeBytes: number): void {
    this.argsFrom[i] = address;
    this.argsBytes[i] = sizeBytes;
  }

  copy(i: number, { argsFrom, argsBytes }: ArgsPlaces, row: number): void {
    this.set(i, argsFrom[row], argsBytes[row]);
  }
}

function merge(own: ArgsBlock, added: ArgsBlock, length: number, spare: Uint8Array | undefined): ArgsBlock {
  const out = new ByteBuffer(spare === undefined ? own.from[length] + added.from[length] : 0);
  if (spare !== undefined) out.bytes = spare;
  const from = new Uint32Array(length + 1);
  const merger = new ObjectMerger(out);
  for (let i = 0; i < length; i++) {
    merger.write(own.bytes, own.from[i], own.from[i + 1], added.bytes, added.from[i], added.from[i + 1]);
    from[i + 1] = out.length;
  }
  return { bytes: out.bytes, from };
}

const [COMMA, OPEN, CLOSE, QUOTE, COLON] = [0x2c, 0x7b, 0x7d, 0x22, 0x3a];
/** What is added to a key that both have, with different values. */
const OTHER_KEY = new TextEncoder().encode(' (op table)');

/** Puts the members of two JSON objects into one. What both say alike, in whatever case, stands there once. */
class ObjectMerger {
  readonly #out: ByteBuffer;
  readonly #own = new JsonMembers();
  readonly #added = new JsonMembers();

  constructor(out: ByteBuffer) {
    this.#out = out;
  }

  write(a: Uint8Array, aFrom: number, aTo: number, b: Uint8Array, bFrom: number, bTo: number): void {
    const own = this.#own;
    const added = this.#added;
    if (bFrom === bTo || !added.find(b, bFrom, bTo)) this.#out.append(a, aFrom, aTo);
    else if (aFrom === aTo || !own.find(a, aFrom, aTo)) this.#out.append(b, bFrom, bTo);
    else this.#writeBoth(a, b);
  }

  /** Members that stay as they are stand side by side in the file, so they are copied together. */
  #writeBoth(a: Uint8Array, b: Uint8Array): void {
    const own = this.#own;
    const added = this.#added;
    const out = this.#out;
    out.byte(OPEN);
    if (own.count > 0) this.#append(a, own.keyFrom[0] - 1, own.valueTo[own.count - 1]);
    let first = 0;
    for (let m = 0; m < added.count; m++) {
      const same = this.#sameKey(a, b, m);
      if (same === NONE) continue;
      if (first < m) this.#append(b, added.keyFrom[first] - 1, added.valueTo[m - 1]);
      first = m + 1;
      const [from, to] = [added.valueFrom[m], added.valueTo[m]];
      if (sameValue(a, own.valueFrom[same], own.valueTo[same], b, from, to)) continue;
      this.#append(b, added.keyFrom[m] - 1, added.keyTo[m]);
      out.append(OTHER_KEY);
      out.byte(QUOTE);
      out.byte(COLON);
      out.append(b, from, to);
    }
    if (first < added.count) this.#append(b, added.keyFrom[first] - 1, added.valueTo[added.count - 1]);
    out.byte(CLOSE);
  }

  /** Behind what stands there. */
  #append(b: Uint8Array, from: number, to: number): void {
    if (this.#out.bytes[this.#out.length - 1] !== OPEN) this.#out.byte(COMMA);
    this.#out.append(b, from, to);
  }

  #sameKey(a: Uint8Array, b: Uint8Array, member: number): number {
    const own = this.#own;
    const from = this.#added.keyFrom[member];
    const length = this.#added.keyTo[member] - from;
    for (let m = 0; m < own.count; m++) {
      if (own.keyTo[m] - own.keyFrom[m] === length && sameLetters(a, own.keyFrom[m], b, from, length)) return m;
    }
    return NONE;
  }
}

/** Equal but for the case of ASCII letters. */
function sameLetters(a: Uint8Array, aFrom: number, b: Uint8Array, bFrom: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (lower(a[aFrom + i]) !== lower(b[bFrom + i])) return false;
  return true;
}

function lower(c: number): number {
  return c >= 0x41 && c <= 0x5a ? c | 0x20 : c;
}

/** `5` and `"5"` say the same. */
function sameValue(a: Uint8Array, aFrom: number, aTo: number, b: Uint8Array, bFrom: number, bTo: number): boolean {
  if (a[aFrom] === QUOTE) {
    aFrom++;
    aTo--;
  }
  if (b[bFrom] === QUOTE) {
    bFrom++;
    bTo--;
  }
  if (aTo - aFrom !== bTo - bFrom) return false;
  for (let i = 0; i < aTo - aFrom; i++) if (a[aFrom + i] !== b[bFrom + i]) return false;
  return true;
}
