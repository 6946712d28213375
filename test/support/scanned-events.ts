import { Diagnostics } from '../../src/base/index.ts';
import {
  ByteInterner,
  type EventScanner,
  FIELD,
  type ScannedEvent,
  TraceScanner,
  type TypedKey,
} from '../../src/bytes/index.ts';

/** A scanned event as plain values, copied out of the scanner. */
export interface PlainEvent {
  readonly offset: number;
  readonly phase: string;
  readonly name: string | undefined;
  readonly category: string | undefined;
  readonly pid: string | undefined;
  readonly tid: string | undefined;
  readonly tsNs: bigint | 'missing' | 'bad';
  readonly durNs: bigint | 'missing' | 'bad';
  readonly rounded: boolean;
  /** As they stand in the file, strings without their quotes. */
  readonly id: string | undefined;
  readonly args: string | undefined;
  readonly argsStrict: boolean;
  /** Typed keys that were found. */
  readonly typed: Readonly<Record<string, number | string>>;
}

export interface ScanResult {
  readonly events: readonly PlainEvent[];
  readonly metadata: ReadonlyMap<string, string>;
  /** Fields that were passed over, and how often. */
  readonly ignored: Readonly<Record<string, number>>;
  readonly diagnostics: Diagnostics;
  readonly scanner: TraceScanner;
}

export interface ScanOptions {
  readonly chunkBytes?: number;
  readonly typedKeys?: readonly TypedKey[];
  /** Told how many bytes every attempt to scan an event had before it. */
  readonly onScan?: (sizeBytes: number) => void;
}

export function scanText(text: string, options: ScanOptions = {}): ScanResult {
  return scanBytes(new TextEncoder().encode(text), options);
}

export function scanBytes(bytes: Uint8Array, options: ScanOptions = {}): ScanResult {
  const { chunkBytes = 1 << 20, typedKeys = [], onScan } = options;
  const strings = new ByteInterner();
  const keys = new ByteInterner();
  const diagnostics = new Diagnostics();
  const events: PlainEvent[] = [];
  const metadata = new Map<string, string>();
  const decode = (table: ByteInterner, id: number): string | undefined =>
    id < 0 ? undefined : new TextDecoder('utf-8', { ignoreBOM: true }).decode(table.bytesOf(id));
  const plain = (event: ScannedEvent, { buffer }: EventScanner): PlainEvent => {
    const text = (from: number, to: number): string => new TextDecoder().decode(buffer.subarray(from, to));
    return {
      offset: event.offset,
      phase: event.phase === 0 ? '' : String.fromCharCode(event.phase),
      name: decode(strings, event.name),
      category: decode(strings, event.category),
      pid: decode(keys, event.pid),
      tid: decode(keys, event.tid),
      tsNs: event.tsState === 'good' ? BigInt(event.tsMicros) * 1000n + BigInt(event.tsNanos) : event.tsState,
      durNs: event.durState === 'good' ? BigInt(event.durNs) : event.durState,
      rounded: event.rounded,
      id: event.has(FIELD.id) ? text(event.from[FIELD.id], event.to[FIELD.id]) : undefined,
      args: event.argsTo > event.argsFrom ? text(event.argsFrom, event.argsTo) : undefined,
      argsStrict: event.argsStrict,
      typed: Object.fromEntries(
        typedKeys.flatMap(({ key, kind }, index) => {
          if ((event.typedPresent & (1 << index)) === 0) return [];
          return [[key, kind === 'number' ? event.typedNumbers[index] : decode(strings, event.typedTexts[index])!]];
        }),
      ),
    };
  };
  const scanner = new TraceScanner(
    {
      event: (event, eventScanner) => events.push(plain(event, eventScanner)),
      metadata: (key, json) => metadata.set(key, json),
    },
    { path: 'trace.json', strings, keys, typedKeys, flowNamesEndInId: true, diagnostics },
  );
  if (onScan !== undefined) watchScans(scanner.events, onScan);
  for (let at = 0; at < bytes.length; at += chunkBytes) scanner.feed(bytes.subarray(at, at + chunkBytes));
  scanner.end();
  const ignored = Object.fromEntries([...scanner.events.ignored].map(([id, count]) => [decode(keys, id)!, count]));
  return { events, metadata, ignored, diagnostics, scanner };
}

function watchScans(events: EventScanner, onScan: (sizeBytes: number) => void): void {
  const scan = events.scan.bind(events);
  events.scan = (from, fileOffset) => {
    onScan(events.limit - from);
    return scan(from, fileOffset);
  };
}
