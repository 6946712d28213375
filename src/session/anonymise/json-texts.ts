import type { Anonymiser } from './anonymiser.ts';
import type { OriginalKind } from './replacements.ts';
import { kindOfKey } from './sensitive-keys.ts';

const FIRST_NUMBER = /^(\s*)([-+]?\d[\d.]*)/;
const COLON = /\s*:/y;

/**
 * JSON, or what somebody took for it, with its texts replaced. What has nothing to hide stays as it is, to the byte. Where quotes
 * are bad, strings and what stands between them change places, so both are looked at.
 */
export function anonymousJson(json: string, anonymiser: Anonymiser): string {
  let replaced = '';
  let copiedTo = 0;
  let kind: OriginalKind | undefined;
  let isNeverClosed = false;
  const put = (from: number, to: number, text: string): void => {
    replaced += json.slice(copiedTo, from) + text;
    copiedTo = to;
  };
  for (let at = 0; at < json.length;) {
    const open = indexOrEnd(json, '"', at);
    if (open > at) {
      const text = anonymousBetween(json, at, open, kind, anonymiser);
      if (text !== undefined) put(at, open, text);
    }
    // What closes nothing here closes nothing behind it: looking again at each quote would take forever.
    const close: number = isNeverClosed ? -1 : closingQuote(json, open);
    isNeverClosed = close < 0;
    at = isNeverClosed ? open + 1 : close + 1;
    if (isNeverClosed) continue;
    const inside = json.slice(open + 1, close);
    const text = unescaped(inside);
    COLON.lastIndex = at;
    const isKey = COLON.test(json);
    // A list has several values behind one key.
    const valueKind = isKey || text === '' ? undefined : kind;
    if (isKey) {
      kind = kindOfKey(text, false);
      at = COLON.lastIndex;
    }
    const other = valueKind === undefined ? anonymiser.text(text) : anonymiser.value(valueKind, text);
    if (other !== text) put(open, close + 1, JSON.stringify(other));
  }
  return copiedTo === 0 ? json : replaced + json.slice(copiedTo);
}

/** What stands between strings is no text in JSON; numbers and punctuation stay. undefined where all does. */
function anonymousBetween(
  json: string,
  from: number,
  to: number,
  kind: OriginalKind | undefined,
  anonymiser: Anonymiser,
): string | undefined {
  if (kind === 'job' || kind === 'id') {
    return json.slice(from, to).replace(FIRST_NUMBER, (_, space: string, number: string) => {
      return `${space}"${anonymiser.value(kind, number)}"`;
    });
  }
  return hasLetters(json, from, to) ? anonymiser.text(json.slice(from, to)) : undefined;
}

function hasLetters(json: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const letter = json.charCodeAt(i) | 0x20;
    if ((letter >= 0x61 && letter <= 0x7a) || letter > 0x7f) return true;
  }
  return false;
}

function indexOrEnd(json: string, sought: string, from: number): number {
  const at = json.indexOf(sought, from);
  return at < 0 ? json.length : at;
}

/** Of the string that opens at `open`; -1 where it is never closed. */
function closingQuote(json: string, open: number): number {
  for (let close = json.indexOf('"', open + 1); close >= 0; close = json.indexOf('"', close + 1)) {
    let escapes = 0;
    while (json[close - 1 - escapes] === '\\') escapes++;
    if (escapes % 2 === 0) return close;
  }
  return -1;
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

/**
 * A document of ours: what has the form of JSON, but may hold numbers that JSON has no word for. Its keys say what its values
 * are, so they stay, whatever somebody is called. Only labels are called what a user called them.
 */
export function anonymousTexts<T>(value: T, key: string, anonymiser: Anonymiser): T;
export function anonymousTexts(value: unknown, key: string, anonymiser: Anonymiser): unknown {
  if (typeof value === 'string') {
    const kind = kindOfKey(key, false);
    return kind === undefined || value === '' ? anonymiser.text(value) : anonymiser.value(kind, value);
  }
  if (Array.isArray(value)) return value.map((each: unknown) => anonymousTexts(each, key, anonymiser));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]): [string, unknown] => [
    key === 'labels' ? anonymiser.text(name) : name,
    anonymousTexts<unknown>(member, name, anonymiser),
  ]);
  return Object.fromEntries(members);
}
