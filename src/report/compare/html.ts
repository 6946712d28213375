import type { Comparison } from '../../analysis/compare/index.ts';
import type { CompareTexts } from '../../locale/compare.ts';
import { htmlText } from './escape.ts';
import { percentChange, quantity } from './quantities.ts';
import { changeText, finding, remarks, rowName, sideLine } from './sentences.ts';

const STYLE = `
:root { color-scheme: light dark; font: 14px/1.45 system-ui, sans-serif; }
body { max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0 1.5rem; }
th, td { text-align: left; padding: 0.25rem 0.6rem; border-bottom: 1px solid #8884; overflow-wrap: anywhere; }
td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
tr.bad td:first-child { font-weight: 700; color: #c22; }
tr.good td:first-child { color: #182; }
tr.dim { opacity: 0.65; }`;

/** One page that needs nothing else. */
export function renderHtml(comparison: Comparison, texts: CompareTexts, language: string): string {
  const { base, head, verdict, comparability, rules, rows } = comparison;
  const title = `${texts.title}: ${texts.verdict[verdict]}`;
  const parts = [
    `<h1>${htmlText(title)}</h1>`,
    `<p>${htmlText(texts.base)}: ${base === null ? '-' : htmlText(sideLine(base, texts))}<br>`,
    `${htmlText(texts.head)}: ${htmlText(sideLine(head, texts))}</p>`,
    `<ul>${remarks(comparison, texts)
      .map((remark) => `<li>${htmlText(remark)}</li>`)
      .join('')}</ul>`,
    ...table(
      texts.rule,
      [texts.outcome, texts.rule, texts.where],
      rules.map((rule) => ({
        mark: MARKS[rule.outcome],
        cells: [texts.outcomes[rule.outcome], rule.expr, finding(rule, texts)],
      })),
    ),
    ...table(
      texts.comparability,
      [texts.comparability, texts.check, texts.base, texts.head],
      comparability.map(({ check, severity, base: one, head: other }) => ({
        mark: severity === 'not-comparable' ? 'bad' : severity === 'warning' ? '' : 'dim',
        cells: [texts.severities[severity], check, one ?? '-', other ?? '-'],
      })),
    ),
    ...table(
      texts.allRows,
      [texts.status, texts.what, texts.matchedAs, texts.base, texts.head, texts.change, texts.interval],
      rows.map((row) => ({
        mark: MARKS[row.status],
        cells: [
          texts.statuses[row.status],
          rowName(row),
          row.tier ?? '',
          quantity(row.base, row.unit),
          quantity(row.head, row.unit),
          changeText(row),
          row.ci === null ? '' : `${percentChange(row.ci[0])} … ${percentChange(row.ci[1])}`,
        ],
      })),
      3,
    ),
  ];
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${htmlText(title)}</title>
<style>${STYLE}
</style>
</head>
<body>
${parts.join('\n')}
</body>
</html>
`;
}

const MARKS = {
  ...{ fail: 'bad', absent: 'bad', accepted: '', noise: '', pass: 'good' },
  ...{ slower: 'bad', faster: 'good', new: '', gone: '', same: 'dim' },
} as const;

interface TableRow {
  readonly mark: string;
  readonly cells: readonly string[];
}

/** Cells from `firstNumber` on stand to the right. */
function table(
  title: string,
  titles: readonly string[],
  rows: readonly TableRow[],
  firstNumber = Number.POSITIVE_INFINITY,
): string[] {
  if (rows.length === 0) return [];
  const cell = (text: string, column: number): string =>
    `<td${column >= firstNumber ? ' class="number"' : ''}>${htmlText(text)}</td>`;
  return [
    `<h2>${htmlText(title)}</h2>`,
    '<table>',
    `<thead><tr>${titles.map((text) => `<th scope="col">${htmlText(text)}</th>`).join('')}</tr></thead>`,
    '<tbody>',
    ...rows.map(({ mark, cells }) => `<tr${mark === '' ? '' : ` class="${mark}"`}>${cells.map(cell).join('')}</tr>`),
    '</tbody>',
    '</table>',
  ];
}
