// The commands that answer: report, top, bubbles.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import type { ReportDocument } from '../../src/report/index.ts';
import { DECODE, freshFolder, PROJECT, textOf, traceconv } from './command.ts';

const FOLDER = join(PROJECT, 'fixtures', 'ascend-folders', 'ascend-pt-ranks');
const MSPROF = join(PROJECT, 'fixtures', 'ascend-msprof-json', 'legacy-2022');

async function reportOf(...words: string[]): Promise<ReportDocument> {
  const { exitCode, stdout, stderr } = await traceconv([...words, '--json']);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  return JSON.parse(textOf(stdout));
}

const absentFor = ({ absent }: ReportDocument, reason: string): string[] =>
  absent.filter((each) => each.reason === reason).map(({ section }) => section);

describe('traceconv report', () => {
  test('prints text without styles where nobody looks', async () => {
    const { exitCode, stdout, stderr } = await traceconv(['report', FOLDER]);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(textOf(stdout)).toContain('Where the time went\n');
    expect(textOf(stdout)).not.toContain('\u001b');
  });

  test('says what was read, with the hash of every file', async () => {
    const { inputs, tool } = await reportOf('report', FOLDER);
    expect(tool.name).toBe('traceconv');
    expect(inputs.length).toBeGreaterThan(10);
    for (const { path, sha256 } of inputs) {
      expect(sha256).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'));
    }
  });

  test('gives the same bytes for the same input', async () => {
    const [one, other] = [await traceconv(['report', FOLDER, '--json']), await traceconv(['report', FOLDER, '--json'])];
    expect(textOf(one.stdout)).toBe(textOf(other.stdout));
  });

  test('has what was asked for and says so of the rest', async () => {
    const document = await reportOf('report', FOLDER, '--section', 'topops,totals', '--top', '2', '--by', 'name');
    expect(document.topOps).toHaveLength(2);
    expect(document.totals).toHaveLength(4);
    expect(document.bubbles).toBeNull();
    expect(absentFor(document, 'not-asked-for')).toEqual(
      expect.arrayContaining(['token', 'bubbles', 'steps', 'findings']),
    );
  });

  test('looks at a part of the time', async () => {
    const whole = await reportOf('report', FOLDER);
    const { startNs = 0, endNs = 0 } = whole.window ?? {};
    const toNs = startNs + Math.floor((endNs - startNs) / 2);
    const part = await reportOf('report', FOLDER, '--range', `${startNs}ns..${toNs}ns`);
    expect(part.selection.range).toEqual({ fromNs: startNs, toNs });
    const computeNs = ({ totals }: ReportDocument): number => totals.reduce((sum, each) => sum + each.computeNs, 0);
    expect(computeNs(part)).toBeGreaterThan(0);
    expect(computeNs(part)).toBeLessThan(computeNs(whole));
    expect(absentFor(part, 'part-of-run')).toEqual(['vendor']);
    const idsOf = (steps: readonly { id: string }[]): string[] => [...new Set(steps.map(({ id }) => id))];
    const { items, cut } = part.steps;
    expect(cut.length).toBeGreaterThan(0);
    expect(idsOf(whole.steps.items).slice(0, idsOf([...items, ...cut]).length)).toEqual(idsOf([...items, ...cut]));
  });

  test('writes the window of the vendor where asked', async () => {
    const { window } = await reportOf('report', FOLDER, '--window', 'vendor-2026');
    expect(window?.rule).toBe('vendor-2026');
  });

  test.each([
    ['md', '# Report\n'],
    ['text', ''],
  ])('writes %s to a file as a whole', async (format, start) => {
    const output = join(freshFolder(), 'report');
    const { exitCode, stdout } = await traceconv(['report', FOLDER, '--format', format, '-o', output]);
    expect([exitCode, stdout.length]).toEqual([0, 0]);
    const written = readFileSync(output, 'utf8');
    expect(written.startsWith(start)).toBe(true);
    expect(written).not.toContain('\u001b');
  });

  test.each([
    ['report.html', '<!doctype html>'],
    ['report.md', '# Report'],
    ['report.JSON', '{'],
    ['ops.csv', 'op,class,'],
    ['report.log', join(FOLDER)],
  ])('writes %s in the form that its name says', async (name, start) => {
    const output = join(freshFolder(), name);
    await traceconv(['report', FOLDER, '-o', output]);
    expect(readFileSync(output, 'utf8').slice(0, start.length)).toBe(start);
  });

  test('never writes over what it reads', async () => {
    const input = join(freshFolder(), 'trace.json');
    writeFileSync(input, '[]');
    const { exitCode, stderr } = await traceconv(['report', input, '-o', input]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('is both the output and an input')]);
    expect(readFileSync(input, 'utf8')).toBe('[]');
  });

  test('speaks Chinese', async () => {
    const { stdout } = await traceconv(['report', FOLDER, '--lang', 'zh']);
    expect(textOf(stdout)).toContain('时间分布');
  });

  test('has something to say of a run without a device, too', async () => {
    const input = join(freshFolder(), 'host.json');
    writeFileSync(input, JSON.stringify([{ ph: 'X', name: 'a', pid: 1, tid: 1, ts: 1, dur: 5 }]));
    const document = await reportOf('report', input);
    expect(document).toMatchObject({ window: null, totals: [], topOps: [], bubbles: null });
    expect(textOf((await traceconv(['report', input])).stdout)).toContain('No device ran an op in what was read.');
  });
});

describe('traceconv top', () => {
  test('is the top ops of the report', async () => {
    const { topOps, totals } = await reportOf('report', DECODE, '--top', '3');
    const top = await reportOf('top', DECODE, '--top', '3');
    expect(top.topOps).toEqual(topOps);
    expect(top.bubbles).toBeNull();
    // What other sections are shares of is always there.
    expect(top.totals.map(({ windowNs }) => windowNs)).toEqual(totals.map(({ windowNs }) => windowNs));
  });

  test('as CSV has a row per op', async () => {
    const { stdout } = await traceconv(['top', DECODE, '--format', 'csv']);
    const rows: Record<string, string>[] = parse(textOf(stdout), { columns: true });
    expect(rows.length).toBeGreaterThan(3);
    expect(Number(rows[0].totalNs)).toBeGreaterThanOrEqual(Number(rows[1].totalNs));
  });
});

describe('traceconv bubbles', () => {
  test('is the bubbles of the report, with the threshold and kind asked for', async () => {
    const words = ['--min-bubble', '1.5us', '--bubbles', 'compute'];
    const { bubbles } = await reportOf('report', DECODE, ...words);
    expect(bubbles).toMatchObject({ kind: 'compute', thresholdNs: 1500 });
    expect((await reportOf('bubbles', DECODE, ...words)).bubbles).toEqual(bubbles);
  });
});

describe('what cannot be meant is refused, and nothing is written', () => {
  test.each([
    [['--section', 'topops,costs'], 'there is no "costs"', 'sections: metrics, token, totals'],
    [['--top', '0'], '--top 0: no count', 'whole number from 1 on'],
    [['--steps', 'fast'], '--steps fast', '3..10, 7 or prefill, decode, other'],
    [['--steps', '9..3'], 'it ends before it begins', '3..10'],
    [['--min-bubble', '10'], '--min-bubble 10: 10 is no time with a unit', '10us'],
    [['--step-marker', '('], '--step-marker (', 'regular expression'],
    [['--tokens', 'many'], '--tokens many: no count', 'whole number'],
    [['--bubbles', 'stream', '--steps', 'decode'], 'streams have no steps', '--range'],
    [['--range', '1h..2h'], '--range 1h..2h', 'units ns, us, ms, s'],
    [['--range', '100s..'], 'nothing happens then', 'the run goes from 0 s'],
    [['--format', 'pdf'], 'text, md, html, json, csv', ''],
    [['--section', ''], '--section: no section is named', 'sections: metrics'],
    [['--lang', 'fr'], 'en, zh', ''],
    [['--json', '--format', 'md'], "'--json' cannot be used with", ''],
  ])('%j', async (words, message, hint) => {
    const output = join(freshFolder(), 'report');
    const { exitCode, stderr } = await traceconv(['report', MSPROF, ...words, '-o', output]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
    expect(existsSync(output)).toBe(false);
  });
});
