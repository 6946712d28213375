/** Args of slices as keys and values: anybody's JSON, of which nothing is believed and every digit is kept. */
export type ArgsValue = string | readonly ArgsEntry[];

export interface ArgsEntry {
  readonly key: string;
  readonly value: ArgsValue;
}

/** Deeper than this values stay JSON text. */
const DEPTH_AT_MOST = 12;

/** Strings and numbers outside of them; a number may be longer than JavaScript can hold. */
const SCALARS = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

/** The members of an object, or one entry without a key where it is none, as of a file that is damaged. */
export function parseArgs(text: string): ArgsEntry[] {
  if (text.trim() === '') return [];
  const quoted = text.replace(SCALARS, (scalar) => (scalar.startsWith('"') ? scalar : `"${scalar}"`));
  try {
    const value = valueOf(JSON.parse(quoted), 0);
    return typeof value === 'string' ? [{ key: '', value }] : [...value];
  } catch {
    return [{ key: '', value: text }];
  }
}

function valueOf(value: unknown, depth: number): ArgsValue {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return String(value);
  const isFlat = Array.isArray(value) && value.every((each) => typeof each !== 'object' || each === null);
  if (isFlat) return `[${value.map(String).join(', ')}]`;
  if (depth === DEPTH_AT_MOST) return JSON.stringify(value);
  return Object.entries(value).map(([key, each]) => ({ key, value: valueOf(each, depth + 1) }));
}
