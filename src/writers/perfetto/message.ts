import protobuf from 'protobufjs/minimal.js';

type Scalar = 'bool' | 'int32' | 'uint32' | 'uint64' | 'string';
type Field =
  | readonly [number: number, type: Scalar | Schema]
  | readonly [number: number, type: Scalar | Schema, repeated: 'repeated'];

/** A protobuf message type as data: field numbers and types by name. */
export type Schema = Readonly<Record<string, Field>>;

interface ScalarValues {
  bool: boolean;
  int32: number;
  uint32: number;
  uint64: number | bigint;
  string: string;
}

type Value<T> = T extends Scalar ? ScalarValues[T] : T extends Schema ? Message<T> : never;

/** The values a schema allows; every field may be absent. */
export type Message<S extends Schema> = {
  readonly [F in keyof S]?: S[F] extends readonly [number, infer T, 'repeated']
    ? readonly Value<T>[]
    : S[F] extends readonly [number, infer T]
      ? Value<T>
      : never;
};

/** The message's bytes with its length in front, as one more field `fieldNumber` of a message around it. */
export function encodeField<S extends Schema>(fieldNumber: number, schema: S, message: Message<S>): Uint8Array {
  const writer = protobuf.Writer.create();
  writeField(writer, fieldNumber, schema, message);
  return writer.finish();
}

function writeFields(writer: protobuf.Writer, schema: Schema, message: Record<string, unknown>): void {
  for (const [name, [number, type, repeated]] of Object.entries(schema)) {
    const value = message[name];
    if (value === undefined) continue;
    if (repeated && Array.isArray(value)) for (const each of value) writeField(writer, number, type, each);
    else writeField(writer, number, type, value);
  }
}

const VARINT = 0;
const LENGTH_DELIMITED = 2;

function writeField(writer: protobuf.Writer, number: number, type: Scalar | Schema, value: unknown): void {
  const tag = (wireType: number) => writer.uint32(((number << 3) | wireType) >>> 0);
  if (typeof value === 'string') {
    tag(LENGTH_DELIMITED).string(value);
  } else if (typeof value === 'boolean') {
    tag(VARINT).bool(value);
  } else if (typeof value === 'bigint') {
    tag(VARINT).uint64(String(value));
  } else if (typeof value === 'number') {
    tag(VARINT).int64(value);
  } else if (typeof type === 'object' && typeof value === 'object' && value !== null) {
    tag(LENGTH_DELIMITED).fork();
    writeFields(writer, type, { ...value });
    writer.ldelim();
  } else {
    throw new TypeError(`no such value in field ${number}: ${String(value)}`);
  }
}
