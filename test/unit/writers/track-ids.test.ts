import { expect, test } from 'vitest';
import { smallIds } from '../../../src/writers/track-ids.ts';

test('an id that every consumer takes is kept, the rest get what is free', () => {
  expect(smallIds(['7', '2147483647', '3'])).toEqual([7, 2147483647, 3]);
  expect(smallIds(['2147483648', '18446744073709551615', '-1', '0', '007', '1.5', 'Stream', ''])).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8,
  ]);
});

test('a kept id wins over an earlier made-up one, and a second claim gets another', () => {
  expect(smallIds(['x', '1', '1', '2', 'y'])).toEqual([3, 1, 4, 2, 5]);
});
