import { describe, expect, test } from 'vitest';
import { addDecimals, microsToNs, parseDecimal } from '../../../src/bytes/index.ts';

const ns = (micros: string): bigint | undefined => {
  const decimal = parseDecimal(micros);
  return decimal === undefined ? undefined : microsToNs(decimal).ns;
};

describe('decimal microseconds', () => {
  test.each([
    ['1683456789012345.678', 1683456789012345678n],
    ['1683456789012345', 1683456789012345000n],
    ['0', 0n],
    ['-0', 0n],
    ['5.', 5000n],
    ['.5', 500n],
    ['+1.5', 1500n],
    ['1e3', 1_000_000n],
    ['1.25E+1', 12_500n],
    ['1e-05', 0n],
    ['123456789012345678901234567890.5', 123456789012345678901234567890500n],
  ])('%s become %s ns', (text, expected) => {
    expect(ns(text)).toBe(expected);
  });

  test.each([
    ['0.0005', 1n],
    ['0.00049999999999999999999999', 0n],
    ['0.0015', 2n],
    ['-0.0005', 0n],
    ['-0.0006', -1n],
    ['-0.0015', -1n],
    ['-1.0005', -1000n],
  ])('%s rounds half up, towards later, to %s', (text, expected) => {
    expect(ns(text)).toBe(expected);
  });

  test('says when something was rounded', () => {
    expect(microsToNs(parseDecimal('1.0005')!).rounded).toBe(true);
    expect(microsToNs(parseDecimal('1.0010')!).rounded).toBe(false);
    expect(microsToNs(parseDecimal('1e-3')!).rounded).toBe(false);
  });

  test.each(['', '.', '-', 'e5', '1e', '1.2.3', '0x10', 'NaN', 'Infinity', '1 2', '１', '1e999999999', '1e-401'])(
    '%j is none',
    (text) => {
      expect(parseDecimal(text)).toBeUndefined();
    },
  );

  test('are refused when absurdly long, so that hostile digits cost nothing', () => {
    expect(parseDecimal('9'.repeat(1_000_000))).toBeUndefined();
  });

  test('add up without loss whatever their scales', () => {
    const sum = addDecimals(parseDecimal('1683456789012345.678')!, parseDecimal('0.0000000000000001')!);
    expect(sum).toEqual({ digits: 16834567890123456780000000000001n, scale: 16 });
  });
});
