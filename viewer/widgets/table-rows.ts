/** Which rows of a table are shown, and in which order. */
import type { ColumnKind, Value } from '../../src/report/parts/part.ts';
import type { Language } from '../../src/locale/index.ts';

export interface TableColumn {
  readonly id: string;
  readonly title: string;
  readonly kind: ColumnKind;
  /** Differences: more has a plus before it. */
  readonly isSigned?: boolean;
  /** The title may go on in another line behind each `_` and space. */
  readonly isBroken?: boolean;
}

export interface TableData {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly Value[])[];
}

export interface Sort {
  /** Position of the column. */
  readonly column: number;
  readonly isDescending: boolean;
}

/** Positions of rows of which some text holds `filter`, whatever its case, sorted. What is not known comes last either way. */
export function rowsInOrder(
  { columns, rows }: TableData,
  { filter, sort, language }: { readonly filter: string; readonly sort: Sort | undefined; readonly language: Language },
): number[] {
  const wanted = filter.trim().toLowerCase();
  const all = rows.map((_, row) => row);
  const found =
    wanted === '' ? all : all.filter((row) => rows[row].some((value, at) => holds(value, columns[at], wanted)));
  if (sort === undefined) return found;
  const { column, isDescending } = sort;
  const collator = new Intl.Collator(language, { numeric: true });
  return found.sort((a, b) => {
    const [one, other] = [a, b].map((row) => sortKey(rows[row][column], columns[column]));
    if (one === null || other === null) return Number(one === null) - Number(other === null) || a - b;
    const order =
      typeof one === 'number' && typeof other === 'number' ? one - other : collator.compare(String(one), String(other));
    return (isDescending ? -order : order) || a - b;
  });
}

function holds(value: Value, column: TableColumn, wanted: string): boolean {
  const key = sortKey(value, column);
  return typeof key === 'string' && key.toLowerCase().includes(wanted);
}

function sortKey(value: Value, { kind }: TableColumn): string | number | null {
  if (value === null || value === '') return null;
  if (typeof value !== 'object') return value;
  if (!('word' in value)) return value[0] ?? null;
  return kind === 'measured' ? Number(value.id) : value.word;
}

/** Figures are read from the most, names from the first letter; the second time it is the other way round. */
export function nextSort(column: number, { kind }: TableColumn, sort: Sort | undefined): Sort {
  if (sort?.column === column) return { column, isDescending: !sort.isDescending };
  return { column, isDescending: kind !== 'text' && kind !== 'name' && kind !== 'names' && kind !== 'time' };
}
