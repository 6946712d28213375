import { ByteInterner, type EventScanner, FIELD, type ScannedEvent } from '../../bytes/index.ts';
import { NONE, type TimelineBuilder } from '../../timeline/index.ts';
import type { Dialect } from './dialect.ts';
import { KeyBytes } from './key-bytes.ts';
import { NumberedIds } from './numbered-ids.ts';

/** Ids are halved after so many digits from behind. */
const HALF = 15;

/**
 * Numbers for arrows and async slices. Ids are compared as the digits they were written in: real ones exceed 2^64.
 * `7` and `"7"` are the same id; ids of different category (and name, where the dialect says so) are different.
 */
export class FlowKeys {
  readonly #builder: TimelineBuilder;
  readonly #keyHasName: boolean;
  /** Ids as almost all are: decimal numbers that hold everywhere. */
  readonly #numbered = new NumberedIds();
  /** The others, and the number of each. */
  readonly #others = new ByteInterner();
  readonly #numberOfOther: number[] = [];
  readonly #asyncs = new ByteInterner();
  readonly #bytes = new KeyBytes();

  constructor(builder: TimelineBuilder, dialect: Dialect) {
    this.#builder = builder;
    this.#keyHasName = dialect.flowKeyHasName;
  }

  /** An id is known everywhere, unless id2 says that it is its process's own. */
  of(event: ScannedEvent, scanner: EventScanner): number {
    const field = idField(event);
    if (field === FIELD.id && event.has(field)) {
      const from = event.from[field];
      const to = event.to[field];
      if (isPlainNumber(scanner.buffer, from, to)) {
        const middle = Math.max(from, to - HALF);
        const high = numberAt(scanner.buffer, from, middle);
        return this.numbered(event.category, event.name, high, numberAt(scanner.buffer, middle, to));
      }
    }
    this.#bytes.start();
    this.#bytes.number(event.category);
    if (this.#keyHasName) this.#bytes.number(event.name);
    this.#bytes.number(field === FIELD.id || isGlobal(event, scanner) ? NONE : event.pid);
    return this.#other(event, scanner, field);
  }

  /** The arrow whose id is high * 10^15 + low, of a category and a name in the builder's strings. */
  numbered(category: number, name: number, high: number, low: number): number {
    const next = this.#builder.flowKeyCount;
    const key = this.#numbered.find(category, this.#keyHasName ? name : NONE, high, low, next);
    if (key === next) this.#builder.flowKeyCount++;
    return key;
  }

  /** bind_id is its own world: its two ends need not agree in name or category. */
  bound(event: ScannedEvent, scanner: EventScanner): number {
    this.#bytes.start();
    this.#bytes.number(BOUND);
    return this.#other(event, scanner, FIELD.bind_id);
  }

  #other(event: ScannedEvent, scanner: EventScanner, field: number): number {
    this.#addId(event, scanner, field);
    const other = this.#bytes.intern(this.#others);
    return (this.#numberOfOther[other] ??= this.#builder.flowKeyCount++);
  }

  /** An id belongs to its process, unless id2 says that it is global. */
  async(event: ScannedEvent, scanner: EventScanner): number {
    const field = idField(event);
    this.#bytes.start();
    this.#bytes.number(event.category);
    this.#bytes.number(field === FIELD.id2 && isGlobal(event, scanner) ? NONE : event.pid);
    this.#addId(event, scanner, field);
    return this.#bytes.intern(this.#asyncs);
  }

  #addId(event: ScannedEvent, scanner: EventScanner, field: number): void {
    if (event.has(field)) this.#bytes.bytes(scanner.buffer, event.from[field], event.to[field]);
  }
}

/** Stands where the category of other flows does, which is never less than NONE. */
const BOUND = NONE - 1;

function idField(event: ScannedEvent): number {
  return event.has(FIELD.id) ? FIELD.id : FIELD.id2;
}

function isGlobal(event: ScannedEvent, scanner: EventScanner): boolean {
  const id2 = scanner.buffer.subarray(event.from[FIELD.id2], event.to[FIELD.id2]);
  return new TextDecoder().decode(id2).includes('"global"');
}

/** Digits without a zero in front, of which two halves are exact. */
function isPlainNumber(bytes: Uint8Array, from: number, to: number): boolean {
  const size = to - from;
  if (size === 0 || size > 2 * HALF || (size > 1 && bytes[from] === 0x30)) return false;
  for (let i = from; i < to; i++) if (bytes[i] < 0x30 || bytes[i] > 0x39) return false;
  return true;
}

function numberAt(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) value = value * 10 + bytes[i] - 0x30;
  return value;
}
