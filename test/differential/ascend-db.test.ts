// Databases against SQLite itself: real captures row by row, and the databases of the simulated run against its JSON.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/base/index.ts';
import { type Table, tableCell, type Timeline } from '../../src/timeline/index.ts';
import { queryBytes } from '../support/databases.ts';
import { fixtureCaptures, fixtureTruth, type FixtureCapture } from '../support/fixtures.ts';
import { type PlainRow, plainRows } from '../support/plain-tables.ts';
import { argsTexts, plainFlows, plainSamples, plainSlices, rowNumbers } from '../support/plain-timeline.ts';
import { diagnosticCounts, readFiles } from '../support/reading.ts';
import { noticeWhenAbsent, readSample, samplesLike, samplesRoot } from '../support/samples.ts';

noticeWhenAbsent('databases against SQLite');

const CAPTURES = samplesLike(/^ascend\/.*\/ascend_\w+_profiler(_\d+)?\.db$|^ascend\/.*\/msprof_\d+\.db$/);
const ANALYSES = samplesLike(/^ascend\/.*\/analysis\.db$/);

const SCRIPT = `
import json, sqlite3, sys
database = sqlite3.connect('file:%s?mode=ro&immutable=1' % sys.argv[1], uri=True)
print(json.dumps(database.execute(sys.argv[2]).fetchall()))`;
const hasPython = ((): boolean => {
  try {
    execFileSync('python3', ['-c', 'import sqlite3'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** Asks another SQLite than the reader uses, where there is a Python. Integers over 2^53 must be asked for as text. */
function query(sample: string, sql: string): unknown[][] {
  if (!hasPython) return queryBytes(readSample(sample), sql);
  return JSON.parse(execFileSync('python3', ['-c', SCRIPT, join(samplesRoot, sample), sql], { encoding: 'utf8' }));
}

/** Count, sum of durations, first start and last end, of the slices of a layer or of a query over `a` and `b`. */
type Summary = readonly [count: number, sumNs: number, firstNs: string, lastNs: string];

function summaryOf(timeline: Timeline, isWanted: (process: string, kind: string) => boolean): Summary {
  const { slices, tracks, processes, originNs } = timeline;
  const rows = rowNumbers(slices.length).filter((row) => {
    const { process, kind } = tracks[slices.track[row]];
    return isWanted(processes[process].name, kind);
  });
  const starts = rows.map((row) => slices.startNs[row]);
  const ends = rows.map((row) => slices.startNs[row] + slices.durNs[row]);
  const sumNs = rows.reduce((sum, row) => sum + slices.durNs[row], 0);
  const absolute = (ns: number): string => String(originNs + BigInt(ns));
  return [rows.length, sumNs, absolute(Math.min(...starts)), absolute(Math.max(...ends))];
}

const summarySql = (from: string): string =>
  `SELECT COUNT(*), SUM(CAST(endNs AS INTEGER) - CAST(startNs AS INTEGER)), CAST(MIN(CAST(startNs AS INTEGER)) AS TEXT),
   CAST(MAX(CAST(endNs AS INTEGER)) AS TEXT) FROM ${from}`;

/** Tasks without those that stand there in parts as well. */
const TASKS = `TASK AS t WHERE NOT (contextId = 4294967295 AND EXISTS (SELECT 1 FROM TASK AS p WHERE
  p.streamId = t.streamId AND p.taskId = t.taskId AND p.contextId <> 4294967295))`;

describe.each(CAPTURES)('%s', async (sample) => {
  const { timeline, diagnostics } = await readFiles('ascend-db', [{ path: sample, bytes: readSample(sample) }]);

  test.each([
    ['Ascend Hardware', 'stream', TASKS],
    ['CANN', 'thread', 'CANN_API'],
    ['Python', 'thread', 'PYTORCH_API'],
    ['Communication', 'communication', 'COMMUNICATION_OP'],
    ['Communication', 'plane', 'COMMUNICATION_TASK_INFO JOIN TASK USING (globalTaskId)'],
    ['Overlap Analysis', 'overlap', 'OVERLAP_ANALYSIS'],
  ])('%s: every %s slice', (process, kind, from) => {
    const found = summaryOf(timeline, (itsProcess, itsKind) => itsProcess === process && itsKind === kind);
    expect(found).toEqual(query(sample, summarySql(from))[0]);
    expect(found[0]).toBeGreaterThan(0);
  });

  test('every op by name and core, with its total time', () => {
    const sql = `SELECT s.value, c.value, COUNT(*), SUM(endNs - startNs) FROM COMPUTE_TASK_INFO AS i
      JOIN TASK USING (globalTaskId) JOIN STRING_IDS AS s ON s.id = i.name JOIN STRING_IDS AS c ON c.id = i.taskType
      GROUP BY 1, 2`;
    const expected = query(sample, sql).map(([name, core, count, sumNs]) => `${name} ${core} ${count} ${sumNs}`);
    const totals = new Map<string, { count: number; sumNs: number }>();
    const withTypes = new Set(expected.map((line) => line.split(' ').slice(0, 2).join(' ')));
    for (const { process, name, category, durNs } of plainSlices(timeline)) {
      const key = `${name} ${category}`;
      if (process !== 'Ascend Hardware' || !withTypes.has(key)) continue;
      const { count, sumNs } = totals.get(key) ?? { count: 0, sumNs: 0 };
      totals.set(key, { count: count + 1, sumNs: sumNs + durNs });
    }
    expect([...totals].map(([key, { count, sumNs }]) => `${key} ${count} ${sumNs}`).sort()).toEqual(expected.sort());
  });

  test('every counter of the cores, as an arg of its task', async () => {
    const sql = `SELECT s.value, COUNT(*), SUM(value) FROM TASK_PMU_INFO JOIN TASK USING (globalTaskId)
      JOIN STRING_IDS AS s ON s.id = name GROUP BY 1`.replace('SUM(value)', 'SUM(TASK_PMU_INFO.value)');
    const args: Record<string, unknown>[] = (await argsTexts(timeline)).map((text) => JSON.parse(text || '{}'));
    for (const [metric, count, sum] of query(sample, sql)) {
      const values = args.flatMap((each) => (each[String(metric)] === undefined ? [] : [Number(each[String(metric)])]));
      expect(values.length, String(metric)).toBe(count);
      expect(values.reduce((total, value) => total + value, 0)).toBeCloseTo(Number(sum), 3);
    }
  });

  test('every sample', () => {
    const count = (process: string): number => {
      const { counters, tracks, processes } = timeline;
      return rowNumbers(counters.length).filter(
        (row) => processes[tracks[counters.track[row]].process].name === process,
      ).length;
    };
    const rows = (table: string): number => Number(query(sample, `SELECT COUNT(*) FROM ${table}`)[0][0]);
    expect(count('HBM')).toBe(rows('HBM'));
    expect(count('LLC')).toBe(2 * rows('LLC'));
    expect(count('NPU MEM')).toBe(3 * rows('NPU_MEM'));
    expect(count('Acc PMU')).toBe(4 * rows('ACC_PMU'));
    expect(count('Memory Record')).toBe(3 * rows('MEMORY_RECORD'));
    const [[bandwidth]] = query(sample, 'SELECT SUM(bandwidth) FROM HBM');
    const sum = plainSamples(timeline).reduce(
      (s, { counter, value }) => s + (counter.startsWith('HBM') ? value : 0),
      0,
    );
    expect(sum * 2 ** 20).toBeCloseTo(Number(bandwidth), -3);
  });

  test('every arrow', () => {
    const ends = `SELECT connectionId FROM ${TASKS} AND globalTaskId NOT IN (SELECT globalTaskId FROM COMMUNICATION_TASK_INFO)
      UNION ALL SELECT connectionId FROM COMMUNICATION_OP`;
    const calls = `SELECT c.connectionId, p.rowid AS call, p.type FROM PYTORCH_API AS p JOIN CONNECTION_IDS AS c ON c.id = p.connectionId`;
    const [[launches]] = query(sample, `SELECT COUNT(*) FROM CANN_API JOIN (${ends}) USING (connectionId)`);
    const [[toDevice]] = query(sample, `SELECT COUNT(*) FROM (${calls}) JOIN (${ends}) USING (connectionId)`);
    const among = (type: number): unknown =>
      query(
        sample,
        `SELECT COUNT(*) FROM (SELECT 1 FROM (${calls}) WHERE type = ${type} AND connectionId NOT IN (${ends})
         GROUP BY connectionId HAVING COUNT(*) = 2)`,
      )[0][0];
    const flows = plainFlows(timeline);
    const count = (name: string): number => flows.filter((flow) => flow.name === name).length;
    expect(count('HostToDevice')).toBe(launches);
    expect(count('torch_to_npu')).toBe(toDevice);
    expect(count('enqueue_to_dequeue')).toBe(among(50002));
    expect(count('fwdbwd')).toBe(among(50001));
    // None has a loose end, or one without a slice.
    expect(flows.flatMap(({ from, to }) => [from, to]).filter((end) => end?.startsWith('?') !== false)).toEqual([]);
  });

  test('what the vendor says of the step: computing, communication, free', () => {
    const analysis = ANALYSES.find((path) => path.startsWith(sample.slice(0, sample.lastIndexOf('/'))));
    expect(analysis).toBeDefined();
    const [row] = query(
      analysis!,
      'SELECT computing, communication, communication_not_overlapped, free FROM StepTraceTime',
    );
    const sums = ['Computing', 'Communication', 'Communication(Not Overlapped)', 'Free'].map((track) =>
      plainSlices(timeline)
        .filter((slice) => slice.process === 'Overlap Analysis' && slice.track === track)
        .reduce((sum, { durNs }) => sum + durNs, 0),
    );
    expect(sums).toEqual(row.map((us) => Math.round(Number(us) * 1000)));
  });

  test('nothing is lost', () => {
    expect(diagnostics.lossCount).toBe(0);
  });
});

describe.each(ANALYSES)('%s', async (sample) => {
  const { timeline } = await readFiles('ascend-analysis-db', [{ path: sample, bytes: readSample(sample) }]);
  const tableOf = (kind: Table['kind']): Table => timeline.tables.find((table) => table.kind === kind)!;
  const sumOf = (table: Table, name: string): number =>
    rowNumbers(table.rowCount).reduce((sum, row) => sum + Number(tableCell(table, name, row) ?? 0), 0);

  test.each([
    ['step-times', 'freeNs', 'SELECT COUNT(*), SUM(free) * 1e3 FROM StepTraceTime'],
    ['collectives', 'elapseNs', 'SELECT COUNT(*), SUM(elapse_time) * 1e6 FROM CommAnalyzerTime'],
    ['packets', 'transitNs', 'SELECT COUNT(*), SUM(total_duration) * 1e6 FROM CommAnalyzerBandwidth WHERE count > 0'],
    [
      'bandwidth',
      'sizeBytes',
      `SELECT COUNT(*), SUM(transit_size) * 1e6 FROM (SELECT DISTINCT step, type, hccl_op_name, group_name,
       transport_type, transit_size FROM CommAnalyzerBandwidth)`,
    ],
    ['links', 'transitNs', 'SELECT COUNT(*), SUM(transit_time) * 1e6 FROM CommAnalyzerMatrix'],
  ] as const)('%s: every row, and the sum of %s', (kind, column, sql) => {
    const [[count, sum]] = query(sample, sql);
    const table = tableOf(kind);
    expect(table.rowCount).toBe(count);
    expect(Math.abs(sumOf(table, column) - Number(sum))).toBeLessThanOrEqual(table.rowCount);
  });

  test('collectives start when it says', () => {
    const table = tableOf('collectives');
    const starts = query(sample, 'SELECT CAST(start_timestamp * 1000 AS INTEGER) FROM CommAnalyzerTime');
    for (const row of rowNumbers(table.rowCount)) {
      // The column holds a double, a quarter of a microsecond apart from the next.
      const start = tableCell(table, 'start', row);
      expect(Math.abs(Number(BigInt(String(start)) - BigInt(Number(starts[row][0]))))).toBeLessThan(512);
    }
  });
});

describe('cut off or changed, a real database gives a timeline or a refusal', () => {
  const samples = [...CAPTURES, ...ANALYSES.slice(0, 1)].map((path) => ({
    path,
    readerId: ANALYSES.includes(path) ? 'ascend-analysis-db' : 'ascend-db',
  }));

  async function outcome(readerId: string, path: string, bytes: Uint8Array): Promise<string> {
    try {
      const { timeline, diagnostics } = await readFiles(readerId, [{ path, bytes }]);
      const losses = diagnosticCounts(diagnostics);
      return timeline.slices.length > 0 && losses.db_table_unreadable > 0 ? 'in part' : 'read';
    } catch (error) {
      if (error instanceof InputError) return 'refused';
      throw error;
    }
  }

  test.each(samples)('$path, cut at ten places', { timeout: 60_000 }, async ({ path, readerId }) => {
    const bytes = readSample(path);
    const outcomes = [];
    for (let tenth = 0; tenth < 10; tenth++) {
      outcomes.push(await outcome(readerId, path, bytes.slice(0, Math.floor((bytes.length * tenth) / 10) + 37)));
    }
    expect(outcomes[0]).toBe('refused');
    if (readerId === 'ascend-db') expect(outcomes).toContain('in part');
  });

  test.each(samples)('$path, with bytes changed', { timeout: 60_000 }, async ({ path, readerId }) => {
    const bytes = readSample(path);
    for (let seed = 1; seed <= 12; seed++) {
      const changed = bytes.slice();
      for (let i = 0; i < 20; i++) changed[(seed * 7_919_993 + i * 104_729 * seed) % bytes.length] ^= 1 << (i % 8);
      await outcome(readerId, path, changed);
    }
  });
});

describe('the simulated run', () => {
  const captures = fixtureCaptures();
  const jsonOf = ({ caseName, files }: FixtureCapture): FixtureCapture => {
    const [folder] = files[0].path.split('/');
    return captures.find(
      (each) =>
        each.readerId === 'ascend-msprof-json' && each.caseName === caseName && each.files[0].path.startsWith(folder),
    )!;
  };

  describe.each(captures.filter(({ readerId }) => readerId === 'ascend-db'))('$caseName', async (capture) => {
    const { timeline } = await readFiles('ascend-db', capture.files);
    const json = await readFiles('ascend-msprof-json', jsonOf(capture).files);

    /** CANN's layer of collectives was called otherwise in the JSON of 2024, as was the process of collectives. */
    const lines = (from: Timeline): string[] =>
      plainSlices(from)
        .filter(({ process }) => process !== 'PID Name')
        .map(({ process, track, name, startNs, durNs }) => {
          const layer = process === 'HCCL' ? 'Communication' : process;
          const row = track.startsWith('Group') ? 'Group' : track;
          return `${layer} / ${row} / ${name.replace(/^HCCL@/, 'Communication@')} / ${startNs} / ${durNs}`;
        })
        .sort();

    test('has the slices of its JSON, with the same times on the same tracks', () => {
      expect(lines(timeline)).toEqual(lines(json.timeline));
    });

    test('has the samples of its JSON', () => {
      const samples = (from: Timeline): string[] =>
        plainSamples(from)
          .map(({ counter, series, unit, timeNs, value }) => `${counter} / ${series} / ${unit} / ${timeNs} / ${value}`)
          .sort();
      expect(samples(timeline)).toEqual(samples(json.timeline));
    });

    test('has the arrows of its JSON', () => {
      const arrows = (from: Timeline): string[] =>
        plainFlows(from)
          .flatMap(({ name, from: start, to }) =>
            start === undefined || to === undefined || start.startsWith('?')
              ? []
              : [`${name}: ${start} -> ${to}`.replace('HCCL@', 'Communication@')],
          )
          .filter((arrow) => !arrow.includes('TASK_TIMEOUT_SET'))
          .sort();
      expect(arrows(timeline)).toEqual(arrows(json.timeline));
    });

    test('has the kinds of tracks and the streams of its JSON, and says the device', () => {
      const places = (from: Timeline): string[] =>
        from.tracks
          .filter(({ process, kind }) => kind !== 'counter' && from.processes[process].name !== 'PID Name')
          .map(({ process, kind, stream }) => `${from.processes[process].side} ${kind} ${stream}`)
          .sort();
      expect(places(timeline)).toEqual(places(json.timeline));
      const { device } = fixtureTruth<{ ranks: { device: number }[] }>('ascend-db', capture.caseName).ranks[0];
      const devices = timeline.processes.flatMap((each) => (each.side === 'device' ? [each.device] : []));
      expect(new Set(devices)).toEqual(new Set([device]));
    });

    test('leaves out the tasks that stand there in parts', async () => {
      const { diagnostics } = await readFiles('ascend-db', capture.files);
      const truth = fixtureTruth<{ ranks: { tasksInParts: number }[] }>('ascend-db', capture.caseName);
      expect(diagnosticCounts(diagnostics)).toEqual({ task_in_parts: truth.ranks[0].tasksInParts });
    });
  });

  test('has the figures of the analyser that the generator wrote', async () => {
    const capture = captures.find(({ readerId }) => readerId === 'ascend-analysis-db')!;
    const { timeline } = await readFiles('ascend-analysis-db', capture.files);
    const [truth] = fixtureTruth<{ ranks: { stepTimes: Figures[]; collectives: Figures[] }[] }>(
      'ascend-analysis-db',
      capture.caseName,
    ).ranks;
    const rowsOf = (kind: Table['kind']): PlainRow[] =>
      plainRows(timeline.tables.find((table) => table.kind === kind)!);
    const [collectives, bandwidth, packets, links] = (['collectives', 'bandwidth', 'packets', 'links'] as const).map(
      rowsOf,
    );
    for (const [row, figures] of truth.stepTimes.entries()) expectFigures(rowsOf('step-times')[row], figures);
    for (const [row, { sizeBytes, ...times }] of truth.collectives.entries()) {
      const { name, step, transitNs } = times;
      expectFigures(collectives[row], { ...times, kind: 'collective' });
      expectFigures(bandwidth[row], { name, step, sizeBytes, transitNs, transport: 'HCCS' });
      expectFigures(packets[row], { name, step, transitNs });
      expect(Number(packets[row].packetBytes) * Number(packets[row].count)).toBeCloseTo(Number(sizeBytes), 3);
      const ends = { fromRank: 1, toRank: 0, opType: 'allreduce', selection: 'top1' };
      expectFigures(links[row], { name, step, sizeBytes, ...ends });
    }
  });
});

/** Numbers went through milliseconds and megabytes. */
function expectFigures(row: PlainRow, figures: Figures): void {
  for (const [column, expected] of Object.entries(figures)) {
    if (typeof expected === 'number') expect(row[column], column).toBeCloseTo(expected, 3);
    else expect(row[column], column).toBe(expected);
  }
}

type Figures = Record<string, unknown>;
