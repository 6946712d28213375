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

/** The columns are views of the bytes, which have to be those of a whole answer. */
export function decodeAnswer(bytes: ArrayBuffer): Answer {
  const headBytes = new DataView(bytes).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, headBytes))) as Head;
  const columns: Record<string, AnswerColumn> = {};
  let at = aligned(4 + headBytes);
  for (const { name, type, length } of head.columns) {
    const column = new TYPES[type](bytes, at, length);
    columns[name] = column;
    at = aligned(at + column.byteLength);
  }
  return { json: head.json, columns };
}

function typeOf(column: AnswerColumn): TypeName {
  const found = Object.entries(TYPES).find(([, type]) => column instanceof type);
  if (found === undefined) throw new TypeError('no such type of column');
  return found[0] as TypeName;
}
