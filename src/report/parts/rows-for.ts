import type { PartOptions } from './part.ts';

/** Terminals show what fits some screens, documents somewhat more, pages what nobody minds to scroll past; machines get all. */
const ROWS: Readonly<Record<'terminal' | 'document' | 'page' | 'machine', PartOptions>> = {
  terminal: { limit: 10, fewer: 5, devices: 8 },
  document: { limit: 10, fewer: 10, devices: 16 },
  page: { limit: 25, fewer: 12, devices: 64 },
  machine: { limit: Infinity, fewer: Infinity, devices: Infinity },
};

/** How many rows there are room for; as many as were asked for where they were, but for pages, which never show less. */
export function rowsFor(medium: keyof typeof ROWS, top?: number): PartOptions {
  const rows = ROWS[medium];
  if (top === undefined) return rows;
  if (medium !== 'page') return { limit: top, fewer: top, devices: top };
  return { limit: Math.max(top, rows.limit), fewer: Math.max(top, rows.fewer), devices: Math.max(top, rows.devices) };
}
