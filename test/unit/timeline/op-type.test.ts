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

test('a name that is made to take long does not', () => {
  const name = `${'1'.repeat(200_000)}a`;
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
