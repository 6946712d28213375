import { cellValue, type RecordCells } from './record-args.ts';

/** Alike in every record of every capture. */
const PLACEHOLDERS = new Set(['src_shape', 'dst_shape', 'index_shape']);

/** The keys and values of one record. */
export function regInfoCells(record: Uint8Array): RecordCells {
  const cells = new Map<string, string | number>();
  for (const line of new TextDecoder().decode(record).split('\n')) {
    const colon = line.indexOf(':');
    if (!line.startsWith('\t') || colon < 0) continue;
    const key = line.slice(1, colon).trim();
    const value = line.slice(colon + 1).trim();
    if (key !== '' && value !== '' && !PLACEHOLDERS.has(key)) cells.set(key, cellValue(value));
  }
  return Object.fromEntries(cells);
}
