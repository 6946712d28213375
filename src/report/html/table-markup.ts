import { formatCount } from '../format.ts';
import { type Column, type Sentence, type Table, textOfPiece, type Value } from '../parts/part.ts';
import { cellText, columnsWithValues, isFigure } from '../text/cell-text.ts';
import type { ReportTexts } from '../texts.ts';
import { lengthBar, shareBar } from './charts/share-bar.ts';
import { classParts } from './figures/time-classes.ts';
import { shortenedApart } from '../text/shortened-apart.ts';
import { type Content, html, type Markup } from './markup.ts';

const NAME_CELLS = 64;

/** `title` tells those who do not see the page what the table is about. */
export function tableMarkup(table: Table, title: string, texts: ReportTexts): Markup {
  const rows = table.rows.slice(0, table.shown);
  const positions = columnsWithValues(table.columns, rows);
  const columns = positions.map((position) => table.columns[position]);
  const titles = columns.map(
    (column) => html`<th scope="col" class="${kindOf(column)}">${texts.columns[column.id]}</th>`,
  );
  const cells = positions.map((position) =>
    columnCells(
      table.columns[position],
      rows.map((row) => row[position]),
      texts,
    ),
  );
  const body = rows.map(
    (_, row) =>
      html`<tr>
        ${cells.map((column) => column[row])}
      </tr>`,
  );
  const label = `${title}: ${texts.columns[columns[0]?.id ?? 'what']}`;
  const rest = table.rows.length - rows.length;
  const more = rest > 0 && html`<p class="quiet">${texts.sentences.more(formatCount(rest))}</p>`;
  return html`<div class="wide" tabindex="0" role="region" aria-label="${label}">
      <table>
        <caption>
          ${label}
        </caption>
        <thead>
          <tr>
            ${titles}
          </tr>
        </thead>
        <tbody>
          ${body}
        </tbody>
      </table>
    </div>
    ${more}`;
}

export function sentenceText(sentence: Sentence): Content {
  return sentence.map((piece) =>
    typeof piece !== 'string' && 'name' in piece ? html`<bdi>${piece.name}</bdi>` : textOfPiece(piece),
  );
}

/** As in a terminal: how much it is stands beside it. */
function longestBar(values: readonly Value[]): number {
  return Math.max(...values.map((value) => (typeof value === 'number' ? value : 0))) || 1;
}

function columnCells(column: Column, values: readonly Value[], texts: ReportTexts): Markup[] {
  const longest = longestBar(values);
  const names = values.map((value) => cellText(column, value));
  const short = column.kind === 'name' ? shortenedApart(names, NAME_CELLS) : names;
  return values.map((value, row) => {
    const content =
      column.kind === 'name' ? nameMarkup(names[row], short[row]) : cellContent(column, value, longest, texts);
    return html`<td class="${kindOf(column)}">${content}</td>`;
  });
}

function cellContent(column: Column, value: Value, longest: number, texts: ReportTexts): Content {
  if (column.kind === 'bar' && typeof value === 'number') return lengthBar(value, longest, 'compute');
  if (column.kind === 'stack' && Array.isArray(value)) return stack(value, texts);
  return cellText(column, value);
}

/** Names of kernels can be longer than a screen; all of it stands where the pointer is. */
function nameMarkup(name: string, short: string): Content {
  return short === name ? name : html`<span title="${name}">${short}</span>`;
}

/** Ratios of compute, exposed communication, idle time and, where there are any, graphs that no device shows. */
function stack(ratios: readonly number[], texts: ReportTexts): Markup {
  const [computeNs, exposedCommNs, idleNs, unseenGraphNs = 0] = ratios;
  const parts = classParts({ computeNs, exposedCommNs, deviceIdleNs: idleNs + unseenGraphNs, unseenGraphNs }, texts);
  const told = parts.map(({ label, value }) => `${label} ${(value * 100).toFixed(1)} %`).join(', ');
  return shareBar(parts, told, ({ label, value }) => `${label} ${(value * 100).toFixed(1)} %`);
}

function kindOf(column: Column): string {
  return isFigure(column) ? 'number' : column.kind;
}
