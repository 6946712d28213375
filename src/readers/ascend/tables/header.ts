import { columnNames, specOf, spellingsOf } from './column-names.ts';
import { TABLE_FORMATS } from './formats/index.ts';
import type { TableSpec } from './table-spec.ts';
import { BINARY_UNITS } from './units.ts';

const FORMATS = TABLE_FORMATS.map((format) => ({ format, names: columnNames(format.columns) }));

/** Which formats a header may be of: at most one, which a test makes sure of. */
export function formatsOf(header: readonly string[]): TableSpec[] {
  // Once for all formats: the first line of any file is looked at, and a document of one line has thousands of commas.
  const spellings = header.map((name) => spellingsOf(name, BINARY_UNITS));
  return FORMATS.filter(({ format, names }) => {
    const columns = spellings.map((each) => specOf(each, names)?.column);
    return isOfFormat(header, columns, format);
  }).map(({ format }) => format);
}

/** `columns`: those of the format that the names of the header mean. */
function isOfFormat(
  header: readonly string[],
  columns: readonly (string | undefined)[],
  { marks, without, sign, isExact }: TableSpec,
): boolean {
  if (isExact === true && columns.includes(undefined)) return false;
  if (sign !== undefined && !header.some((name) => sign.test(name))) return false;
  return marks.every((mark) => columns.includes(mark)) && !(without ?? []).some((name) => columns.includes(name));
}
