/** What stands in the cells of tables, and how wide that is. */
import type { Value } from '../../src/report/parts/part.ts';
import { cellText, isDrawn, isFigure } from '../../src/report/text/cell-text.ts';
import { type Child, element } from './element.ts';
import type { TableColumn, TableData } from './table-rows.ts';

/** Of parts of a `stack`, in their order. */
const STACK = ['fill-compute', 'fill-communication', 'fill-idle'] as const;

export function cellContent(column: TableColumn, value: Value, longest: number, stackWords: readonly string[]): Child {
  if (column.kind === 'bar' && typeof value === 'number') return lengthBar(value / longest);
  if (column.kind === 'stack' && Array.isArray(value)) return stackBar(value, stackWords);
  return cellText(column, value);
}

function lengthBar(share: number): HTMLElement {
  const filled = element('span', 'bar-filled');
  filled.style.width = `${share * 100}%`;
  const bar = element('span', 'bar', filled);
  bar.setAttribute('aria-hidden', 'true');
  return bar;
}

function stackBar(shares: readonly number[], words: readonly string[]): HTMLElement {
  const parts = shares.map((share, part) => {
    const filled = element('span', STACK[part]);
    filled.style.width = `${share * 100}%`;
    return filled;
  });
  const bar = element('span', 'bar', ...parts);
  const told = shares.map((share, part) => `${words[part] ?? ''} ${(share * 100).toFixed(1)} %`).join(', ');
  bar.title = told;
  bar.setAttribute('role', 'img');
  bar.setAttribute('aria-label', told);
  return bar;
}

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
    const widest = Math.max(...texts.map(lettersOf), lettersOf(column.title) + 2);
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
