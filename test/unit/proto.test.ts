import fc from 'fast-check';
import protobuf from 'protobufjs';
import { describe, expect, test } from 'vitest';
import { ByteBuffer } from '../../src/bytes/byte-buffer.ts';
import {
  closeLength,
  putBigVarint,
  putDouble,
  putFixed64,
  putInt64,
  putVarint,
  varintBytes,
} from '../../src/bytes/proto.ts';

type Put = (bytes: Uint8Array, at: number) => number;

function readerOf(put: Put): { reader: protobuf.Reader; length: number } {
  const bytes = new Uint8Array(16);
  const length = put(bytes, 0);
  return { reader: protobuf.Reader.create(bytes.subarray(0, length)), length };
}

const integer = fc.maxSafeInteger();
const natural = fc.maxSafeNat();

describe('numbers, read back by protobufjs', () => {
  test.each([0, 1, 127, 128, 2 ** 28 - 1, 2 ** 28, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1])(
    'varint %d',
    (value) => {
      const { reader, length } = readerOf((bytes, at) => putVarint(bytes, at, value));
      expect(String(reader.uint64())).toBe(String(value));
      expect(length).toBe(varintBytes(value));
    },
  );

  test('any integer as varint, int64, fixed64 and any number as double', () => {
    fc.assert(
      fc.property(natural, integer, fc.double(), (size, value, number) => {
        expect(String(readerOf((bytes, at) => putVarint(bytes, at, size)).reader.uint64())).toBe(String(size));
        expect(String(readerOf((bytes, at) => putInt64(bytes, at, value)).reader.int64())).toBe(String(value));
        expect(String(readerOf((bytes, at) => putFixed64(bytes, at, size)).reader.fixed64())).toBe(String(size));
        expect(readerOf((bytes, at) => putDouble(bytes, at, number)).reader.double()).toBe(number);
      }),
    );
  });

  test('the ends of int64 and uint64', () => {
    for (const value of [-(2n ** 63n), 2n ** 63n - 1n]) {
      expect(String(readerOf((bytes, at) => putBigVarint(bytes, at, value)).reader.int64())).toBe(String(value));
    }
    const largest = 2n ** 64n - 1n;
    expect(String(readerOf((bytes, at) => putBigVarint(bytes, at, largest)).reader.uint64())).toBe(String(largest));
  });
});

describe('a length filled in behind its content', () => {
  test.each([
    [0, 1],
    [127, 1],
    [128, 1],
    [16384, 1],
    [5, 2],
    [127, 2],
    [16383, 2],
    [16384, 2],
    [3_000_000, 2],
  ])('of %d bytes, %d reserved', (size, reserved) => {
    const buffer = new ByteBuffer(8);
    buffer.byte(0xee);
    const lengthAt = buffer.length;
    buffer.append(new Uint8Array(reserved));
    const content = Uint8Array.from({ length: size }, (_, i) => i * 7);
    buffer.append(content);
    closeLength(buffer, lengthAt, reserved);
    const reader = protobuf.Reader.create(buffer.view());
    reader.pos = 1;
    expect(Buffer.compare(reader.bytes(), content)).toBe(0);
    expect(reader.pos).toBe(buffer.length);
  });
});
