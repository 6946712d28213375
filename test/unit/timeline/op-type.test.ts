// Types of ops from their names, for inputs that do not tell them.
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { opTypeOfName } from '../../../src/timeline/index.ts';
import { noticeWhenAbsent, readSample, samplesLike } from '../../support/samples.ts';

noticeWhenAbsent('types and names of real op tables');

test.each([
  ['aclnnMatmul_MatMulV3Common_MatMulV3', 'MatMulV3'],
  ['trans_TransData_12', 'TransData'],
  ['Conv2D1', 'Conv2D'],
  ['Conv2DBackpropFilter6_MemSet', 'MemSet'],
  ['hcom_allReduce__586_0_1', 'hcom_allReduce_'],
  ['Default/network/MatMul12', 'MatMul'],
  ['PagedAttentionOperation_PagedAttentionMaskNdKernel', 'PagedAttentionMaskNdKernel'],
  ['MatMulV3', 'MatMulV3'],
  ['MaxPoolWithArgmaxV12', 'MaxPoolWithArgmaxV1'],
  ['MatMulV3_12', 'MatMulV3'],
  ['atomic_memset-1_166_2208226_16_0', 'atomic_memset'],
  ['42', '42'],
  ['', ''],
])('%s is a %s', (name, type) => {
  expect(opTypeOfName(name)).toBe(type);
});

test.each([
  ['/model/layers.0/self_attn/MatMul_3', 'MatMul'],
  ['Default/network/trans_TransData_12', 'TransData'],
  ['bert/encoder/add:0', 'add'],
  ['StatelessDropOutGenMask23/DSASTATELESSGENBITMASK', 'DSASTATELESSGENBITMASK'],
  ['模型/层/加法_7', '加法'],
])('of the module path %s the last word tells it', (name, type) => {
  expect(opTypeOfName(name)).toBe(type);
});

test.each([
  '=HYPERLINK("http://evil/","click")',
  '=HYPERLINK("http://evil/x"',
  '@SUM(1/2)',
  '=1+1',
  '-2/3',
  '<img src=a/b onerror=1>',
  '</script>',
  "it's a/b 12",
  '`a/b/c1',
  'void at::native::kernel<float, 4>(int*, a/b)',
  'kernel<unsigned int, 12',
  'aclnn("a_b',
  'copy 1/2',
  'Torch-Compiled Region: 0/0',
  'torch/_ops.py(447): __call__',
  'a//b',
  'a/',
  '/',
  '//',
])('what is no path and no word is its own type: %s', (name) => {
  expect(opTypeOfName(name)).toBe(name);
});

test.each([
  `${'1'.repeat(200_000)}a`,
  `${'Operation_'.repeat(20_000)}!`,
  `${'a/'.repeat(100_000)}`,
  `${'aclnn_'.repeat(30_000)}!`,
])('a name that is made to take long does not', (name) => {
  expect(opTypeOfName(name)).toBe(name);
});

const tables = samplesLike(
  /(torch_npu-ddp\/level1|torch_npu-llm-pp2|msprof-2026).*\/(kernel_details|op_summary_\d+)\.csv$/,
);

describe('the type that a table tells is the one its name says', () => {
  test.each(tables)('in %s', (path) => {
    const rows: Record<string, string>[] = parse(readSample(path), { columns: true, trim: true, bom: true });
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(opTypeOfName(row.Name ?? row['Op Name'])).toBe(row.Type ?? row['OP Type']);
  });
});
