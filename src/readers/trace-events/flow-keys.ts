import { ByteInterner, type EventScanner, FIELD, type KeyTable, type ScannedEvent } from '../../bytes/index.ts';
import { NONE, type TimelineBuilder } from '../../timeline/index.ts';
import { KeyBytes } from './key-bytes.ts';

/**
 * Numbers for arrows and async slices. Ids are compared as the digits they were written in: real ones exceed 2^64.
 * `7` and `"7"` are the same id; ids of different category (and name, where the dialect says so) are different.
 */
export class FlowKeys {
  readonly #builder: TimelineBuilder;
  readonly #flowKeyHasName: boolean;
  readonly #flows: KeyTable;
  readonly #asyncs = new ByteInterner();
  readonly #bytes = new KeyBytes();

  constructor(builder: TimelineBuilder, flowKeyHasName: boolean, flows: KeyTable = new ByteInterner()) {
    this.#builder = builder;
    this.#flowKeyHasName = flowKeyHasName;
    this.#flows = flows;
  }

  /** An id is known everywhere, unless id2 says that it is its process's own. */
  of(event: ScannedEvent, scanner: EventScanner): number {
    const field = idField(event);
    this.#bytes.start();
    this.#bytes.number(event.category);
    if (this.#flowKeyHasName) this.#bytes.number(event.name);
    this.#bytes.number(field === FIELD.id || isGlobal(event, scanner) ? NONE : event.pid);
    return this.#flow(event, scanner, field);
  }

  /** bind_id is its own world: its two ends need not agree in name or category. */
  bound(event: ScannedEvent, scanner: EventScanner): number {
    this.#bytes.start();
    this.#bytes.number(BOUND);
    return this.#flow(event, scanner, FIELD.bind_id);
  }

  #flow(event: ScannedEvent, scanner: EventScanner, field: number): number {
    this.#addId(event, scanner, field);
    const key = this.#bytes.intern(this.#flows);
    this.#builder.flowKeyCount = this.#flows.size;
    return key;
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
