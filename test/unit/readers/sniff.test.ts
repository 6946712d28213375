import { describe, expect, test } from 'vitest';
import { HEAD_BYTES, readers } from '../../../src/readers/index.ts';
import { databaseBytes, stringTable } from '../../support/databases.ts';
import {
  ASCEND_TIMELINES,
  noticeWhenAbsent,
  readSample,
  samplesAbsent,
  samplesLike,
  TORCH_TRACES,
} from '../../support/samples.ts';

noticeWhenAbsent('recognising real captures');

/** The readers that are surest, as `id confidence`. */
function recognised(path: string, head: Uint8Array): string[] {
  const sniffed = [...readers].map((reader) => ({
    id: reader.id,
    ...reader.sniff(path, head.subarray(0, HEAD_BYTES)),
  }));
  const best = Math.max(...sniffed.map(({ confidence }) => confidence));
  return sniffed.filter(({ confidence }) => confidence === best).map(({ id, confidence }) => `${id} ${confidence}`);
}
const recognisedText = (text: string, path = 'trace.json'): string[] =>
  recognised(path, new TextEncoder().encode(text));

const event = '{"name":"a","ph":"X","ts":1,"dur":1}';

describe('a trace of nothing in particular is a Chrome trace', () => {
  test.each([
    ['an array', `[${event}]`],
    ['an object', `{"traceEvents":[${event}]}`],
    ['an object with other members first', `{"version":1,"devices":[{"id":0}],"traceEvents":[${event}]}`],
    ['with a byte order mark', `\ufeff[${event}]`],
    ['with white space', ` \n{ "traceEvents" : [ ${event} ] }`],
    ['cut in its first event', '{"traceEvents":[{"na'],
  ])('%s', (_, text) => {
    expect(recognisedText(text)).toEqual(['chrome-json 2']);
  });
});

describe('one sign of Ascend is enough', () => {
  test.each([
    '{"name":"a","ph":"X","ts":"1787504006851100.001","dur":1}',
    '{"name":"process_name","ph":"M","args":{"name":"Ascend Hardware"}}',
    '{"name":"process_labels","ph":"M","args":{"labels":"NPU 0"}}',
    '{"name":"AscendCL@aclrtMalloc","ph":"X","ts":1,"dur":1}',
    '{"name":"a","ph":"X","ts":1,"dur":1,"args":{"Physic Stream Id":1}}',
  ])('%s', (text) => {
    expect(recognisedText(`[${text}]`)).toEqual(['ascend-msprof-json 3']);
  });

  test.each(['a/msprof_20260823165334.json', 'trace_view.json', 'x/step_trace_0.json'])('or the name %s', (path) => {
    expect(recognisedText(`[${event}]`, path)).toEqual(['ascend-msprof-json 3']);
  });
});

test("an NPU that PyTorch's own profiler recorded is Kineto's", () => {
  const label = '{"name":"process_labels","ph":"M","pid":0,"args":{"labels":"NPU 0"}}';
  const kernel = '{"ph":"X","cat":"kernel","name":"MatMul","pid":0,"tid":2,"ts":1,"dur":1,"args":{"correlation":5}}';
  for (const text of [`{"schemaVersion":1,"traceEvents":[${label},${event}]}`, `[${kernel},${label}]`])
    expect(recognisedText(text)).toEqual(['torch-kineto 3']);
  expect(recognisedText(`[${label},{"ph":"X","cat":"cpu_op","name":"a","ts":1,"dur":1}]`)).toEqual([
    'ascend-msprof-json 3',
  ]);
});

describe('databases', () => {
  const table = (name: string): Uint8Array => databaseBytes({ [name]: { columns: 'id INTEGER', rows: [] } });
  const tables = (...names: string[]): Uint8Array =>
    databaseBytes(Object.fromEntries(names.map((name) => [name, { columns: 'id INTEGER', rows: [] }])));

  test.each([
    ['two tables of a capture', 'x.db', tables('TASK', 'STRING_IDS'), 'ascend-db 3'],
    ['the first values of a capture', 'x.db', databaseBytes({ a: stringTable('HCCS_SW') }), 'ascend-db 3'],
    ['a name of msprof', 'PROF_1/msprof_20260823165336.db', table('other'), 'ascend-db 2'],
    ['a name of torch_npu', 'ascend_pytorch_profiler_12.db', table('other'), 'ascend-db 2'],
    ['a name of MindSpore', 'ascend_mindspore_profiler.db', table('other'), 'ascend-db 2'],
    ['a table of the analyser', 'x.db', table('CommAnalyzerTime'), 'ascend-analysis-db 3'],
    ['its name', 'a/analysis.db', table('other'), 'ascend-analysis-db 2'],
  ])('%s', (_, path, bytes, expected) => {
    expect(recognised(path, bytes)).toEqual([expected]);
  });

  test.each([
    ["somebody else's", 'people.db', table('TASK')],
    ['the raw data of msprof', 'sqlite/ascend_task.db', table('AscendTask')],
    ['the notes of the Insight viewer', 'a/mindstudio_insight_data.db', tables('TASK', 'STRING_IDS')],
    ['no database, whatever its name', 'msprof_20260823165336.db', new TextEncoder().encode('CREATE TABLE TASK')],
  ])('not %s', (_, path, bytes) => {
    expect(recognised(path, bytes).map((text) => text.at(-1))).toEqual(readers.ids.map(() => '0'));
  });
});

describe('no reader takes', () => {
  test.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['a benchmark result', '{"request_throughput":1.5,"mean_ttft_ms":20}'],
    ['an array of numbers', '[1,2,3]'],
    ['an array of other objects', '[{"name":"x"}]'],
    ['binary junk', '\0\u0001\u0002\uffff'],
    ['a page', '<!doctype html><script>{"traceEvents":[]}</script>'],
  ])('%s', (_, text) => {
    expect([...readers].map((reader) => reader.sniff('data.json', new TextEncoder().encode(text)).confidence)).toEqual(
      readers.ids.map(() => 0),
    );
  });

  test('a name alone, without a trace in the file', () => {
    expect(recognisedText('{}', 'msprof_20260823165334.json').map((text) => text.at(-1))).toEqual(
      readers.ids.map(() => '0'),
    );
  });
});

describe('a trace of Kineto is told by its members or its categories', () => {
  test.each([
    `{"schemaVersion":1,"deviceProperties":[],"traceEvents":[${event}]}`,
    `{"schemaVersion": 1, "distributedInfo": {"pg_config": [{"ranks": [0, 1`,
    '{"traceEvents":[{"ph":"X","cat":"cuda_runtime","name":"cudaLaunchKernel","ts":1,"dur":1}]}',
    '{"traceEvents":[{"ph":"X","cat":"Operator","name":"aten::mm","ts":1,"dur":1}]}',
    '[{"ph":"X","cat":"supa_runtime","name":"supaLaunchKernel","ts":1,"dur":1}',
    '[{"ph":"X","cat":"musa_driver","name":"muLaunchKernel","ts":1,"dur":1}]',
  ])('%s', (text) => {
    expect(recognisedText(text)).toEqual(['torch-kineto 3']);
  });

  test('Ascend uses categories of Kineto, too', () => {
    const operator = '{"ph":"X","cat":"cpu_op","name":"aten::mm","ts":"1787504006851100.001","dur":1}';
    expect(recognisedText(`[${operator}]`, 'trace_view.json')).toEqual(['ascend-msprof-json 3']);
  });
});

describe('real captures under a name that says nothing', () => {
  test.skipIf(samplesAbsent)('are found', () => {
    expect(samplesLike(ASCEND_TIMELINES).length).toBeGreaterThan(0);
    expect(samplesLike(TORCH_TRACES).length).toBeGreaterThan(0);
  });

  test.each(samplesLike(ASCEND_TIMELINES))('%s', (path) => {
    expect(recognised('trace.json', readSample(path))).toEqual(['ascend-msprof-json 3']);
  });

  test.each(samplesLike(TORCH_TRACES))('%s', (path) => {
    expect(recognised('trace.json', readSample(path))).toEqual(['torch-kineto 3']);
  });
});
