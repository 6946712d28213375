/** A comparison as one page, with every row of it. */
import type { CompareRow, Comparison } from '../../analysis/compare/index.ts';
import type { CompareTexts } from '../../locale/compare.ts';
import type { Language } from '../../locale/index.ts';
import { type Change, changeBar } from '../html/charts/change-bar.ts';
import { type Content, html, type Markup } from '../html/markup.ts';
import { page, type PageSection } from '../html/page.ts';
import { percentChange } from './quantities.ts';
import { sideFacts } from './check-text.ts';
import {
  changedRows,
  finding,
  measuredGroups,
  remarks,
  rowChange,
  rowName,
  rulesShown,
  sideLine,
  sideText,
} from './sentences.ts';
import { statusText } from './status-text.ts';

export function renderHtml(comparison: Comparison, texts: CompareTexts, language: Language): string {
  const { base, head, verdict, rules, rows } = comparison;
  const title = texts.titled(texts.title, texts.verdict[verdict]);
  const subtitle = html`<p>${texts.titled(texts.base, '')}<bdi>${base === null ? '-' : sideLine(base, texts)}</bdi></p>
    <p>${texts.titled(texts.head, '')}<bdi>${sideLine(head, texts)}</bdi></p>
    ${remarks(comparison, texts).map((remark) => html`<p class="quiet">${remark}</p>`)}`;
  const changed = changedRows(comparison);
  const measured = measuredGroups(comparison, texts);
  const sections = [
    { id: 'rules', title: texts.rules, content: rules.length > 0 && rulesTable(comparison, texts) },
    {
      id: 'metrics',
      title: texts.metrics,
      content:
        measured.length > 0 &&
        measured.map(
          ({ labels, rows: own }) =>
            html`${labels !== '' && html`<h3><bdi>${labels}</bdi></h3>`}${rowsTable(own, texts, true)}`,
        ),
    },
    { id: 'changes', title: texts.changes, content: changed.length > 0 && rowsTable(changed, texts) },
    { id: 'comparability', title: texts.comparability, content: base !== null && checksTable(comparison, texts) },
    { id: 'rows', title: texts.allRows, content: rows.length > 0 && rowsTable(rows, texts) },
  ].filter(({ content }): boolean => content !== false) satisfies PageSection[];
  return page(language, { title, heading: title, subtitle, contents: texts.contents, footer: undefined }, sections);
}

const MARKS = {
  ...{ fail: 'bad', absent: 'bad', accepted: '', noise: '', pass: 'good', 'not-applied': 'quiet' },
  ...{ slower: 'bad', faster: 'good', new: '', gone: '', same: 'quiet' },
  ...{ 'not-comparable': 'bad', warning: '', unknown: 'quiet' },
} as const;

function rulesTable(comparison: Comparison, texts: CompareTexts): Markup {
  return table(
    [texts.outcome, texts.rule, texts.where],
    rulesShown(comparison).map((rule) => [
      html`<td class="${MARKS[rule.outcome]}">${texts.outcomes[rule.outcome]}</td>`,
      html`<td class="name">${rule.expr}</td>`,
      html`<td class="name">${finding(rule, texts)}</td>`,
    ]),
  );
}

function checksTable({ comparability }: Comparison, texts: CompareTexts): Markup {
  return table(
    [texts.status, texts.check, texts.base, texts.head],
    comparability.map(({ check, severity, base, head }) => [
      html`<td class="${MARKS[severity]}">${texts.severities[severity]}</td>`,
      ...[texts.checks.name(check), sideFacts(base, texts), sideFacts(head, texts)].map(
        (text) => html`<td class="name">${text}</td>`,
      ),
    ]),
  );
}

/** `inGroup`: labels stand above the table. */
function rowsTable(rows: readonly CompareRow[], texts: CompareTexts, inGroup = false): Markup {
  const largest = rows.reduce(
    (most, { adjustedRatio, ci }) => Math.max(most, ...[adjustedRatio ?? 0, ...(ci ?? [])].map(Math.abs)),
    0.01,
  );
  // What was measured is matched by its labels, which stand above.
  const titles = [texts.status, texts.what, ...(inGroup ? [] : [texts.matchedAs])];
  const numbers = [texts.base, texts.head, texts.change, texts.interval];
  return table(
    [...titles, ...numbers, ''],
    rows.map((row) => [
      html`<td class="${MARKS[row.status]}">${statusText(row, texts)}</td>`,
      html`<td class="name">${inGroup ? row.metric : rowName(row)}</td>`,
      inGroup ? '' : html`<td>${row.tier === null ? '' : texts.tiers[row.tier]}</td>`,
      ...[sideText(row, 'base', texts), sideText(row, 'head', texts), rowChange(row, texts), intervalText(row)].map(
        (text) => html`<td class="number">${text}</td>`,
      ),
      html`<td>${row.adjustedRatio !== null && changeBar(changeOf(row, row.adjustedRatio), largest)}</td>`,
    ]),
    titles.length,
  );
}

function intervalText({ ci }: CompareRow): string {
  return ci === null ? '' : `${percentChange(ci[0])} … ${percentChange(ci[1])}`;
}

function changeOf({ ci, status }: CompareRow, ratio: number): Change {
  return { ratio, interval: ci, kind: status === 'slower' ? 'worse' : status === 'faster' ? 'better' : 'unchanged' };
}

/** Titles from `firstNumber` on stand to the right, as their cells do. */
function table(titles: readonly string[], rows: readonly Content[], firstNumber = titles.length): Markup {
  const heads = titles.map(
    (title, column) => html`<th scope="col" class="${column >= firstNumber ? 'number' : 'name'}">${title}</th>`,
  );
  return html`<div class="wide" tabindex="0">
    <table>
      <thead>
        <tr>
          ${heads}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells) =>
            html`<tr>
              ${cells}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
