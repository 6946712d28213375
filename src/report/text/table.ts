import { formatCount } from '../format.ts';
import { displayWidth, padded } from './width.ts';

/** Columns wide enough for their longest cell; numbers to the right. */
export function formatTable(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const texts = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? formatCount(cell) : cell)));
  const isNumber = header.map((_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === 'number'));
  return alignColumns([header, ...texts], (column) => isNumber[column]);
}

/** Lines of equally wide columns. */
export function alignColumns(
  rows: readonly (readonly string[])[],
  isRight: (column: number) => boolean,
  gap = '  ',
): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => displayWidth(row[column]))));
  return rows.map((row) =>
    row
      .map((cell, column) => padded(cell, widths[column], isRight(column)))
      .join(gap)
      .trimEnd(),
  );
}
