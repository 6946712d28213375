import type { Language } from '../../locale/index.ts';
import { html, type Markup } from '../html/markup.ts';
import { page } from '../html/page.ts';
import { escaped } from '../markdown/markdown-text.ts';
import { visible } from '../text/style.ts';
import { alignColumns } from '../text/table.ts';
import type { PlainPage, PlainTable } from './plain-page.ts';

const MOST_LETTERS = 100;

export function plainText({ title, sentences, tables }: PlainPage): string[] {
  const lines = tables.flatMap((each) => {
    const rows = [each.titles, ...each.rows.map((row) => row.map(shortened))].map((row) => row.map(visible));
    return ['', each.title, ...alignColumns(rows, (column) => column >= each.firstNumber).map((line) => `  ${line}`)];
  });
  return [title, ...sentences.map(visible), ...lines];
}

export function plainMarkdown({ title, sentences, tables }: PlainPage): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const lines = tables.flatMap((each) => [
    ...['', `#### ${each.title}`, '', line(each.titles)],
    line(each.titles.map((_, column) => (column >= each.firstNumber ? '---:' : '---'))),
    ...each.rows.map((row) => line(row.map((cell) => escaped(shortened(cell))))),
  ]);
  return [`### ${title}`, '', ...sentences.map((each) => `- ${escaped(each)}`), ...lines, ''].join('\n');
}

export function plainHtml({ title, sentences, tables }: PlainPage, language: Language, contents: string): string {
  const subtitle = sentences.map((each) => html`<p><bdi>${each}</bdi></p>`);
  const sections = tables.map((each) => ({ id: each.id, title: each.title, content: tableMarkup(each) }));
  return page(language, { title, heading: title, subtitle, contents, footer: undefined }, sections);
}

function shortened(cell: string): string {
  return cell.length > MOST_LETTERS ? `${cell.slice(0, MOST_LETTERS - 1)}…` : cell;
}

function tableMarkup({ titles, rows, firstNumber }: PlainTable): Markup {
  const look = (column: number): string => (column >= firstNumber ? 'number' : 'name');
  return html`<div class="wide" tabindex="0">
    <table>
      <thead>
        <tr>
          ${titles.map((title, column) => html`<th scope="col" class="${look(column)}">${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell, column) => html`<td class="${look(column)}">${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
