// The op tables among the fixtures, read by a CSV parser that is not ours, against their truth and the JSON of the run.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { allFixtures } from '../../fixtures/generate/fixtures.ts';
import { writeScaledOps } from '../../fixtures/generate/scaled-ops.ts';
import type { OpTruth } from '../../fixtures/generate/truth/op-truth.ts';

type Cells = Readonly<Record<string, string>>;
type RankTruth = OpTruth & { readonly files: readonly string[] };

const fixtures = new Map(allFixtures().map(({ name, files }) => [name, files]));
const textOf = (fixture: string, path: string): string => fixtures.get(fixture)!.get(path)!;
const tableOf = (text: string): Cells[] => parse(text, { columns: true, trim: true });
const ranksOf = (name: string): RankTruth[] => JSON.parse(textOf(`ascend-op-csv/${name}`, 'truth.json')).ranks;
const cell = (row: Cells, ...names: string[]): string => row[names.find((name) => row[name] !== undefined)!]!;
const startText = (row: Cells): string =>
  cell(row, 'Task Start Time(us)', 'Start Time(us)', 'Task Start Time').replace('.', '');
const durNs = (row: Cells): number => Math.round(Number(cell(row, 'Task Duration(us)', 'Duration(us)')) * 1000);
const nameOf = (row: Cells): string => cell(row, 'Op Name', 'Name');
const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

const cases = ['decode-2026', 'decode-2024', 'level0', 'legacy-310p'].flatMap((name) =>
  ranksOf(name).map((truth) => ({ name, truth, text: textOf(`ascend-op-csv/${name}`, truth.files[0]!) })),
);

describe.each(cases)('$name', ({ name, truth, text }) => {
  const rows = tableOf(text);

  it('has the ops, names and times of its truth', () => {
    expect(rows.length).toBe(truth.counts.slices);
    expect(new Set(rows.map(nameOf)).size).toBe(truth.distinctNames);
    expect(sum(rows.map(durNs))).toBe(sum(truth.streams.map(({ totalNs }) => totalNs)));
    for (const [op, { count, totalNs }] of Object.entries(truth.ops)) {
      const found = rows.filter((row) => nameOf(row) === op).map(durNs);
      expect([found.length, sum(found)], op).toEqual([count, totalNs]);
    }
  });

  it('is sorted by the text of its starts', () => {
    const starts = rows.map(startText);
    expect(starts).toEqual(starts.toSorted());
    expect(starts[0]!.slice(0, truth.span.startNs.length)).toBe(truth.span.startNs);
  });

  it('has waits that fill the gaps between its rows', () => {
    const waits = rows.map((row) => Math.round(Number(cell(row, 'Task Wait Time(us)', 'Wait Time(us)')) * 1000));
    const starts = rows.map((row) => BigInt(startText(row).slice(0, truth.span.startNs.length)));
    for (const [index, wait] of waits.entries()) {
      const gap = index === 0 ? 0 : Number(starts[index]! - starts[index - 1]!) - durNs(rows[index - 1]!);
      expect(wait).toBe(Math.max(0, gap));
    }
  });

  it('ends its lines as the exporter does', () => {
    const crlf = text.split('\r\n').length;
    expect(crlf).toBe(name === 'decode-2024' || name === 'level0' ? rows.length + 2 : 1);
  });
});

describe.each(['decode-2026', 'decode-2024'])('the JSON of the run %s', (name) => {
  it('has every op of the tables, with the same start, duration, stream and task', () => {
    for (const { files } of ranksOf(name)) {
      const folder = files[0]!.split('/')[0]!;
      const json = [...fixtures.get(`ascend-msprof-json/${name}`)!].find(
        ([path]) => path.startsWith(folder) && /(trace_view|msprof_\d+)\.json$/.test(path),
      )![1];
      const events = new Map(
        [
          ...json.matchAll(/\{"name": ?"([^"]+)"[^{}]*?"ts": ?"([\d.]+)"[^{}]*?"dur": ?([\d.]+)[^{}]*(\{[^{}]*\})?/g),
        ].map(
          ([, op, ts, dur, args]) => [`${op} ${ts}`, { dur: Number(dur), args: JSON.parse(args ?? '{}') }] as const,
        ),
      );
      for (const row of tableOf(textOf(`ascend-op-csv/${name}`, files[0]!))) {
        const event = events.get(`${nameOf(row)} ${cell(row, 'Task Start Time(us)', 'Start Time(us)')}`);
        expect(event, nameOf(row)).toBeDefined();
        expect(Math.abs(event!.dur * 1000 - durNs(row))).toBeLessThanOrEqual(0.5 + 1e-6);
        if (row['Stream ID'] === 'N/A') continue;
        const stream = event!.args['Physic Stream Id'] ?? event!.args['Stream Id'];
        expect([String(stream), String(event!.args['Task Id'])]).toEqual([row['Stream ID'], row['Task ID']]);
      }
    }
  });
});

describe('odd rows', () => {
  const files = fixtures.get('ascend-op-csv/odd-rows')!;
  const text = [...files].find(([path]) => path.endsWith('.csv'))![1];
  const truth = JSON.parse(files.get('truth.json')!);
  const lines = text.split('\n');

  it('begin with a byte order mark and end in the middle of a cell', () => {
    expect(text.startsWith('\uFEFF')).toBe(true);
    expect(text).toMatch(/"""7,40$/);
  });

  it('stand in the lines of the truth', () => {
    for (const { line, name } of truth.damaged) expect(lines[line - 1]).toContain(`,${name},`);
    for (const { line, row } of truth.lost) expect(lines[line - 1]).toBe(row);
    for (const line of truth.headerLines) expect(lines[line - 1]).toMatch(/^\uFEFF?Device_id,/);
  });

  it('have as many cells as the header, but for those that say otherwise', () => {
    const whole = text.slice(0, text.lastIndexOf('\n'));
    const rows = parse(whole, { bom: true, relaxColumnCount: true, skipEmptyLines: true });
    const width = lines[0]!.split(',').length;
    const uneven = rows.filter((row) => row.length !== width).map((row) => row[4]);
    expect(uneven).toEqual(['short-row', 'shorter-row', 'fused<2']);
    expect(rows.length - truth.headerLines.length + 1).toBe(truth.counts.slices + truth.lost.length);
  });
});

describe('a scaled table', () => {
  it('has the asked size, the counts it promises, and the same bytes each time', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'traceconv-scaled-'));
    try {
      const [path, again] = [join(folder, 'a.csv'), join(folder, 'b.csv')];
      const expected = await writeScaledOps(path, 400_000);
      const text = readFileSync(path, 'utf8');
      const rows = tableOf(text);
      expect(text.length).toBeGreaterThanOrEqual(400_000);
      expect(expected).toMatchObject({ bytes: text.length, ops: rows.length, totalNs: sum(rows.map(durNs)) });
      expect(expected.collectives).toBe(rows.filter((row) => row['Task Type'] === 'COMMUNICATION').length);
      expect(expected.distinctNames).toBe(new Set(rows.map(nameOf)).size);
      expect(expected.columns).toBe(Object.keys(rows[0]!).length);
      expect(expected.startNs).toBe(startText(rows[0]!));
      expect(await writeScaledOps(again, 400_000)).toEqual(expected);
      expect(readFileSync(again, 'utf8') === text).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
