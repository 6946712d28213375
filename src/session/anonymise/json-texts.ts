import type { Anonymiser } from './anonymiser.ts';
import { kindOfKey } from './sensitive-keys.ts';

/** Strings, and what stands between them. Where quotes are bad the two change places, so both are looked at. */
const PIECES = /"((?:[^"\\]|\\.)*)"(\s*:)?|[^"]+|"/gs;
const FIRST_NUMBER = /^(\s*)([-+]?\d[\d.]*)/;

/** JSON, or what somebody took for it, with its texts replaced. What has nothing to hide stays as it is, to the byte. */
export function anonymousJson(json: string, anonymiser: Anonymiser): string {
  let key = '';
  return json.replace(PIECES, (piece: string, inside: string | undefined, colon: string | undefined) => {
    const kind = key === '' ? undefined : kindOfKey(key, false);
    if (inside === undefined) {
      if (kind !== 'job' && kind !== 'id') return replacedOutside(piece, anonymiser);
      return piece.replace(FIRST_NUMBER, (_, space: string, number: string) => {
        return `${space}"${anonymiser.value(kind, number)}"`;
      });
    }
    const text = unescaped(inside);
    // A list has several values behind one key.
    if (colon !== undefined) key = text;
    else if (kind !== undefined && text !== '') return JSON.stringify(anonymiser.value(kind, text));
    const replacement = anonymiser.text(text);
    return replacement === text ? piece : JSON.stringify(replacement) + (colon ?? '');
  });
}

/** Texts between strings are no JSON; numbers and punctuation stay. */
function replacedOutside(piece: string, anonymiser: Anonymiser): string {
  return /[A-Za-z]/.test(piece) ? anonymiser.text(piece) : piece;
}

function unescaped(inside: string): string {
  if (!inside.includes('\\')) return inside;
  try {
    const text: unknown = JSON.parse(`"${inside}"`);
    return typeof text === 'string' ? text : inside;
  } catch {
    return inside;
  }
}

/** What has the form of JSON, but may hold numbers that JSON has no word for. */
export function anonymousTexts<T>(value: T, key: string, anonymiser: Anonymiser): T;
export function anonymousTexts(value: unknown, key: string, anonymiser: Anonymiser): unknown {
  if (typeof value === 'string') {
    const kind = kindOfKey(key, false);
    return kind === undefined || value === '' ? anonymiser.text(value) : anonymiser.value(kind, value);
  }
  if (Array.isArray(value)) return value.map((each: unknown) => anonymousTexts(each, key, anonymiser));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]): [string, unknown] => [
    anonymiser.text(name),
    anonymousTexts<unknown>(member, name, anonymiser),
  ]);
  return Object.fromEntries(members);
}
