import type { Answer, AnswerColumn } from './protocol.ts';

/**
 * An answer as bytes, little-endian: the length of the head as u32, the head as JSON in UTF-8, then each column at the next
 * multiple of 8 bytes. The head is `{json, columns: [{name, type, length}]}`.
 */
const TYPES = {
  u8: Uint8Array,
  u32: Uint32Array,
  i32: Int32Array,
  f32: Float32Array,
  f64: Float64Array,
} as const;
type TypeName = keyof typeof TYPES;

interface Head {
  readonly json: unknown;
  readonly columns: readonly { readonly name: string; readonly type: TypeName; readonly length: number }[];
}

const ALIGNMENT = 8;
const aligned = (at: number): number => Math.ceil(at / ALIGNMENT) * ALIGNMENT;

export function encodeAnswer({ json, columns }: Answer): Uint8Array<ArrayBuffer> {
  const named = Object.entries(columns);
  const head: Head = {
    json,
    columns: named.map(([name, column]) => ({ name, type: typeOf(column), length: column.length })),
  };
  const headBytes = new TextEncoder().encode(JSON.stringify(head));
  const from = aligned(4 + headBytes.length);
  const sizeBytes = named.reduce((at, [, column]) => aligned(at + column.byteLength), from);
  const bytes = new Uint8Array(sizeBytes);
  new DataView(bytes.buffer).setUint32(0, headBytes.length, true);
  bytes.set(headBytes, 4);
  let at = from;
  for (const [, column] of named) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
    at = aligned(at + column.byteLength);
  }
  return bytes;
}

/** The columns are views of the bytes, which have to be those of a whole answer; anything else is a RangeError. */
export function decodeAnswer(bytes: ArrayBuffer): Answer {
  const { head, from } = headOf(bytes);
  let at = from;
  const columns = head.columns.map(({ name, type, length }) => {
    const sizeBytes = length * TYPES[type].BYTES_PER_ELEMENT;
    if (at + sizeBytes > bytes.byteLength) throw damaged(`column ${name} ends behind the last byte`);
    const column = new TYPES[type](bytes, at, length);
    at = aligned(at + sizeBytes);
    return [name, column] as const;
  });
  if (at !== bytes.byteLength) throw damaged(`expected ${at} bytes, found ${bytes.byteLength}`);
  return { json: head.json, columns: Object.fromEntries<AnswerColumn>(columns) };
}

function headOf(bytes: ArrayBuffer): { readonly head: Head; readonly from: number } {
  const headBytes = bytes.byteLength < 4 ? Number.POSITIVE_INFINITY : new DataView(bytes).getUint32(0, true);
  if (4 + headBytes > bytes.byteLength) throw damaged('the head ends behind the last byte');
  const head = parsed(new Uint8Array(bytes, 4, headBytes));
  if (!isHead(head)) throw damaged('the head does not say what columns there are');
  return { head, from: aligned(4 + headBytes) };
}

function parsed(utf8: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(utf8));
  } catch {
    throw damaged('the head is no JSON');
  }
}

function isHead(head: unknown): head is Head {
  if (typeof head !== 'object' || head === null || !('columns' in head) || !Array.isArray(head.columns)) return false;
  return head.columns.every((column: unknown) => {
    if (typeof column !== 'object' || column === null) return false;
    if (!('name' in column && 'type' in column && 'length' in column)) return false;
    const { name, type, length } = column;
    const isLength = typeof length === 'number' && Number.isSafeInteger(length) && length >= 0;
    return typeof name === 'string' && typeof type === 'string' && Object.hasOwn(TYPES, type) && isLength;
  });
}

function damaged(why: string): RangeError {
  return new RangeError(`not the bytes of an answer: ${why}`);
}

function typeOf(column: AnswerColumn): TypeName {
  const found = Object.entries(TYPES).find(([, type]) => column instanceof type);
  if (found === undefined) throw new TypeError('no such type of column');
  return found[0] as TypeName;
}
