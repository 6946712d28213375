import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDecimals, MicrosScanner, microsToNs, parseDecimal } from '../../../src/bytes/index.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** `start +duration`, both in ns; what cannot be read is `bad`. */
function scanned(time: string, duration: string): string {
  const scanner = new MicrosScanner();
  const [t, d] = [bytesOf(`x${time}x`), bytesOf(`x${duration}x`)];
  if (!scanner.scanTime(t, 1, t.length - 1)) return 'bad';
  const startNs = BigInt(scanner.micros) * 1000n + BigInt(scanner.nanos);
  return scanner.scanDuration(d, 1, d.length - 1) ? `${startNs} +${scanner.durNs}` : `${startNs} +bad`;
}

describe('microseconds in cells', () => {
  test.each([
    ['1736408883704643.212', '53.741', '1736408883704643212 +53741'],
    ['1736408883704643.2', '0', '1736408883704643200 +0'],
    ['1043640017380.831', '82.11', '1043640017380831 +82110'],
    ['5', '0.0005', '5000 +1'],
    ['5.0004', '0.0001', '5000 +1'],
    ['5.00049999', '0.00000001', '5000 +1'],
    ['1.69512E+15', '1e3', '1695120000000000000 +1000000'],
    ['-1.5', '2', '-1500 +2000'],
    ['N/A', '1', 'bad'],
    ['', '1', 'bad'],
    ['12.3x', '1', 'bad'],
    ['99999999999999999999', '1', 'bad'],
    ['1', '-0.001', '1000 +bad'],
    ['1', 'N/A', '1000 +bad'],
  ])('%s for %s are %s ns', (time, duration, expected) => {
    expect(scanned(time, duration)).toBe(expected);
  });

  test.each([
    ['1695120000000000123', '1695120000000000123 +1500'],
    ['0999', '999 +1500'],
    ['86412097929431.139', '86412097929431 +1500'],
    ['86412097929431.5', '86412097929432 +1500'],
    ['12.x', 'bad'],
    ['', 'bad'],
  ])('a time of %s nanoseconds is %s', (time, expected) => {
    const scanner = new MicrosScanner();
    const [t, d] = [bytesOf(time), bytesOf('1.5')];
    const startNs = (): bigint => BigInt(scanner.micros) * 1000n + BigInt(scanner.nanos);
    const isTime = scanner.scanNanos(t, 0, t.length) && scanner.scanDuration(d, 0, d.length);
    expect(isTime ? `${startNs()} +${scanner.durNs}` : 'bad').toBe(expected);
  });

  test('start and end are each what exact decimals, rounded half up, give', () => {
    const digits = (most: number) => fc.stringMatching(new RegExp(`^[0-9]{0,${most}}$`));
    const decimal = (whole: number, places: number) =>
      fc.tuple(digits(whole), digits(places)).map(([a, b]) => `${a || '0'}${b && `.${b}`}`);
    fc.assert(
      fc.property(decimal(15, 6), decimal(8, 7), (time, duration) => {
        const [start, dur] = [parseDecimal(time)!, parseDecimal(duration)!];
        const startNs = microsToNs(start).ns;
        const endNs = microsToNs(addDecimals(start, dur)).ns;
        expect(scanned(time, duration)).toBe(`${startNs} +${endNs - startNs}`);
      }),
      { numRuns: 2000, seed: 3 },
    );
  });
});
