/**
 * One line of Prometheus' text format or of OpenMetrics: a name, labels in braces, a value, perhaps a time, perhaps an exemplar.
 * Since Prometheus 3 a name may be any text, in quotes and in the braces: `{"name",label="x"}`, and so may names of labels.
 * (prometheus.io, "Exposition formats"). Native histograms do not exist in these formats: servers send them as protocol buffers.
 */
import { writtenNumber } from '../../bytes/index.ts';

export interface SampleLine {
  /** Name and labels, as they stand there, end here. */
  readonly keyTo: number;
  readonly value: number;
  /** Milliseconds since 1970; NaN where none is given. */
  readonly timeMs: number;
}

const SPACE = 0x20;
const TAB = 0x09;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
/** Longer numbers are none. */
const MOST_NUMBER_BYTES = 64;

/** `from` is where the name begins. Undefined where the line is no sample. */
export function sampleLine(bytes: Uint8Array, from: number, to: number): SampleLine | undefined {
  let at = from;
  while (at < to && bytes[at] !== SPACE && bytes[at] !== TAB && bytes[at] !== OPEN) at++;
  const nameTo = at;
  at = skipSpace(bytes, at, to);
  if (bytes[at] === OPEN && at < to) at = endOfLabels(bytes, at, to);
  else at = nameTo;
  if (at <= from) return undefined;
  const keyTo = at;
  const [valueFrom, valueTo] = wordAt(bytes, at, to);
  const value = sampleValue(bytes, valueFrom, valueTo);
  if (value === undefined) return undefined;
  const [timeFrom, timeTo] = wordAt(bytes, valueTo, to);
  if (timeFrom === timeTo || bytes[timeFrom] === 0x23) return { keyTo, value, timeMs: Number.NaN };
  const time = sampleValue(bytes, timeFrom, timeTo);
  const [restFrom, restTo] = wordAt(bytes, timeTo, to);
  const isLast = restFrom === restTo || bytes[restFrom] === 0x23;
  if (time === undefined || !isLast) return undefined;
  return { keyTo, value, timeMs: inMilliseconds(time) };
}

/** OpenMetrics counts seconds, the older format milliseconds; as seconds these would be after the year 5000. */
const FIRST_MILLISECONDS = 1e11;
/** Of what a date can be made, and microseconds that a double holds. */
const LAST_MILLISECONDS = 8.64e15 / 1000;

function inMilliseconds(time: number): number {
  const ms = Math.abs(time) < FIRST_MILLISECONDS ? time * 1000 : time;
  return Math.abs(ms) <= LAST_MILLISECONDS ? Math.round(ms) : Number.POSITIVE_INFINITY;
}

function skipSpace(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && (bytes[at] === SPACE || bytes[at] === TAB)) at++;
  return at;
}

/** Behind the closing brace; -1 where there is none. */
function endOfLabels(bytes: Uint8Array, from: number, to: number): number {
  let isQuoted = false;
  for (let at = from + 1; at < to; at++) {
    const byte = bytes[at];
    if (isQuoted && byte === BACKSLASH) at++;
    else if (byte === QUOTE) isQuoted = !isQuoted;
    else if (byte === CLOSE && !isQuoted) return at + 1;
  }
  return -1;
}

function wordAt(bytes: Uint8Array, from: number, to: number): [from: number, to: number] {
  const start = skipSpace(bytes, from, to);
  let end = start;
  while (end < to && bytes[end] !== SPACE && bytes[end] !== TAB) end++;
  return [start, end];
}

function sampleValue(bytes: Uint8Array, from: number, to: number): number | undefined {
  if (from === to || to - from > MOST_NUMBER_BYTES) return undefined;
  return writtenNumber(String.fromCharCode(...bytes.subarray(from, to)));
}

const METRIC_NAME = /^[a-z_:][\w:]*$/i;
const QUOTED = String.raw`"([^"\\]*(?:\\.[^"\\]*)*)"`;
const ITEM = new RegExp(String.raw`\s*(?:([a-z_]\w*)|${QUOTED})\s*(?:=\s*${QUOTED}\s*)?(?:,|$)`, 'giy');
const TYPE = new RegExp(String.raw`^#\s*TYPE\s+(?:${QUOTED}|(\S+))\s+(\S+)\s*$`);

export interface SeriesKey {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
}

/** `text`: name and labels as they stand in a line. Undefined where they are no name and labels. */
export function seriesKey(text: string): SeriesKey | undefined {
  const brace = text.indexOf('{');
  let name = (brace < 0 ? text : text.slice(0, brace)).trim();
  if (name !== '' && !METRIC_NAME.test(name)) return undefined;
  const inside = brace < 0 ? '' : text.slice(brace + 1, -1).trimEnd();
  const labels = new Map<string, string>();
  let read = 0;
  for (const [whole, word, quoted, value] of inside.matchAll(ITEM)) {
    if (value !== undefined) labels.set(word ?? unescaped(quoted), unescaped(value));
    else if (quoted !== undefined && name === '' && read === 0) name = unescaped(quoted);
    else return undefined;
    read += whole.length;
  }
  return read === inside.length && name !== '' ? { name, labels } : undefined;
}

/** What a comment says of the type of a metric; undefined where it says something else. */
export function typeComment(text: string): { readonly name: string; readonly type: string } | undefined {
  const [, quoted, word, type] = TYPE.exec(text) ?? [];
  return type === undefined ? undefined : { name: word ?? unescaped(quoted), type };
}

function unescaped(text: string): string {
  return text.replace(/\\([\\"n])/g, (_, character: string) => (character === 'n' ? '\n' : character));
}
