import { CsvScanner } from '../../src/bytes/index.ts';

export interface PlainRow {
  readonly line: number;
  readonly offset: number;
  readonly cells: readonly string[];
}

/** The rows of CSV text that comes in chunks of some size, and the lines of quotes that were never closed. */
export function csvRows(
  bytes: Uint8Array,
  chunkBytes = bytes.length || 1,
): { rows: PlainRow[]; openQuotes: { line: number; offset: number }[] } {
  const rows: PlainRow[] = [];
  const openQuotes: { line: number; offset: number }[] = [];
  const scanner = new CsvScanner({
    row: (row) => {
      rows.push({
        line: row.line,
        offset: row.offset,
        cells: row.texts(),
      });
    },
    quoteNotClosed: (line, offset) => openQuotes.push({ line, offset }),
  });
  for (let at = 0; at < bytes.length; at += chunkBytes) scanner.feed(bytes.slice(at, at + chunkBytes));
  scanner.end();
  return { rows, openQuotes };
}
