import { expect, test } from 'vitest';
import { chipName } from '../../src/analysis/index.ts';

test('a code of the profiler has the name of its family, and one that is not known has none', () => {
  expect(chipName('5')).toBe('V4_1_0');
  for (const code of ['6', '', 'constructor']) expect(chipName(code)).toBeUndefined();
});
