// The byte-level scanner against two parsers that know nothing of trace events: stream-json, which keeps numbers as
// text, and JSON.parse. Same events, same values, same order: on every fixture, every sample and on odd spellings.
import { describe, expect, test } from 'vitest';
import { exactTimes, fractionOf, roundedNs } from '../support/exact-decimal.ts';
import { traceEventCaptures } from '../support/fixtures.ts';
import { oddDocuments } from '../support/odd-documents.ts';
import {
  isObject,
  NumberText,
  parseDocument,
  type ReferenceObject,
  type ReferenceValue,
  referenceEvents,
} from '../support/reference-events.ts';
import {
  ASCEND_TIMELINES,
  noticeWhenAbsent,
  readSample,
  samplesAbsent,
  samplesLike,
  TORCH_TRACES,
} from '../support/samples.ts';
import type { PlainEvent } from '../support/scanned-events.ts';
import { scanBytes } from '../support/scanned-events.ts';

/** The independent tokenizer is slow on tens of megabytes; such files are held against JSON.parse alone. */
const LARGEST_FOR_TOKENS = 4_000_000;

noticeWhenAbsent('the scanner on real captures');

/** What is no JSON is mended by us alone; tests of the reader say how. */
const BROKEN = ['torch-kineto/epoch-2024'];

const wholeFixtures = traceEventCaptures()
  .filter(({ title }) => !BROKEN.includes(title))
  .flatMap(({ title, capture }) => capture.files.map(({ path, bytes }) => ({ title: `${title} ${path}`, bytes })));

describe('every fixture', () => {
  test.each(wholeFixtures)('$title', ({ bytes }) => {
    expectSameAsTokens(strictJson(bytes));
    expectSameAsParsed(strictJson(bytes));
  });
});

describe('every sample', { timeout: 60_000 }, () => {
  test.skipIf(samplesAbsent)('is found', () => {
    expect(samplesLike(ASCEND_TIMELINES).length).toBeGreaterThan(0);
    expect(samplesLike(TORCH_TRACES).length).toBeGreaterThan(0);
  });

  test.each([...samplesLike(ASCEND_TIMELINES), ...samplesLike(TORCH_TRACES)])('%s', (path) => {
    const bytes = readSample(path);
    if (bytes.length <= LARGEST_FOR_TOKENS) expectSameAsTokens(bytes);
    expectSameAsParsed(bytes);
  });
});

describe('odd spellings of the same thing', () => {
  test.each(oddDocuments)('$title', ({ text }) => {
    const bytes = new TextEncoder().encode(text);
    expectSameAsTokens(bytes);
    expectSameAsParsed(bytes);
  });
});

/** The damaged fixtures break off or end in a comma: what is strict JSON of them is kept. */
function strictJson(bytes: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(bytes);
  try {
    JSON.parse(text);
    return bytes;
  } catch {
    const lastEvent =
      text.lastIndexOf(',\n{') > 0
        ? text.replace(/,\s*\]\s*$/, ']')
        : `${text.slice(0, text.lastIndexOf(',{"name"'))}]`;
    return new TextEncoder().encode(lastEvent);
  }
}

function expectSameAsTokens(bytes: Uint8Array): void {
  const expected = referenceEvents(bytes).filter(hasKnownField);
  const { events, diagnostics } = scanBytes(bytes, { chunkBytes: 65_521 });
  expect(diagnostics.list()).toEqual([]);
  expect(events.length).toBe(expected.length);
  expected.forEach((reference, index) => {
    const event = events[index];
    const difference = differenceBetween(event, reference);
    if (difference !== undefined) expect.fail(`event ${index} at byte ${event.offset}: ${difference}`);
  });
}

const KNOWN_FIELDS = 'name ph cat ts dur pid tid args id id2 bp bind_id flow_in flow_out scope s'.split(' ');

function hasKnownField(event: ReferenceObject): boolean {
  return KNOWN_FIELDS.some((field) => field in event);
}

/** What differs, for people; undefined when nothing does. */
function differenceBetween(event: PlainEvent, reference: ReferenceObject): string | undefined {
  const expected: [field: string, found: unknown, wanted: unknown][] = [
    ['ph', event.phase, textOf(reference.ph) ?? ''],
    ['name', event.name, wantedName(reference)],
    ['cat', event.category, textOf(reference.cat)],
    ['pid', event.pid, textOf(reference.pid)],
    ['tid', event.tid, textOf(reference.tid)],
    ['ts', event.tsNs, wantedTs(reference)],
    ['dur', event.durNs, wantedDur(reference)],
    ['id', event.id, textOf(reference.id)],
  ];
  for (const [field, found, wanted] of expected) {
    if (found !== wanted) return `${field} is ${String(found)}, not ${String(wanted)}`;
  }
  if (!isObject(reference.args)) return event.args === undefined ? undefined : `args ${event.args} are not there`;
  const args = event.args === undefined ? undefined : parseDocument(event.args);
  return JSON.stringify(args) === JSON.stringify(reference.args) ? undefined : `args are ${event.args}`;
}

function textOf(value: ReferenceValue | undefined): string | undefined {
  if (value instanceof NumberText) return value.text;
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : undefined;
}

/** Names of arrows that end in the digits of their own id stand without them. */
function wantedName(reference: ReferenceObject): string | undefined {
  const name = textOf(reference.name);
  const id = textOf(reference.id);
  const isArrow = ['s', 't', 'f'].includes(textOf(reference.ph) ?? '');
  if (name === undefined || id === undefined || !isArrow) return name;
  return /^\d+$/.test(id) && name.endsWith(id) && name !== id ? name.slice(0, -id.length) : name;
}

const DECIMAL = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;

function wantedTs({ ts }: ReferenceObject): bigint | 'missing' | 'bad' {
  if (ts === undefined) return 'missing';
  const text = textOf(ts) ?? '';
  return DECIMAL.test(text) ? roundedNs(fractionOf(text)) : 'bad';
}

function wantedDur({ ts, dur }: ReferenceObject): bigint | 'missing' | 'bad' {
  if (dur === undefined) return 'missing';
  const [tsText, durText] = [textOf(ts) ?? '', textOf(dur) ?? ''];
  if (!DECIMAL.test(durText) || fractionOf(durText).numerator < 0n) return 'bad';
  const { startNs, endNs } = exactTimes(DECIMAL.test(tsText) ? tsText : '0', durText);
  return endNs - startNs;
}

/** Each event as JSON.parse has it: here numbers are doubles, so only what survives a double is compared. */
function expectSameAsParsed(bytes: Uint8Array): void {
  const root: unknown = JSON.parse(new TextDecoder().decode(bytes));
  const list = Array.isArray(root) ? root : (root as { traceEvents: unknown[] }).traceEvents;
  const expected = (list as Record<string, unknown>[]).filter((event) => KNOWN_FIELDS.some((field) => field in event));
  const { events } = scanBytes(bytes);
  expect(events.length).toBe(expected.length);
  expected.forEach((parsed, index) => {
    const { phase, name, tsNs, durNs, args, id } = events[index];
    const isArrow = ['s', 't', 'f'].includes(phase);
    const isText = typeof parsed.name === 'string';
    const sameName = !isText || parsed.name === name || (isArrow && String(parsed.name).startsWith(name ?? ''));
    const sameTs = typeof tsNs !== 'bigint' || nearly(Number(tsNs) / 1000, Number(parsed.ts));
    const sameDur = typeof durNs !== 'bigint' || nearly(Number(durNs) / 1000, Number(parsed.dur));
    const sameArgs = JSON.stringify(args === undefined ? undefined : JSON.parse(args)) === JSON.stringify(parsed.args);
    const sameId = id === undefined ? !('id' in parsed) : id === parsed.id || Number(id) === Number(parsed.id);
    const same = { phase: phase === (parsed.ph ?? ''), sameName, sameTs, sameDur, sameArgs, sameId };
    if (Object.values(same).includes(false)) expect.fail(`event ${index}: ${JSON.stringify([parsed, same])}`);
  });
}

/** Within half a nanosecond, or the grid of doubles where that is coarser. */
function nearly(a: number, b: number): boolean {
  return Math.abs(a - b) <= Math.max(0.0011, Math.abs(b) * 4 * Number.EPSILON);
}
