import type { Comparison } from '../../analysis/compare/index.ts';
import type { CompareTexts } from '../../locale/compare.ts';
import { visible } from '../text/style.ts';
import { quantity } from './quantities.ts';
import { changedRows, changeText, finding, remarks, rowName, sideLine } from './sentences.ts';

const ROWS_SHOWN = 20;

/** For a terminal: plain lines. */
export function renderText(comparison: Comparison, texts: CompareTexts): string[] {
  const { base, head, verdict, comparability, rules } = comparison;
  const notable = comparability.filter(({ severity }) => severity === 'warning' || severity === 'not-comparable');
  const changed = changedRows(comparison);
  const rest = changed.length - ROWS_SHOWN;
  const lines = [
    `${texts.title}: ${texts.verdict[verdict]}`,
    `${texts.base}  ${base === null ? '-' : sideLine(base, texts)}`,
    `${texts.head}  ${sideLine(head, texts)}`,
    ...remarks(comparison, texts),
    ...section(
      texts.comparability,
      notable.map(({ check, base: one, head: other, severity }) => [
        texts.severities[severity],
        check,
        `${one ?? '-'} -> ${other ?? '-'}`,
      ]),
    ),
    ...section(
      texts.rules,
      rules.map((rule) => [texts.outcomes[rule.outcome], rule.expr, finding(rule, texts)]),
    ),
    ...section(
      texts.changes,
      changed
        .slice(0, ROWS_SHOWN)
        .map((row) => [
          texts.statuses[row.status],
          rowName(row),
          quantity(row.base, row.unit),
          quantity(row.head, row.unit),
          changeText(row),
        ]),
    ),
    ...(rest > 0 ? [texts.more(rest)] : []),
    ...(base !== null && changed.length === 0 ? ['', texts.noChange] : []),
  ];
  return lines.map(visible);
}

function section(title: string, rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(Math.min(widths[column], 72))))
      .join('  ')
      .trimEnd();
  return ['', title, ...rows.map((row) => `  ${line(row)}`)];
}
