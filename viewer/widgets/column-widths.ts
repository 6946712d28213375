import { cellText, isDrawn, isFigure } from '../../src/report/text/cell-text.ts';
import type { TableColumn, TableData } from './table-rows.ts';

const [NAME_CELLS, WORD_CELLS, MOST_CELLS, SAMPLED_ROWS] = [14, 26, 60, 200];

export interface ColumnWidth {
  readonly letters: number;
  /** Long names: they share what is left where there is less room. */
  readonly isFlexible: boolean;
}

/**
 * How many letters wide each column is. Widths are of all rows, not of those in sight, so nothing moves when a table is sorted
 * or more of it is shown; and no wider than the names, so that figures stand beside what they are of.
 */
export function columnWidths({ columns, rows }: TableData): ColumnWidth[] {
  return columns.map((column, position) => {
    if (isDrawn(column)) return fixed(10);
    const values = rows.map((row) => row[position]);
    const numbers = values.filter((value) => typeof value === 'number');
    const extremes = [Math.min, Math.max].map((pick) => numbers.reduce((a, b) => pick(a, b), numbers[0] ?? 0));
    const texts = [...values.slice(0, SAMPLED_ROWS), ...extremes].map((value) => cellText(column, value));
    const sign = column.isSigned === true ? 1 : 0;
    const widest = Math.max(
      ...texts.map((text) => sign + lettersOf(text)),
      Math.max(...lineTexts(column).map(lettersOf)) + 2,
    );
    if (isFigure(column)) return fixed(widest);
    if (column.kind === 'text') return fixed(Math.min(widest, WORD_CELLS));
    return { letters: Math.min(widest, MOST_CELLS), isFlexible: widest > NAME_CELLS };
  });
}

/** What of the title stands in one line. */
export function lineTexts({ title, isBroken }: TableColumn): string[] {
  return isBroken === true ? title.split(/(?<=[_ ])/) : [title];
}

function fixed(letters: number): ColumnWidth {
  return { letters, isFlexible: false };
}

/** Chinese letters are as wide as two others. */
export function lettersOf(text: string): number {
  let letters = 0;
  for (const letter of text) letters += letter >= '\u2e80' ? 2 : 1;
  return letters;
}
