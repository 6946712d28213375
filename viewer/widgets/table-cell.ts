/** What stands in the cells of tables. */
import type { Value } from '../../src/report/parts/part.ts';
import { cellText } from '../../src/report/text/cell-text.ts';
import { type Child, element } from './element.ts';
import type { TableColumn } from './table-rows.ts';
import './charts.css';

/** Of parts of a `stack`, in their order. */
const STACK = ['fill-compute', 'fill-communication', 'fill-idle', 'fill-unseen'] as const;

export function cellContent(column: TableColumn, value: Value, longest: number, stackWords: readonly string[]): Child {
  if (column.kind === 'bar' && typeof value === 'number') return lengthBar(value / longest);
  if (column.kind === 'stack' && Array.isArray(value)) return stackBar(value, stackWords);
  const text = cellText(column, value);
  return column.isSigned === true && typeof value === 'number' && value > 0 ? `+${text}` : text;
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
