/** One model on two vendors' devices, for people and for programs. No number is worked out here. */
import type { AcrossDevices } from '../../analysis/across-devices/index.ts';
import { ACROSS_TEXTS } from '../../locale/across-devices.ts';
import type { Language } from '../../locale/index.ts';
import { checkDocuments } from '../compare/check-text.ts';
import { html, type Markup } from '../html/markup.ts';
import { page } from '../html/page.ts';
import { escaped } from '../markdown/markdown-text.ts';
import { visible } from '../text/style.ts';
import { alignColumns } from '../text/table.ts';
import { acrossParts, type AcrossTable } from './parts.ts';

/** Unmapped ops of a side in forms that are read as a whole; HTML and JSON have more. */
const FEW = 10;
const MOST_LETTERS = 100;

export function renderAcrossText(compared: AcrossDevices, language: Language): string[] {
  const { title, sentences, tables } = acrossParts(compared, ACROSS_TEXTS[language], FEW);
  const lines = tables.flatMap((each) => {
    const rows = [each.titles, ...each.rows.map((row) => row.map(shortened))].map((row) => row.map(visible));
    return ['', each.title, ...alignColumns(rows, (column) => column >= each.firstNumber).map((line) => `  ${line}`)];
  });
  return [title, ...sentences.map(visible), ...lines];
}

export function renderAcrossMarkdown(compared: AcrossDevices, language: Language): string {
  const { title, sentences, tables } = acrossParts(compared, ACROSS_TEXTS[language], FEW);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const lines = tables.flatMap((each) => [
    ...['', `#### ${each.title}`, '', line(each.titles)],
    line(each.titles.map((_, column) => (column >= each.firstNumber ? '---:' : '---'))),
    ...each.rows.map((row) => line(row.map((cell) => escaped(shortened(cell))))),
  ]);
  return [`### ${title}`, '', ...sentences.map((each) => `- ${escaped(each)}`), ...lines, ''].join('\n');
}

export function renderAcrossHtml(compared: AcrossDevices, language: Language): string {
  const texts = ACROSS_TEXTS[language];
  const { title, sentences, tables } = acrossParts(compared, texts, Number.POSITIVE_INFINITY);
  const subtitle = sentences.map((each) => html`<p><bdi>${each}</bdi></p>`);
  const sections = tables.map((each) => ({ id: each.id, title: each.title, content: tableMarkup(each) }));
  return page(
    language,
    { title, heading: title, subtitle, contents: texts.compare.contents, footer: undefined },
    sections,
  );
}

/** The document of docs/schemas/across-devices-1.schema.json. */
export function renderAcrossJson(compared: AcrossDevices): string {
  const document = { ...compared, checks: checkDocuments(compared.checks) };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function shortened(cell: string): string {
  return cell.length > MOST_LETTERS ? `${cell.slice(0, MOST_LETTERS - 1)}…` : cell;
}

function tableMarkup({ titles, rows, firstNumber }: AcrossTable): Markup {
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
