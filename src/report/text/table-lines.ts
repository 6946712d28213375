import type { Column, Table, Value } from '../parts/part.ts';
import { bar, stack } from './bars.ts';
import { cellText, columnsWithValues, isDrawn, isFigure } from './cell-text.ts';
import { styled, visible } from './style.ts';
import { alignColumns } from './table.ts';
import { cut, displayWidth, shortened } from './width.ts';

const GAP = 2;
/** Of what may be cut. */
const FEWEST_CELLS: Partial<Record<Column['kind'], number>> = { name: 10, names: 24 };
/** With fewer, names of kernels say too little: other columns go first. */
const ENOUGH_CELLS: Partial<Record<Column['kind'], number>> = { name: 34, names: 24 };
const FEWEST_CELLS_OF_BAR = 8;
const MOST_CELLS_OF_BAR = 24;

interface Laid {
  readonly column: Column;
  readonly title: string;
  readonly values: readonly Value[];
  readonly texts: readonly string[];
}

/** A table in no more cells than there are: first what has no room goes, then names are cut. */
export function tableLines(
  { columns, rows, shown }: Table,
  titles: Readonly<Record<string, string>>,
  width: number,
): string[] {
  const some = rows.slice(0, shown);
  const laid = columnsWithValues(columns, some).map((position): Laid => {
    const column = columns[position];
    const values = some.map((row) => row[position]);
    const texts = values.map((value) => visible(cellText(column, value)));
    return { column, title: titles[column.id], values, texts };
  });
  const kept = withRoom(laid, width);
  const cells = cellsOf(kept, width);
  const lines = alignColumns(
    [kept.map(({ title }) => title), ...some.map((_, row) => kept.map((each, at) => drawn(each, row, cells[at])))],
    (at) => isFigure(kept[at].column),
    ' '.repeat(GAP),
  );
  return lines.map((line, index) => (index === 0 ? styled(line, 'dim') : line));
}

function drawn({ column, values, texts }: Laid, row: number, cells: number): string {
  const value = values[row];
  if (column.kind === 'bar' && typeof value === 'number') return bar(value / longestBar(values), cells);
  if (column.kind === 'stack' && Array.isArray(value)) return stack(value as readonly number[], cells);
  if (column.kind === 'names') return cut(texts[row], cells);
  return column.kind === 'name' ? shortened(texts[row], cells) : texts[row];
}

/** The longest bar fills its column; how much it is stands beside it. */
function longestBar(values: readonly Value[]): number {
  return Math.max(...values.map((value) => (typeof value === 'number' ? value : 0))) || 1;
}

function withRoom(laid: readonly Laid[], width: number): readonly Laid[] {
  let kept = laid;
  while (sum(kept.map((each) => cellsAtLeast(each, ENOUGH_CELLS))) + GAP * (kept.length - 1) > width) {
    const [first] = kept.filter(({ column }) => column.drop !== undefined).sort(byDrop);
    if (first === undefined) return kept;
    kept = kept.filter((each) => each !== first);
  }
  return kept;
}

function byDrop(a: Laid, b: Laid): number {
  return (b.column.drop ?? 0) - (a.column.drop ?? 0);
}

/** Names get what they need as long as there is room, the same for all that need more; then bars grow. */
function cellsOf(kept: readonly Laid[], width: number): number[] {
  const cells = kept.map((each) => cellsAtLeast(each, FEWEST_CELLS));
  const most = kept.map((each) => (isDrawn(each.column) ? MOST_CELLS_OF_BAR : naturalCells(each)));
  let left = width - sum(cells) - GAP * (kept.length - 1);
  const grow = (positions: readonly number[]): void => {
    positions.forEach((at, index) => {
      const share = Math.floor(left / (positions.length - index));
      const more = Math.max(0, Math.min(share, most[at] - cells[at]));
      cells[at] += more;
      left -= more;
    });
  };
  const positions = kept.map((_, at) => at).sort((a, b) => most[a] - cells[a] - (most[b] - cells[b]));
  grow(positions.filter((at) => !isDrawn(kept[at].column)));
  grow(positions.filter((at) => isDrawn(kept[at].column)));
  return cells;
}

function cellsAtLeast(laid: Laid, ofKind: typeof FEWEST_CELLS): number {
  if (isDrawn(laid.column)) return FEWEST_CELLS_OF_BAR;
  const natural = naturalCells(laid);
  const fewest = ofKind[laid.column.kind];
  return fewest === undefined ? natural : Math.min(natural, Math.max(fewest, displayWidth(laid.title)));
}

function naturalCells({ title, texts }: Laid): number {
  return Math.max(displayWidth(title), ...texts.map(displayWidth));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}
