import { ByteBuffer } from './byte-buffer.ts';
import { addDecimals, type Decimal, microsToNs, parseDecimal } from './decimal-ns.ts';
import type { EventScanner } from './event-scanner.ts';
import { type ByteInterner, hashBytes } from './interner.ts';
import { appendUnescaped } from './json-text.ts';
import { JsonNumber, type JsonValue, parseJson } from './json-value.ts';
import { FIELD } from './scanned-event.ts';

const QUOTE = 0x22;
const REPLACEMENT = '\ufffd';

/**
 * The general path: gives meaning to fields whose value had an unusual shape (an escaped name, an exponent, a pid
 * that is a word). It reads the same bytes again with the general parser, for that one event only.
 */
export function repairOddFields(scanner: EventScanner): void {
  const { event } = scanner;
  if (has(scanner, 'name')) event.name = internText(scanner, 'name', scanner.strings);
  if (has(scanner, 'cat')) event.category = internText(scanner, 'cat', scanner.strings);
  if (has(scanner, 'pid')) event.pid = internText(scanner, 'pid', scanner.keys);
  if (has(scanner, 'tid')) event.tid = internText(scanner, 'tid', scanner.keys);
  if (has(scanner, 'ph')) {
    const phase = textOf(parsedField(scanner, 'ph'));
    event.phase = phase.length === 1 && phase.charCodeAt(0) < 0x80 ? phase.charCodeAt(0) : 0;
  }
  if (has(scanner, 'ts') || has(scanner, 'dur')) repairTimes(scanner);
}

function has(scanner: EventScanner, field: keyof typeof FIELD): boolean {
  return (scanner.event.odd & (1 << FIELD[field])) !== 0;
}

function parsedField(scanner: EventScanner, field: keyof typeof FIELD): JsonValue | undefined {
  const index = FIELD[field];
  try {
    return parseJson(scanner.buffer, scanner.event.from[index], scanner.event.to[index]);
  } catch {
    return undefined;
  }
}

/** A string that breaks the rules of JSON still keeps its text; only what is no Unicode is replaced, and counted. */
function internText(scanner: EventScanner, field: keyof typeof FIELD, table: ByteInterner): number {
  const { buffer, event } = scanner;
  const from = event.from[FIELD[field]];
  if (buffer[from] !== QUOTE) return table.addText(textOf(parsedField(scanner, field)));
  const text = new ByteBuffer(event.to[FIELD[field]] - from);
  const sound = appendUnescaped(text, buffer, from + 1, event.to[FIELD[field]] - 1);
  if (!sound && new TextDecoder().decode(text.view()).includes(REPLACEMENT)) table.repairedCount++;
  return table.add(text.bytes, 0, text.length, hashBytes(text.bytes, 0, text.length));
}

/** Names and ids are text whatever they were written as; containers keep no meaning as one. */
function textOf(value: JsonValue | undefined): string {
  if (value instanceof JsonNumber) return value.text;
  if (typeof value === 'string' || typeof value === 'boolean') return String(value);
  return '';
}

function repairTimes(scanner: EventScanner): void {
  const { event } = scanner;
  const ts = decimalOf(scanner, 'ts');
  const dur = decimalOf(scanner, 'dur');
  if (event.tsState !== 'missing' || has(scanner, 'ts')) {
    event.tsState = 'bad';
    if (ts !== undefined) setStart(scanner, ts);
  }
  if (event.durState !== 'missing' || has(scanner, 'dur')) {
    event.durState = 'bad';
    if (dur !== undefined && dur.digits >= 0n) setDuration(scanner, ts ?? { digits: 0n, scale: 0 }, dur);
  }
}

function setStart(scanner: EventScanner, ts: Decimal): void {
  const { event } = scanner;
  const { ns, rounded } = microsToNs(ts);
  const micros = ns >= 0n ? ns / 1000n : -((-ns + 999n) / 1000n);
  if (micros > BigInt(Number.MAX_SAFE_INTEGER) || micros < -BigInt(Number.MAX_SAFE_INTEGER)) return;
  event.tsState = 'good';
  event.tsMicros = Number(micros);
  event.tsNanos = Number(ns - micros * 1000n);
  event.rounded = rounded;
}

function setDuration(scanner: EventScanner, ts: Decimal, dur: Decimal): void {
  const { event } = scanner;
  const start = microsToNs(ts);
  const end = microsToNs(addDecimals(ts, dur));
  const durNs = end.ns - start.ns;
  if (durNs > BigInt(Number.MAX_SAFE_INTEGER)) return;
  event.durState = 'good';
  event.durNs = Number(durNs);
  event.rounded = start.rounded || end.rounded;
}

/** The field as it was written, whether the fast path took it or not. Numbers in quotes count as numbers. */
function decimalOf(scanner: EventScanner, field: 'ts' | 'dur'): Decimal | undefined {
  const index = FIELD[field];
  if ((scanner.event.present & (1 << index)) === 0) return undefined;
  if (!has(scanner, field)) {
    const { buffer, event } = scanner;
    return parseDecimal(new TextDecoder().decode(buffer.subarray(event.from[index], event.to[index])));
  }
  const value = parsedField(scanner, field);
  if (value instanceof JsonNumber) return parseDecimal(value.text);
  return typeof value === 'string' ? parseDecimal(value) : undefined;
}
