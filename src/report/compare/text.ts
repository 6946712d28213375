import type { Comparison } from '../../analysis/compare/index.ts';
import type { CompareTexts } from '../../locale/compare.ts';
import { visible } from '../text/style.ts';
import { displayWidth, padded } from '../text/width.ts';
import { sideFacts } from './check-text.ts';
import {
  changedRows,
  finding,
  measuredGroups,
  remarks,
  rowChange,
  rowName,
  rulesShown,
  shortName,
  sideLine,
  sideText,
} from './sentences.ts';
import { statusText } from './status-text.ts';

const ROWS_SHOWN = 20;

/** For a terminal: plain lines. */
export function renderText(comparison: Comparison, texts: CompareTexts): string[] {
  const { base, head, verdict, comparability } = comparison;
  const notable = comparability.filter(({ severity }) => severity === 'warning' || severity === 'not-comparable');
  const changed = changedRows(comparison);
  // What was measured stands in a table of its own.
  const others = changed.filter(({ labels }) => labels === null);
  const rest = others.length - ROWS_SHOWN;
  const lines = [
    texts.titled(texts.title, texts.verdict[verdict]),
    `${texts.base}  ${base === null ? '-' : sideLine(base, texts)}`,
    `${texts.head}  ${sideLine(head, texts)}`,
    ...remarks(comparison, texts),
    ...section(
      texts.comparability,
      notable.map(({ check, base: one, head: other, severity }) => [
        texts.severities[severity],
        texts.checks.name(check),
        `${sideFacts(one, texts)} -> ${sideFacts(other, texts)}`,
      ]),
    ),
    ...section(
      texts.rules,
      rulesShown(comparison).map((rule) => [texts.outcomes[rule.outcome], rule.expr, finding(rule, texts)]),
    ),
    ...metricLines(comparison, texts),
    ...section(
      texts.changes,
      others
        .slice(0, ROWS_SHOWN)
        .map((row) => [
          statusText(row, texts),
          shortName(rowName(row)),
          sideText(row, 'base', texts),
          sideText(row, 'head', texts),
          rowChange(row, texts),
        ]),
    ),
    ...(rest > 0 ? [texts.more(rest)] : []),
    ...(base !== null && verdict !== 'not-comparable' && changed.length === 0 ? ['', texts.noChange] : []),
  ];
  return lines.map(visible);
}

const GROUPS_SHOWN = 8;

function metricLines(comparison: Comparison, texts: CompareTexts): string[] {
  const groups = measuredGroups(comparison, texts);
  const rest = groups.length - GROUPS_SHOWN;
  const lines = groups.slice(0, GROUPS_SHOWN).flatMap(({ labels, rows }) =>
    section(
      labels === '' ? texts.metrics : texts.titled(texts.metrics, labels),
      rows.map((row) => [
        row.metric,
        sideText(row, 'base', texts) || '-',
        sideText(row, 'head', texts) || '-',
        rowChange(row, texts),
        statusText(row, texts),
      ]),
    ),
  );
  return rest > 0 ? [...lines, texts.more(rest)] : lines;
}

function section(title: string, rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => displayWidth(row[column]))));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : padded(cell, Math.min(widths[column], 72), false)))
      .join('  ')
      .trimEnd();
  return ['', title, ...rows.map((row) => `  ${line(row)}`)];
}
