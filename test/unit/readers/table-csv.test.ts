import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/base/index.ts';
import type { Table } from '../../../src/timeline/index.ts';
import { onlyRows, plainRows } from '../../support/plain-tables.ts';
import { plainSamples } from '../../support/plain-timeline.ts';
import { diagnosticCounts, type ReadResult, readFiles, readText } from '../../support/reading.ts';

const read = (...lines: string[]): Promise<ReadResult> => readText('ascend-table-csv', `${lines.join('\n')}\n`);
const kindsOf = ({ columns }: Table): Record<string, string> =>
  Object.fromEntries(columns.map(({ name, kind }) => [name, kind]));

const MEMORY = 'Component,Timestamp(us),Total Allocated(MB),Total Reserved(MB),Total Active(MB),Stream Ptr,Device Type';
const CACHE = 'Stream Id,Task Id,Hit Rate,Victim Rate,Op Name';
const RECORD = 'Name,Size(KB),Allocation Time(us),Duration(us),Device';

describe('figures', () => {
  test('are in ns and bytes, whatever unit the header has', async () => {
    const { timeline } = await read('Name,Size(MB),Allocation Time(ns),Duration(ms)', 'a,0.5,1736408883573957920,2.5');
    expect(onlyRows(timeline)).toEqual([
      { name: 'a', sizeBytes: 524288, allocationTime: 1736408883573957920n, durationNs: 2500000 },
    ]);
  });

  test('of steps are microseconds, which no header says', async () => {
    const { timeline } = await read(
      'Step,Computing,Communication(Not Overlapped),Free',
      ',8827.472999999998,1,1',
      '50,1,2,3.5',
    );
    const [first, second] = onlyRows(timeline);
    expect(first.computingNs).toBeCloseTo(8827473, 6);
    expect(first).not.toHaveProperty('step');
    expect(second).toEqual({ step: '50', computingNs: 1000, exposedCommunicationNs: 2000, freeNs: 3500 });
  });

  test('of a variance are those of nanoseconds', async () => {
    const { timeline } = await read('Level,API Name,Time(us),Count,Variance', 'acl,x,1,1,0.25');
    expect(onlyRows(timeline)[0].variance).toBe(250000);
  });

  test('of unknown columns are numbers where all cells are, and text where long ids or zeros in front would be lost', async () => {
    const { timeline } = await read(
      `${CACHE},ratio,id,code,note,empty`,
      '2,7,1,1,a,0.5,17522688603477080586,007,1,',
      '2,8,1,1,b,,17522688603477080587,008,x,',
    );
    expect(kindsOf(timeline.tables[0])).toMatchObject({ ratio: 'number', id: 'text', code: 'text', note: 'text' });
    expect(onlyRows(timeline)[0]).toMatchObject({ ratio: 0.5, id: '17522688603477080586', code: '007', note: '1' });
  });

  test.each(['N/A', '', '""', ' \t'])('are not there where a cell holds %j', async (cell) => {
    const { timeline, diagnostics } = await read(CACHE, `2,7,${cell},1,a`);
    expect(onlyRows(timeline)).toEqual([{ streamId: 2, taskId: 7, victimRate: 1, name: 'a' }]);
    expect(diagnosticCounts(diagnostics)).toEqual({});
  });
});

describe('devices', () => {
  test.each([
    ['Device_id', '3', 3],
    ['Device Type', 'NPU:3', 3],
    ['Device', 'NPU:15', 15],
    ['Device_id', 'host', undefined],
    ['Device Type', 'CPU', undefined],
  ])('in %s are told from %s', async (header, cell, device) => {
    const { timeline, diagnostics } = await read(`${header},${CACHE}`, `${cell},2,7,1,1,a`);
    expect(onlyRows(timeline)[0].device).toBe(device);
    expect(diagnosticCounts(diagnostics)).toEqual({});
  });
});

describe('columns of one name', () => {
  test('are numbered, as many as there are', async () => {
    const { timeline } = await read(
      'Iteration ID,Iteration End(us),Iteration Time(us),Reduce Start(us),Reduce Duration(us),Reduce Start(us),Reduce Duration(us)',
      '1,100.5,50,60.25,1,70,2',
      '2,200.5,50,160.25,1,N/A,N/A',
    );
    expect(onlyRows(timeline)).toEqual([
      {
        iteration: 1,
        iterationEnd: 100500n,
        iterationNs: 50000,
        reduceStart: 60250n,
        reduceDurationNs: 1000,
        reduceStart2: 70000n,
        reduceDurationNs2: 2000,
      },
      { iteration: 2, iterationEnd: 200500n, iterationNs: 50000, reduceStart: 160250n, reduceDurationNs: 1000 },
    ]);
  });
});

describe('times', () => {
  test('count from the first, which is not the one that stands first', async () => {
    const { timeline } = await read(RECORD, 'a,1,1736408883573957.920\t,1,', 'b,1,1736408883573900.001\t,1,');
    const [table] = timeline.tables;
    expect(table.originNs).toBe(1736408883573900001n);
    expect([...table.columns[2].values]).toEqual([57919, 0]);
  });

  test('with an exponent are exact where no digit is missing, and nothing where some are', async () => {
    const { timeline, diagnostics } = await read(RECORD, 'a,1,1.695115378653323E+15,1,', 'b,1,1.69512E+15,1,');
    expect(onlyRows(timeline).map((row) => row.allocationTime)).toEqual([1695115378653323000n, undefined]);
    expect(diagnosticCounts(diagnostics)).toEqual({ cell_time_cut: 1 });
  });

  test('without a unit are microseconds, and those of a unit that no exporter has are left as they are', async () => {
    const header = 'Iteration ID,Iteration End,Iteration Time(us),FP Start(ms)';
    const { timeline } = await read(header, '1,100.5,50,7');
    expect(onlyRows(timeline)).toEqual([
      { iteration: 1, iterationEnd: 100500n, iterationNs: 50000, 'FP Start(ms)': 7 },
    ]);
  });

  test('of 0 were never measured', async () => {
    const { timeline, diagnostics } = await read(RECORD, 'a,1,0,1,', 'b,1,1695115378653323,1,');
    expect(onlyRows(timeline).map((row) => row.allocationTime)).toEqual([undefined, 1695115378653323000n]);
    expect(diagnosticCounts(diagnostics)).toEqual({});
  });
});

describe('memory', () => {
  test('is drawn by component and figure, on the device that the row names', async () => {
    const { timeline } = await read(
      MEMORY,
      'APP,10\t,,2,,,NPU:4',
      'PTA,11.5\t,1,2,0.5,77,NPU:4',
      'PTA,12\t,3,2,0.5,77,NPU:5',
    );
    const sample = (counter: string, series: string, timeNs: bigint, megabytes: number): object => {
      return { counter, series, unit: 'B', timeNs, value: megabytes * 2 ** 20 };
    };
    expect(timeline.processes).toMatchObject([
      { name: 'Memory', label: 'NPU 4', side: 'device', device: 4 },
      { name: 'Memory', label: 'NPU 5', side: 'device', device: 5 },
    ]);
    expect(plainSamples(timeline)).toEqual([
      sample('APP', 'Reserved(B)', 10000n, 2),
      sample('PTA', 'Active(B)', 11500n, 0.5),
      sample('PTA', 'Allocated(B)', 11500n, 1),
      sample('PTA', 'Reserved(B)', 11500n, 2),
      sample('PTA', 'Active(B)', 12000n, 0.5),
      sample('PTA', 'Allocated(B)', 12000n, 3),
      sample('PTA', 'Reserved(B)', 12000n, 2),
    ]);
    expect(timeline.tables[0].rowCount).toBe(3);
  });

  test('of which only the freeing was seen is unknown', async () => {
    const { timeline } = await read(
      'Component,Timestamp(us),Total Reserved(KB),Device',
      'SLOG,10,-1,NPU:0',
      'SLOG,20,4,NPU:0',
    );
    expect(plainSamples(timeline).map(({ value }) => value)).toEqual([4096]);
    expect(onlyRows(timeline)[0]).not.toHaveProperty('reservedBytes');
  });

  test('of an allocation may be negative, and its running totals are not drawn twice', async () => {
    const { timeline } = await read(`${RECORD},Allocation Total Allocated(KB)`, 'aten::cat,-32.5,10,1,NPU:0,8');
    expect(onlyRows(timeline)[0]).toMatchObject({ sizeBytes: -33280, allocatedBytesAtAllocation: 8192 });
    expect(timeline.counters.length).toBe(0);
  });

  test('without a time is not drawn', async () => {
    const { timeline } = await read(MEMORY, 'APP,N/A,,2,,,NPU:4', 'APP,5,,3,,,NPU:4');
    expect(plainSamples(timeline).map(({ timeNs }) => timeNs)).toEqual([5000n]);
    expect(timeline.tables[0].rowCount).toBe(2);
  });
});

describe('text', () => {
  test('goes over lines and keeps its quotes and commas', async () => {
    const { timeline } = await read(
      'Name,Input Shapes,Call Stack,Host Self Duration(us),Host Total Duration(us),Device Total Duration(us)',
      '"a ""b"", c",";\r\n;","x.py(1): f;\ny.py(2): g",1,2,3',
    );
    expect(onlyRows(timeline)[0]).toMatchObject({
      name: 'a "b", c',
      inputShapes: ';\r\n;',
      callStack: 'x.py(1): f;\ny.py(2): g',
    });
  });

  test('that stands in many rows is kept once', async () => {
    const stack = '"x.py(1): f;\ny.py(2): g"';
    const header = 'Name,Call Stack,Host Self Duration(us),Host Total Duration(us),Device Total Duration(us)';
    const { timeline } = await read(header, ...Array.from({ length: 100 }, () => `op,${stack},1,1,1`));
    expect(timeline.tables[0].strings.size).toBe(2);
  });
});

describe('several files', () => {
  test('are a table each, and memory by allocator and by module a layer each', async () => {
    const file = (path: string, text: string): { path: string; bytes: Uint8Array } => {
      return { path, bytes: new TextEncoder().encode(text) };
    };
    const { timeline } = await readFiles('ascend-table-csv', [
      file('memory_record.csv', `${MEMORY}\nAPP,20,,2,,,NPU:0\n`),
      file('npu_module_mem.csv', 'Component,Timestamp(us),Total Reserved(MB),Device\nHCCL,10,1,NPU:0\n'),
      file('l2_cache.csv', `${CACHE}\n2,7,1,1,a\n`),
    ]);
    expect(timeline.tables.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      'memory memory_record.csv',
      'memory npu_module_mem.csv',
      'l2-cache l2_cache.csv',
    ]);
    expect(timeline.processes.map(({ name }) => name).sort()).toEqual(['Memory', 'Memory of modules']);
    expect(timeline.originNs).toBe(10000n);
  });
});

describe('rows that are not as they should be', () => {
  const good = '2,7,0.5,1,good';

  test.each([
    ['with too few cells keep what is there', '2,8', 'row_incomplete', { streamId: 2, taskId: 8 }],
    ['with commas in a name have it put together', '2,8,0.5,1,a<1,2>,b', 'row_shifted', { name: 'a<1,2>,b' }],
    ['with a word for a number have no such cell', '2,x,0.5,1,a', 'cell_not_numeric', { streamId: 2, name: 'a' }],
    ['with quotes within a number have no such cell', '2,"a""b",0.5,1,a', 'cell_not_numeric', { name: 'a' }],
    ['with infinite figures have no such cell', '2,8,1e999,1,a', 'cell_not_numeric', { taskId: 8 }],
    ['with a quote that nothing closes keep it as text', '2,8,0.5,1,"a', 'quote_not_closed', { name: '"a' }],
  ])('%s', async (_, line, kind, row) => {
    const { timeline, diagnostics } = await read(CACHE, good, line, good);
    expect(diagnosticCounts(diagnostics)).toEqual({ [kind]: 1 });
    expect(diagnostics.list()[0].places[0].place).toMatchObject({ path: 'trace.json', line: 3 });
    expect(onlyRows(timeline)[1]).toMatchObject(row);
    expect(onlyRows(timeline)[2]).toMatchObject({ name: 'good' });
  });

  test('with nothing but empty cells behind the last lose nothing', async () => {
    const { timeline, diagnostics } = await read(CACHE, good, '2,8,0.5,1,a,', '2,8,0.5,1,b, ,""');
    expect(diagnostics.list()).toEqual([]);
    expect(onlyRows(timeline).map(({ name }) => name)).toEqual(['good', 'a', 'b']);
  });

  test('with a comma in a name and an empty last cell have the name put together', async () => {
    const { timeline, diagnostics } = await read(RECORD, 'a,b,8,1000,1,');
    expect(diagnosticCounts(diagnostics)).toEqual({ row_shifted: 1 });
    expect(onlyRows(timeline)).toEqual([{ name: 'a,b', sizeBytes: 8192, allocationTime: 1000000n, durationNs: 1000 }]);
  });

  test('that repeat the header are no rows', async () => {
    const { timeline, diagnostics } = await read(CACHE, good, CACHE, good);
    expect(timeline.tables[0].rowCount).toBe(2);
    expect(diagnosticCounts(diagnostics)).toEqual({ header_repeated: 1 });
  });

  test('are located to line, column and byte, lines within the row counted', async () => {
    const text = `${RECORD}\n"two\nlines",1,soon,1,NPU:0\n`;
    const { diagnostics } = await readText('ascend-table-csv', text);
    const [{ kind, places }] = diagnostics.list();
    expect(kind).toBe('cell_time_bad');
    expect(places).toEqual([
      {
        place: { path: 'trace.json', line: 3, column: 10, offset: text.indexOf('soon'), field: 'Allocation Time(us)' },
        detail: 'soon',
      },
    ]);
  });

  test('do not shift where the figures would not fit', async () => {
    const { timeline, diagnostics } = await read('Level,API Name,Time(us),Count', 'acl,a,1,2,x');
    expect(diagnosticCounts(diagnostics)).toEqual({ row_too_long: 1 });
    expect(onlyRows(timeline)).toEqual([{ level: 'acl', apiName: 'a', totalNs: 1000, count: 2 }]);
  });
});

describe('a file', () => {
  test('of a header alone is an empty table', async () => {
    const { timeline } = await read(CACHE);
    expect(plainRows(timeline.tables[0])).toEqual([]);
    expect(timeline.tables[0].columns.length).toBe(5);
  });

  test.each(['', 'hello\n', `some words before\n${CACHE}\n2,7,1,1,a\n`])(
    'without a header in front is refused: %j',
    async (text) => {
      const failure = readText('ascend-table-csv', text).catch((error: unknown) => error);
      expect(await failure).toBeInstanceOf(InputError);
      expect(await failure).toMatchObject({ code: 'not_a_trace', at: { line: 1, offset: 0 } });
    },
  );
});
