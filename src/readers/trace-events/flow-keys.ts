import {
  ByteInterner,
  type EventScanner,
  FIELD,
  type FieldName,
  hashBytes,
  type ScannedEvent,
} from '../../bytes/index.ts';
import { NONE, type TimelineBuilder } from '../../timeline/index.ts';

const PREFIX_BYTES = 9;

/**
 * Numbers for arrows and async slices. Ids are compared as the digits they were written in: real ones exceed 2^64.
 * `7` and `"7"` are the same id; ids of different category (and name, where the dialect says so) are different.
 */
export class FlowKeys {
  readonly #builder: TimelineBuilder;
  readonly #flowKeyHasName: boolean;
  readonly #flows = new ByteInterner();
  readonly #asyncs = new ByteInterner();
  #scratch = new Uint8Array(256);

  constructor(builder: TimelineBuilder, flowKeyHasName: boolean) {
    this.#builder = builder;
    this.#flowKeyHasName = flowKeyHasName;
  }

  of(event: ScannedEvent, scanner: EventScanner): number {
    return this.#flow(
      event,
      scanner,
      event.has('id') ? 'id' : 'id2',
      event.category,
      this.#flowKeyHasName ? event.name : 0,
    );
  }

  /** bind_id is its own world: its two ends need not agree in name or category. */
  bound(event: ScannedEvent, scanner: EventScanner): number {
    return this.#flow(event, scanner, 'bind_id', -2, 0);
  }

  /** An id belongs to its process, unless id2 says that it is global. */
  async(event: ScannedEvent, scanner: EventScanner): number {
    const field = event.has('id') ? 'id' : 'id2';
    const process = field === 'id2' && isGlobal(event, scanner) ? NONE : event.pid;
    return this.#key(this.#asyncs, event, scanner, field, event.category, process);
  }

  #flow(event: ScannedEvent, scanner: EventScanner, field: FieldName, category: number, name: number): number {
    const key = this.#key(this.#flows, event, scanner, field, category, name);
    this.#builder.flowKeyCount = this.#flows.size;
    return key;
  }

  #key(
    interner: ByteInterner,
    event: ScannedEvent,
    scanner: EventScanner,
    field: FieldName,
    first: number,
    second: number,
  ): number {
    const index = FIELD[field];
    const from = event.has(field) ? event.from[index] : 0;
    const to = event.has(field) ? event.to[index] : 0;
    const size = PREFIX_BYTES * 2 + to - from;
    if (size > this.#scratch.length) this.#scratch = new Uint8Array(size * 2);
    const scratch = this.#scratch;
    writeNumber(scratch, 0, first);
    writeNumber(scratch, PREFIX_BYTES, second);
    for (let i = from, at = PREFIX_BYTES * 2; i < to; i++, at++) scratch[at] = scanner.buffer[i];
    return interner.add(scratch, 0, size, hashBytes(scratch, 0, size));
  }
}

function isGlobal(event: ScannedEvent, scanner: EventScanner): boolean {
  const id2 = scanner.buffer.subarray(event.from[FIELD.id2], event.to[FIELD.id2]);
  return new TextDecoder().decode(id2).includes('"global"');
}

/** Seven bits a byte, so that the key stays plain ASCII. */
function writeNumber(target: Uint8Array, at: number, value: number): void {
  let rest = value + 2;
  for (let i = 0; i < PREFIX_BYTES; i++) {
    target[at + i] = rest & 0x7f;
    rest >>>= 7;
  }
}
