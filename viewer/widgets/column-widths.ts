import { cellText, isDrawn, isFigure } from '../../src/report/text/cell-text.ts';
import type { TableData } from './table-rows.ts';

const [NAME_CELLS, WORD_CELLS, SAMPLED_ROWS] = [14, 26, 200];

/**
 * How many letters wide each column is; null shares what is left. Widths are of all rows, not of those in sight, so nothing
 * moves when a table is sorted or more of it is shown.
 */
export function columnWidths({ columns, rows }: TableData): (number | null)[] {
  return columns.map((column, position) => {
    if (isDrawn(column)) return 10;
    const values = rows.map((row) => row[position]);
    const numbers = values.filter((value) => typeof value === 'number');
    const extremes = [Math.min, Math.max].map((pick) => numbers.reduce((a, b) => pick(a, b), numbers[0] ?? 0));
    const texts = [...values.slice(0, SAMPLED_ROWS), ...extremes].map((value) => cellText(column, value));
    const sign = column.isSigned === true ? 1 : 0;
    const widest = Math.max(...texts.map((text) => sign + lettersOf(text)), lettersOf(column.title) + 2);
    if (isFigure(column)) return widest;
    if (column.kind === 'text') return Math.min(widest, WORD_CELLS);
    return widest <= NAME_CELLS ? widest : null;
  });
}

/** Chinese letters are as wide as two others. */
export function lettersOf(text: string): number {
  let letters = 0;
  for (const letter of text) letters += letter >= '\u2e80' ? 2 : 1;
  return letters;
}
