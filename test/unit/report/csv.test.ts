// One section of a report for spreadsheets and programs, read back by a parser that is not ours.
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { SECTIONS } from '../../../src/report/index.ts';
import { renderCsv } from '../../../src/report/csv/render-csv.ts';
import { EXAMPLE, HOSTILE } from '../../support/example-report.ts';

type Row = Readonly<Record<string, string>>;
const rowsOf = (section: (typeof SECTIONS)[number], document = EXAMPLE): Row[] =>
  parse(renderCsv(document, section), { columns: true });

describe('a section as CSV', () => {
  it('has whole ns and ratios, under ids that say the unit', () => {
    expect(rowsOf('topops')[0]).toMatchObject({ op: 'MatMulV3', count: '256', totalNs: '8000000', p95Ns: '120000' });
    expect(rowsOf('totals')[0]).toMatchObject({
      device: 'rank 0 · NPU 4',
      exposedCommNs: '10000000',
      idleShare: '0.25',
    });
  });

  it('keeps names as they are', () => {
    expect(rowsOf('topops')[1].op).toBe(HOSTILE);
  });

  it('keeps spreadsheets from running names as formulas', () => {
    const [op] = EXAMPLE.topOps;
    expect(rowsOf('topops', { ...EXAMPLE, topOps: [{ ...op, key: '=cmd()' }] })[0].op).toBe("'=cmd()");
  });

  it('has ids of causes, and nothing for what is not known', () => {
    expect(rowsOf('bubbles')).toMatchObject([{ cause: 'host-late-framework' }, { cause: 'event-wait', before: '' }]);
  });

  it('names kinds of diagnostics as JSON does', () => {
    expect(rowsOf('quality')).toEqual([
      { diagnostic: 'event_truncated', count: '1' },
      { diagnostic: 'time_rounded', count: '1234' },
    ]);
  });

  it('has all rows, however many people are shown', () => {
    expect(rowsOf('steps').map(({ step }) => step)).toEqual(['0', '1', '2', '3']);
  });

  it.each(SECTIONS)('gives every column of %s a name of its own', (section) => {
    const [header] = renderCsv(EXAMPLE, section).split('\n');
    const names = header.split(',');
    expect(new Set(names).size).toBe(names.length);
    expect(names).not.toContain('');
  });
});
