import { formatCount } from '../format.ts';
import { type Column, type Sentence, type Table, textOfPiece, type Value } from '../parts/part.ts';
import { cellText, columnsWithValues, isFigure } from '../text/cell-text.ts';
import type { ReportTexts } from '../texts.ts';
import { lengthBar, shareBar } from './charts/share-bar.ts';
import { classParts } from './figures/time-classes.ts';
import { type Content, html, type Markup } from './markup.ts';

export function tableMarkup(table: Table, texts: ReportTexts): Markup {
  const rows = table.rows.slice(0, table.shown);
  const positions = columnsWithValues(table.columns, rows);
  const columns = positions.map((position) => table.columns[position]);
  const titles = columns.map(
    (column) => html`<th scope="col" class="${kindOf(column)}">${texts.columns[column.id]}</th>`,
  );
  const body = rows.map(
    (row) =>
      html`<tr>
        ${positions.map((position) => cell(table.columns[position], row[position], texts))}
      </tr>`,
  );
  const rest = table.rows.length - rows.length;
  const more = rest > 0 && html`<p class="quiet">${texts.sentences.more(formatCount(rest))}</p>`;
  return html`<div class="wide" tabindex="0">
      <table>
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

function cell(column: Column, value: Value, texts: ReportTexts): Markup {
  return html`<td class="${kindOf(column)}">${cellContent(column, value, texts)}</td>`;
}

function cellContent(column: Column, value: Value, texts: ReportTexts): Content {
  if (column.kind === 'bar' && typeof value === 'number') return lengthBar(value, 1, 'compute');
  if (column.kind === 'stack' && Array.isArray(value)) return stack(value, texts);
  return cellText(column, value);
}

/** Ratios of compute, exposed communication and idle time. */
function stack(ratios: readonly number[], texts: ReportTexts): Markup {
  const [computeNs, exposedCommNs, deviceIdleNs] = ratios;
  const parts = classParts({ computeNs, exposedCommNs, deviceIdleNs }, texts);
  const told = parts.map(({ label, value }) => `${label} ${(value * 100).toFixed(1)} %`).join(', ');
  return shareBar(parts, told, ({ label, value }) => `${label} ${(value * 100).toFixed(1)} %`);
}

function kindOf(column: Column): string {
  return isFigure(column) ? 'number' : column.kind;
}
