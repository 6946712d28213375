import { skipSpace, skipString, skipWord, ValueSkipper } from './json-skip.ts';

const skipper = new ValueSkipper();

/**
 * Visits the members of a JSON object that was scanned before and is known to be complete. Ranges are positions in
 * `b`: the key without quotes, the value with them.
 */
export function walkObject(
  b: Uint8Array,
  from: number,
  visit: (keyFrom: number, keyTo: number, valueFrom: number, valueTo: number) => void,
): void {
  const limit = b.length;
  let p = skipSpace(b, from + 1);
  while (b[p] === 0x22) {
    const keyFrom = p + 1;
    const keyTo = skipString(b, p, limit) - 1;
    const valueFrom = skipSpace(b, skipSpace(b, keyTo + 1) + 1);
    const c = b[valueFrom];
    const valueTo =
      c === 0x7b || c === 0x5b
        ? skipper.skip(b, valueFrom, limit)
        : c === 0x22
          ? skipString(b, valueFrom, limit)
          : skipWord(b, valueFrom, limit);
    if (valueTo < 0) return;
    visit(keyFrom, keyTo, valueFrom, valueTo);
    p = skipSpace(b, valueTo);
    if (b[p] === 0x2c) p = skipSpace(b, p + 1);
  }
}
