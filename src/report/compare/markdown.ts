import type { Comparison } from '../../analysis/compare/index.ts';
import type { CompareTexts } from '../../locale/compare.ts';
import { escaped } from '../markdown/markdown-text.ts';
import { quantity } from './quantities.ts';
import { changedRows, changeText, finding, remarks, rowName, sideLine } from './sentences.ts';

/** With titles and remarks the whole stays below 60 lines, so that it fits a comment. */
const MOST = { rules: 14, checks: 6, rows: 14, remarks: 6 };
const MOST_LETTERS = 160;

const SIGNS = { pass: '✅', regression: '❌', 'not-comparable': '⚠️' } as const;

export function renderMarkdown(comparison: Comparison, texts: CompareTexts): string {
  const { base, head, verdict, comparability, rules } = comparison;
  const notable = comparability.filter(({ severity }) => severity === 'warning' || severity === 'not-comparable');
  const important = [...rules].sort((a, b) => ORDER[a.outcome] - ORDER[b.outcome]);
  const changed = changedRows(comparison);
  const lines = [
    `### ${SIGNS[verdict]} ${texts.title}: ${texts.verdict[verdict]}`,
    '',
    `- ${texts.base}: ${base === null ? '-' : text(sideLine(base, texts))}`,
    `- ${texts.head}: ${text(sideLine(head, texts))}`,
    ...remarks(comparison, texts)
      .slice(0, MOST.remarks)
      .map((remark) => `- ${escaped(remark)}`),
    ...table(
      [texts.check, texts.comparability, texts.base, texts.head],
      notable.map(({ check, severity, base: one, head: other }) => [
        check,
        texts.severities[severity],
        one ?? '-',
        other ?? '-',
      ]),
      MOST.checks,
      texts,
    ),
    ...table(
      [texts.outcome, texts.rule, texts.where],
      important.map((rule) => [texts.outcomes[rule.outcome], rule.expr, finding(rule, texts)]),
      MOST.rules,
      texts,
    ),
    ...table(
      [texts.status, texts.what, texts.base, texts.head, texts.change],
      changed.map((row) => [
        texts.statuses[row.status],
        rowName(row),
        quantity(row.base, row.unit),
        quantity(row.head, row.unit),
        changeText(row),
      ]),
      MOST.rows,
      texts,
    ),
    ...(base !== null && changed.length === 0 ? ['', texts.noChange] : []),
  ];
  return `${lines.join('\n')}\n`;
}

const ORDER = { fail: 0, absent: 1, accepted: 2, noise: 3, pass: 4 } as const;

function table(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  most: number,
  texts: CompareTexts,
): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rest = rows.length - most;
  return [
    '',
    line(titles.map(text)),
    line(titles.map(() => '---')),
    ...rows.slice(0, most).map((row) => line(row.map(text))),
    ...(rest > 0 ? ['', texts.more(rest)] : []),
  ];
}

function text(cell: string): string {
  return escaped(cell.length > MOST_LETTERS ? `${cell.slice(0, MOST_LETTERS - 1)}…` : cell);
}
