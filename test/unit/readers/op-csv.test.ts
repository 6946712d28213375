import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/base/index.ts';
import { ascendOpCsv } from '../../../src/readers/ascend/op-csv.ts';
import { argsTexts, plainSlices } from '../../support/plain-timeline.ts';
import { diagnosticCounts, diagnosticLines, type ReadResult, readFiles, readText } from '../../support/reading.ts';

const HEADER = 'Device_id,Model ID,Task ID,Stream ID,Op Name,OP Type,Task Type,Task Start Time(us),Task Duration(us)';
const row = (
  name: string,
  startUs: string,
  durUs: string,
  { device = 0, task = 5, stream = '2', type = 'AI_CORE' } = {},
) => `${device},4294967295,${task},${stream},${name},MatMul,${type},${startUs}\t,${durUs}`;
const read = (...lines: string[]): Promise<ReadResult> => readText('ascend-op-csv', `${lines.join('\n')}\n`);

describe('what is taken for an op table', () => {
  const confidence = (text: string): number => ascendOpCsv.sniff('x.csv', new TextEncoder().encode(text)).confidence;

  test.each([
    ['op_summary', `${HEADER}\n`, 3],
    ['kernel_details', '\ufeffStep Id,Name,Type,Accelerator Core,Start Time(us),Duration(us)\r\n1', 3],
    ['a table without a unit', 'Op Name,OP Type,Task Type,Task Start Time,Task Duration(us)', 3],
    ['another table', 'Device_id,OP Type,Core Type,Count,Total Time(us)\n', 0],
    ['operator_details', 'Name,Input Shapes,Call Stack,Host Self Duration(us)\n', 0],
    ['JSON', '[{"ph":"X"}]', 0],
    ['nothing', '', 0],
  ])('%s', (_, text, expected) => {
    expect(confidence(text)).toBe(expected);
  });
});

describe('ops', () => {
  test('are slices on the stream they ran on, exact to the nanosecond', async () => {
    const { timeline, diagnostics } = await read(
      HEADER,
      row('a', '1736408883704643.212', '53.741'),
      row('b', '1736408883704700.001', '0.0005', { stream: '3' }),
    );
    expect(plainSlices(timeline)).toMatchObject([
      { name: 'a', startNs: 1736408883704643212n, durNs: 53741 },
      { name: 'b', startNs: 1736408883704700001n, durNs: 1 },
    ]);
    expect(timeline.tracks).toMatchObject([
      { name: 'Stream 2', kind: 'stream', stream: 2 },
      { name: 'Stream 3', kind: 'stream', stream: 3 },
    ]);
    expect(timeline.processes).toMatchObject([{ name: 'Ascend Hardware', label: 'NPU 0', side: 'device', device: 0 }]);
    expect(diagnosticCounts(diagnostics)).toEqual({ time_rounded: 1 });
  });

  test('of several devices are several processes', async () => {
    const { timeline } = await read(HEADER, row('a', '1', '1', { device: 4 }), row('a', '1', '1', { device: 5 }));
    expect(timeline.processes.map(({ device }) => device)).toEqual([4, 5]);
  });

  test.each(['HCCL', 'COMMUNICATION'])('of communication have a track of their own: %s', async (type) => {
    const { timeline } = await read(HEADER, row('hcom_allReduce', '1', '5', { stream: 'N/A', type }));
    expect(timeline.tracks).toMatchObject([{ kind: 'communication' }]);
    expect(timeline.processes).toMatchObject([{ name: 'Communication', device: 0 }]);
  });

  test('without streams, as at level 0, stand on one track', async () => {
    const { timeline } = await read(
      'Step Id,Name,Type,Accelerator Core,Start Time(us),Duration(us),Wait Time(us),Block Dim',
      ',a,N/A,N/A,10.5,1,0,0',
      '7,b,N/A,N/A,12,1,0.5,0',
    );
    expect(timeline.tracks).toMatchObject([{ name: 'Kernels', kind: 'stream' }]);
    expect([0, 1].map((slice) => timeline.slices.typed.get('step')?.at(slice))).toEqual([Number.NaN, 7]);
  });

  test('have their types and shapes as columns, and every cell that says something as args', async () => {
    const { timeline } = await read(
      `${HEADER},Block Num,Input Shapes,Context ID,aicore_time(us),register 0x8`,
      `${row('a', '1', '2')},24,"""512,16;8,2048;;""",N/A,12.50,007`,
    );
    const { typed } = timeline.slices;
    const text = (column: string): string => timeline.strings.get(typed.get(column)?.at(0) ?? -1);
    expect(typed.get('blockCount')?.at(0)).toBe(24);
    expect([text('opType'), text('taskType'), text('inputShapes')]).toEqual(['MatMul', 'AI_CORE', '512,16;8,2048;;']);
    const [args] = await argsTexts(timeline);
    expect(args).toBe(
      '{"Device_id":0,"Model ID":4294967295,"Task ID":5,"Stream ID":2,"OP Type":"MatMul","Task Type":"AI_CORE",' +
        '"Block Num":24,"Input Shapes":"512,16;8,2048;;","aicore_time(us)":12.50,"register 0x8":"007"}',
    );
  });

  test.each([
    ['microseconds', '1043640017380.831', '1043640017390.831', 1043640017380831n],
    ['microseconds of the epoch', '1669362345678901', '1669362345678911', 1669362345678901000n],
    ['nanoseconds', '86412097929431.139', '86412097939431.139', 86412097929431n],
    ['nanoseconds of the epoch', '1669362345678901234', 'N/A', 1669362345678901234n],
  ])('in a column without a unit start at %s, as durations and waits show', async (_, first, second, startNs) => {
    const { timeline } = await read(
      'Op Name,OP Type,Task Type,Task Start Time,Task Duration(us),Task Wait Time(us)',
      `a,b,AI_CORE,${first},8,0`,
      `a,b,AI_CORE,${second},1,2`,
    );
    expect(plainSlices(timeline)[0]).toMatchObject({ startNs, durNs: 8000 });
  });

  test('of the parts of one export are read as one, whatever their order of columns', async () => {
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
    const { timeline } = await readFiles('ascend-op-csv', [
      { path: 'op_summary_slice_0_20260823165335.csv', bytes: bytes(`${HEADER}\n${row('a', '1', '1')}\n`) },
      {
        path: 'op_summary_slice_1_20260823165335.csv',
        bytes: bytes(
          'Op Name,OP Type,Task Type,Task Start Time(us),Task Duration(us),Stream ID,Device_id\nb,Add,AI_CORE,3,1,2,0\n',
        ),
      },
    ]);
    expect(plainSlices(timeline).map(({ name }) => name)).toEqual(['a', 'b']);
    expect((await argsTexts(timeline))[1]).toBe('{"OP Type":"Add","Task Type":"AI_CORE","Stream ID":2,"Device_id":0}');
    expect(timeline.tracks.length).toBe(1);
  });
});

describe('rows that are not as they should be', () => {
  const good = row('good', '5', '1');

  test.each([
    ['with a comma in the name, which nobody quoted', row('a,b,c', '1', '1'), 'row_shifted', ['a,b,c', 'good']],
    ['with too few cells', '0,1,2,2,a,MatMul,AI_CORE,1', 'row_time_bad', ['good']],
    ['with a comma in the name and no times', '0,1,2,2,a,b,MatMul,AI_CORE,x,2', 'row_malformed', ['good']],
    ['with a cell behind the last column', `${row('a', '1', '1')},7`, 'row_too_long', ['a', 'good']],
    ['without a time', row('a', 'N/A', '1'), 'row_time_bad', ['good']],
    ['with a negative duration', row('a', '1', '-1'), 'row_time_bad', ['good']],
    ['that repeat the header', HEADER, 'header_repeated', ['good']],
    ['with a quote that is never closed', row('"a', '1', '1'), 'quote_not_closed', ['"a', 'good']],
  ])('%s are counted and located', async (_, line, kind, names) => {
    const { timeline, diagnostics } = await read(HEADER, '', line, good);
    expect(diagnosticCounts(diagnostics)).toEqual({ [kind]: 1 });
    expect(diagnosticLines(diagnostics)[1]).toContain('trace.json, byte');
    expect(diagnostics.list()[0].places[0].place.line).toBe(3);
    expect(plainSlices(timeline).map(({ name }) => name)).toEqual(names);
  });

  test('with nothing but empty cells behind the last column lose nothing', async () => {
    const { timeline, diagnostics } = await read(HEADER, `${row('a', '1', '1')},`, `${row('b', '2', '1')},, ,""`, good);
    expect(diagnostics.list()).toEqual([]);
    expect(plainSlices(timeline).map(({ name }) => name)).toEqual(['a', 'b', 'good']);
  });

  test('that all end in a comma do not move what the header names', async () => {
    const rows = ['a,AI_CORE,1000,1,3,', 'b,AI_CORE,2000,1,3,'];
    const { timeline, diagnostics } = await read(
      'Name,Accelerator Core,Start Time(us),Duration(us),Wait Time(us)',
      ...rows,
    );
    expect(diagnostics.list()).toEqual([]);
    expect(plainSlices(timeline).map(({ name, durNs }) => [name, durNs])).toEqual([
      ['a', 1000],
      ['b', 1000],
    ]);
  });

  test('that lack only cells at their end are kept', async () => {
    const { timeline, diagnostics } = await read(`${HEADER},Block Num`, good);
    expect(diagnosticCounts(diagnostics)).toEqual({ row_incomplete: 1 });
    expect(timeline.slices.length).toBe(1);
  });

  test('alone are no capture', async () => {
    const failure = read(HEADER, row('a', 'N/A', '1')).catch((error: unknown) => error);
    expect(await failure).toBeInstanceOf(InputError);
    expect(await failure).toMatchObject({ code: 'no_events' });
  });
});
