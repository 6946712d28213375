import { specOf } from './cells.ts';
import { TABLE_FORMATS } from './formats/index.ts';
import type { TableSpec } from './table-spec.ts';
import { BINARY_UNITS } from './units.ts';

/** Which formats a header may be of: at most one, which a test makes sure of. */
export function formatsOf(header: readonly string[]): TableSpec[] {
  return TABLE_FORMATS.filter((format) => isOfFormat(header, format));
}

function isOfFormat(header: readonly string[], { columns, marks, without, sign, isExact }: TableSpec): boolean {
  const known = header.map((name) => specOf(name, columns, BINARY_UNITS)?.column);
  if (isExact === true && known.includes(undefined)) return false;
  if (sign !== undefined && !header.some((name) => sign.test(name))) return false;
  return marks.every((mark) => known.includes(mark)) && !(without ?? []).some((name) => known.includes(name));
}
