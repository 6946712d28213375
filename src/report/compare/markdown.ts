import type { Comparison } from '../../analysis/compare/index.ts';
import type { CompareTexts } from '../../locale/compare.ts';
import { escaped } from '../markdown/markdown-text.ts';
import { sideFacts } from './check-text.ts';
import {
  changedRows,
  finding,
  measuredGroups,
  remarks,
  rowChange,
  rowName,
  shortName,
  sideLine,
  sideText,
} from './sentences.ts';
import { statusText } from './status-text.ts';

/** With titles and remarks the whole stays below 60 lines, so that it fits a comment. */
const MOST = { rules: 14, checks: 6, rows: 14, metrics: 16, remarks: 6 };
const MOST_LETTERS = 160;

const SIGNS = { pass: '✅', regression: '❌', 'not-comparable': '⚠️' } as const;

export function renderMarkdown(comparison: Comparison, texts: CompareTexts): string {
  const { base, head, verdict, comparability, rules } = comparison;
  const notable = comparability.filter(({ severity }) => severity === 'warning' || severity === 'not-comparable');
  const important = [...rules].sort((a, b) => ORDER[a.outcome] - ORDER[b.outcome]);
  const changed = changedRows(comparison);
  // What was measured stands in a table of its own.
  const others = changed.filter(({ labels }) => labels === null);
  const lines = [
    `### ${SIGNS[verdict]} ${texts.titled(texts.title, texts.verdict[verdict])}`,
    '',
    `- ${texts.titled(texts.base, base === null ? '-' : text(sideLine(base, texts)))}`,
    `- ${texts.titled(texts.head, text(sideLine(head, texts)))}`,
    ...remarks(comparison, texts)
      .slice(0, MOST.remarks)
      .map((remark) => `- ${escaped(remark)}`),
    ...table(
      [texts.check, texts.comparability, texts.base, texts.head],
      notable.map(({ check, severity, base: one, head: other }) => [
        texts.checks.name(check),
        texts.severities[severity],
        sideFacts(one, texts),
        sideFacts(other, texts),
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
    ...metricTable(comparison, texts),
    ...table(
      [texts.status, texts.what, texts.base, texts.head, texts.change],
      others.map((row) => [
        statusText(row, texts),
        shortName(rowName(row)),
        sideText(row, 'base', texts),
        sideText(row, 'head', texts),
        rowChange(row, texts),
      ]),
      MOST.rows,
      texts,
    ),
    ...(base !== null && verdict !== 'not-comparable' && changed.length === 0 ? ['', texts.noChange] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** What changed first: there is room for few. */
function metricTable(comparison: Comparison, texts: CompareTexts): string[] {
  const rows = measuredGroups(comparison, texts).flatMap(({ labels, rows: own }) =>
    own.map((row) => ({ labels, row })),
  );
  const first = [...rows].sort((a, b) => Number(a.row.status === 'same') - Number(b.row.status === 'same'));
  const hasLabels = rows.some(({ labels }) => labels !== '');
  return table(
    [...(hasLabels ? [texts.labels] : []), texts.metric, texts.base, texts.head, texts.change, texts.status],
    first.map(({ labels, row }) => [
      ...(hasLabels ? [labels] : []),
      ...[row.metric, sideText(row, 'base', texts) || '-', sideText(row, 'head', texts) || '-', rowChange(row, texts)],
      statusText(row, texts),
    ]),
    MOST.metrics,
    texts,
  );
}

const ORDER = { fail: 0, absent: 1, accepted: 2, noise: 3, pass: 4, 'not-applied': 5 } as const;

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
