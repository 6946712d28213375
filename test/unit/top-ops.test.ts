// Where the device's time goes, by what op tables know about ops.
import { expect, test } from 'vitest';
import { topOps } from '../../src/analysis/index.ts';
import { readText } from '../support/reading.ts';
import { runOf } from '../support/runs.ts';

const TABLE = [
  'Op Name,OP Type,Task Type,Task Start Time(us),Task Duration(us),Stream ID,Task ID,Input Shapes',
  'layer1,MatMul,AI_CORE,100,30,2,1,"""7,8;8,9"""',
  'layer2,MatMul,AI_CORE,200,20,2,2,"""7,8;8,9"""',
  'layer3,MatMul,AI_CORE,300,10,2,3,"""1,8;8,9"""',
  'add,Add,AI_VECTOR_CORE,400,40,2,4,"""7,9"""',
  'EVENT_WAIT,N/A,EVENT_WAIT,500,900,2,5,N/A',
  '',
].join('\n');

test.each([
  ['name', ['add 1', 'layer1 1', 'layer2 1', 'layer3 1']],
  ['type', ['MatMul 3', 'Add 1']],
  ['shape', ['MatMul 7,8;8,9 2', 'Add 7,9 1', 'MatMul 1,8;8,9 1']],
  ['core', ['AI_CORE 3', 'AI_VECTOR_CORE 1']],
] as const)('by %s', async (by, expected) => {
  const { timeline } = await readText('ascend-op-csv', TABLE);
  const ops = topOps(runOf(timeline), 10, by);
  expect(ops.map(({ name, count }) => `${name} ${count}`)).toEqual(expected);
  expect(ops.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
});
