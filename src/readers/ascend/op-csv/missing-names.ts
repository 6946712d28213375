import { type CsvRow, CsvScanner } from '../../../bytes/index.ts';
import { isNothing, type OpHeader, opHeader } from './columns.ts';

/** Fewer rows than this might all have the same commas in their names. */
const FEWEST_ROWS = 2;

/**
 * How many names the header lacks at its front, told from the beginning of a table: as many as every row has cells too
 * many, where with so many more the times stand below the names of times and the numbers below those of numbers.
 */
export function missingNameCount(head: Uint8Array): number {
  const counts = new Set<number>();
  let header: OpHeader | undefined;
  let rowCount = 0;
  let isAligned = true;
  const scanner = new CsvScanner({
    row: (row: CsvRow) => {
      if (header === undefined) {
        header = opHeader(row.texts());
        return;
      }
      rowCount++;
      const extra = row.cellCount - header.names.length;
      counts.add(extra);
      isAligned &&= extra > 0 && hasNumbersRightOf(row, header, extra) && !endsInCommas(row, header);
    },
    quoteNotClosed: () => undefined,
  });
  // The last row may go on behind the head.
  scanner.feed(head);
  const [extra = 0] = counts;
  return rowCount >= FEWEST_ROWS && counts.size === 1 && isAligned ? extra : 0;
}

/** Empty cells behind the last column, with the numbers below their names. */
function endsInCommas(row: CsvRow, header: OpHeader): boolean {
  return row.isEmptyFrom(header.names.length) && hasNumbersRightOf(row, header, 0);
}

function hasNumbersRightOf(row: CsvRow, { start, duration, device, stream }: OpHeader, extra: number): boolean {
  return [start, duration, device, stream].every((cell) => {
    const at = cell + extra;
    const [from, to] = [row.from[at], row.to[at]];
    return cell < 0 || isNothing(row.buffer, from, to) || isDigit(row.buffer[from]);
  });
}

function isDigit(c: number): boolean {
  return c >= 0x30 && c <= 0x39;
}
