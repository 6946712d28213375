/** Args of slices as keys and values: anybody's JSON, of which nothing is believed and every digit is kept. */
import { type Child, element } from '../widgets/element.ts';

export type ArgsValue = string | readonly ArgsEntry[];

export interface ArgsEntry {
  readonly key: string;
  readonly value: ArgsValue;
}

/** Deeper than this values stay JSON text. */
const DEPTH_AT_MOST = 12;
/** Longer texts and lists are folded. */
const [LETTERS_AT_MOST, ENTRIES_AT_MOST] = [240, 60];

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

export function argsTree(entries: readonly ArgsEntry[], moreText: string): HTMLElement {
  const list = element('dl', 'pairs');
  const append = (some: readonly ArgsEntry[]): void => {
    for (const { key, value } of some) {
      const term = element('dt', '', key);
      term.title = key;
      list.append(term, element('dd', '', drawn(value, moreText)));
    }
  };
  append(entries.slice(0, ENTRIES_AT_MOST));
  const rest = entries.slice(ENTRIES_AT_MOST);
  if (rest.length === 0) return list;
  return element(
    'div',
    '',
    list,
    folded(`${moreText} (${rest.length})`, () => argsTree(rest, moreText)),
  );
}

function drawn(value: ArgsValue, moreText: string): Child {
  if (typeof value !== 'string') {
    return value.length === 0 ? '{}' : folded(value.map(({ key }) => key).join(', '), () => argsTree(value, moreText));
  }
  return value.length <= LETTERS_AT_MOST
    ? value
    : folded(`${value.slice(0, LETTERS_AT_MOST)}…`, () => element('p', 'long-text', value));
}

/** Drawn when somebody unfolds it. */
function folded(summary: string, draw: () => HTMLElement): HTMLElement {
  const details = element('details', '', element('summary', '', summary));
  details.addEventListener('toggle', () => details.append(draw()), { once: true });
  return details;
}
