import { describe, expect, test } from 'vitest';
import { ByteInterner, hashBytes } from '../../../src/bytes/index.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (interner: ByteInterner, id: number): string => new TextDecoder().decode(interner.bytesOf(id));
const addBytes = (interner: ByteInterner, bytes: Uint8Array): number =>
  interner.add(bytes, 0, bytes.length, hashBytes(bytes, 0, bytes.length));

describe('a byte interner', () => {
  test('numbers distinct strings in the order they come and gives the same number again', () => {
    const interner = new ByteInterner();
    expect(['a', 'b', '', 'a', ''].map((text) => interner.addText(text))).toEqual([0, 1, 2, 0, 2]);
    expect(interner.size).toBe(3);
  });

  test('takes a part of a buffer and does not keep the buffer', () => {
    const interner = new ByteInterner();
    const buffer = bytesOf('xxMatMulyy');
    const id = interner.add(buffer, 2, 8, hashBytes(buffer, 2, 8));
    buffer.fill(0);
    expect(textOf(interner, id)).toBe('MatMul');
    expect(interner.addText('MatMul')).toBe(id);
  });

  test.each([
    ['costarring', 'liquid'],
    ['declinate', 'macallums'],
    ['altarage', 'zinke'],
  ])('tells %s from %s, which have the same hash', (a, b) => {
    expect(hashBytes(bytesOf(a), 0, a.length)).toBe(hashBytes(bytesOf(b), 0, b.length));
    const interner = new ByteInterner();
    const ids = [a, b, a, b].map((text) => interner.addText(text));
    expect(ids).toEqual([0, 1, 0, 1]);
    expect([textOf(interner, 0), textOf(interner, 1)]).toEqual([a, b]);
  });

  test('keeps its strings through growth', () => {
    const interner = new ByteInterner();
    const count = 200_000;
    for (let i = 0; i < count; i++) interner.addText(`op_${i}`);
    expect(interner.size).toBe(count);
    for (let i = 0; i < count; i += 997) {
      expect(textOf(interner, i)).toBe(`op_${i}`);
      expect(interner.addText(`op_${i}`)).toBe(i);
    }
  });

  test('holds strings longer than all before together', () => {
    const interner = new ByteInterner();
    const long = 'é'.repeat(100_000);
    const id = interner.addText(long);
    expect(textOf(interner, interner.addText('short'))).toBe('short');
    expect(textOf(interner, id)).toBe(long);
  });

  test('repairs what is no UTF-8 and counts it', () => {
    const interner = new ByteInterner();
    const broken = addBytes(interner, Uint8Array.from([0x61, 0xff, 0x62]));
    expect(textOf(interner, broken)).toBe('a\ufffdb');
    expect(interner.repairedCount).toBe(1);
    expect(addBytes(interner, Uint8Array.from([0x61, 0xff, 0x62]))).toBe(broken);
    expect(interner.addText('a\ufffdb')).toBe(broken);
  });

  test.each([
    ['an overlong slash', [0xc0, 0xaf]],
    ['half a surrogate', [0xed, 0xa0, 0x80]],
    ['a cut character', [0xe4, 0xb8]],
  ])('knows %s for no UTF-8', (_, bytes) => {
    const interner = new ByteInterner();
    addBytes(interner, Uint8Array.from(bytes));
    expect(interner.repairedCount).toBe(1);
  });

  test('leaves a byte order mark inside text where it is', () => {
    const interner = new ByteInterner();
    const id = interner.addText('\ufeffname');
    expect([...interner.bytesOf(id)]).toEqual([...bytesOf('\ufeffname')]);
    expect(interner.repairedCount).toBe(0);
  });

  test.each([-1, 1, 2 ** 31])('has no string %i in a table of one', (id) => {
    const interner = new ByteInterner();
    interner.addText('only');
    expect(() => interner.bytesOf(id)).toThrow(RangeError);
  });
});
