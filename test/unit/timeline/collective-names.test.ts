import { expect, test } from 'vitest';
import { collectiveOfName } from '../../../src/timeline/index.ts';

test.each([
  ['hcom_allReduce__586_0_1', 'hcom_allReduce', '586'],
  ['hcom_broadcast__028_7', 'hcom_broadcast', '028'],
  ['hcom_allReduce_', 'hcom_allReduce', ''],
  ['allgatherAicpuKernel', 'allgatherAicpuKernel', ''],
  ['ncclDevKernel_AllReduce_Sum_f32_RING_LL(args)', 'ncclDevKernel_AllReduce_Sum_f32_RING_LL(args)', ''],
  ['one_number_7', 'one_number', ''],
  ['12', '12', ''],
  ['', '', ''],
])('%s is a %s of the group %s', (name, type, group) => {
  expect(collectiveOfName(name)).toEqual({ type, group });
});

test('a name that is made to take long does not', () => {
  const name = `x${'_'.repeat(200_000)}${'_1'.repeat(100_000)}a`;
  expect(collectiveOfName(name).type).toBe(name);
});
