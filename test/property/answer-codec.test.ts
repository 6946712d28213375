// Answers as bytes: what is put in comes out, and nothing comes out of damaged bytes but an error.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAnswer, encodeAnswer } from '../../src/session/requests/codec.ts';

const column = fc.oneof(
  fc.uint8Array({ maxLength: 20 }),
  fc.uint32Array({ maxLength: 20 }),
  fc.int32Array({ maxLength: 20 }),
  fc.float32Array({ maxLength: 20 }),
  fc.float64Array({ maxLength: 20 }),
);
const answer = fc.record({
  json: fc.jsonValue(),
  columns: fc.dictionary(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant('__proto__')), column, { maxKeys: 6 }),
});
const SEED = 20261121;

describe('an answer', () => {
  it('comes out of its bytes as it went in, with any columns', () => {
    fc.assert(
      fc.property(answer, ({ json, columns }) => {
        const { buffer } = encodeAnswer({ json, columns });
        const decoded = decodeAnswer(buffer);
        expect(decoded.json).toEqual(JSON.parse(JSON.stringify(json)));
        expect(Object.entries(decoded.columns)).toEqual(Object.entries(columns));
      }),
      { seed: SEED },
    );
  });

  it('takes parts of larger columns for what they are', () => {
    const whole = Float64Array.of(1, 2, 3, 4);
    const { columns } = decodeAnswer(encodeAnswer({ json: null, columns: { part: whole.subarray(1, 3) } }).buffer);
    expect(columns.part).toEqual(Float64Array.of(2, 3));
  });

  it('is refused when it was cut', () => {
    fc.assert(
      fc.property(answer, fc.nat(), (whole, at) => {
        const bytes = encodeAnswer(whole);
        const cut = bytes.buffer.slice(0, at % bytes.length);
        expect(() => decodeAnswer(cut)).toThrow(RangeError);
      }),
      { seed: SEED },
    );
  });

  it('is decoded or refused, whatever byte was changed', () => {
    let refused = 0;
    fc.assert(
      fc.property(answer, fc.nat(), fc.nat(255), (whole, at, byte) => {
        const bytes = encodeAnswer(whole);
        bytes[at % bytes.length] = byte;
        try {
          decodeAnswer(bytes.buffer);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
          refused++;
        }
      }),
      { seed: SEED, numRuns: 500 },
    );
    expect(refused).toBeGreaterThan(50);
  });

  it.each([
    ['nothing', ''],
    ['no object', 'null'],
    ['no columns', '{"json":1}'],
    ['a type that there is not', '{"json":1,"columns":[{"name":"a","type":"__proto__","length":0}]}'],
    ['a length below zero', '{"json":1,"columns":[{"name":"a","type":"u8","length":-8}]}'],
    ['a length beyond the bytes', '{"json":1,"columns":[{"name":"a","type":"f64","length":1e9}]}'],
  ])('is refused where its head says %s', (_, head) => {
    const bytes = new Uint8Array(Math.ceil((4 + head.length) / 8) * 8);
    new DataView(bytes.buffer).setUint32(0, head.length, true);
    bytes.set(new TextEncoder().encode(head), 4);
    expect(() => decodeAnswer(bytes.buffer)).toThrow(/^not the bytes of an answer: /);
  });
});
