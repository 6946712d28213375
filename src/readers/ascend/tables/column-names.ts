import type { ColumnSpec } from './table-spec.ts';
import { nameAndUnit, type Units } from './units.ts';

/** Columns by every name they have had, folded. */
export type ColumnNames = ReadonlyMap<string, ColumnSpec>;

/** A header or a key, folded: as it stands, and without its unit. */
export type Spellings = readonly [whole: string, withoutUnit: string];

/** Where two columns go by one name, the first counts. */
export function columnNames(specs: readonly ColumnSpec[]): ColumnNames {
  const entries = specs.flatMap((spec) => spec.names.map((name) => [foldedName(name), spec] as const));
  return new Map(entries.reverse());
}

export function spellingsOf(header: string, units: Units): Spellings {
  return [foldedName(header), foldedName(nameAndUnit(header, units).name)];
}

export function specOf([whole, withoutUnit]: Spellings, names: ColumnNames): ColumnSpec | undefined {
  return names.get(whole) ?? names.get(withoutUnit);
}

/** `Device_id`, `Device Id` and `Device ID` are the same. */
function foldedName(name: string): string {
  return name.toLowerCase().replace(/[\s_]+/g, '');
}
