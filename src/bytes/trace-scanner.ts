import type { DiagnosticKind, Diagnostics } from '../base/index.ts';
import type { TypedKey } from './args-scanner.ts';
import { EventScanner } from './event-scanner.ts';
import type { FastLane } from './fast-lane.ts';
import type { ByteInterner } from './interner.ts';
import { INCOMPLETE, MALFORMED, PADDING, skipSpace, skipString } from './json-skip.ts';
import { unescapedWherePossible } from './json-value.ts';
import { QuoteMender } from './quote-mender.ts';
import type { ScannedEvent } from './scanned-event.ts';

export interface TraceEventHandler {
  /** The event is only valid during the call; its ranges point into `scanner.buffer`. */
  event(event: ScannedEvent, scanner: EventScanner): void;
  /** A member of an object root other than the events: its value as JSON text. */
  metadata(key: string, json: string): void;
}

export interface TraceScannerOptions {
  readonly path: string;
  readonly strings: ByteInterner;
  readonly keys: ByteInterner;
  readonly typedKeys: readonly TypedKey[];
  /** See EventScanner. */
  readonly flowNamesEndInId?: boolean;
  readonly diagnostics: Diagnostics;
  readonly fastLane?: FastLane | undefined;
}

/** What the scanner expects next at the level of the document. */
type Expecting = 'document' | 'member' | 'event' | 'separator' | 'resync' | 'end' | 'nothing';

const BOM = [0xef, 0xbb, 0xbf];
/** How much of what was found a message repeats. */
const QUOTED_BYTES = 20;

/**
 * Scans a Chrome Trace Event document (array root, or object root with `traceEvents`) that arrives in chunks of any
 * size. What cannot be read is dropped, counted and located; scanning always goes on to the next event.
 */
export class TraceScanner {
  readonly #handler: TraceEventHandler;
  readonly #options: TraceScannerOptions;
  readonly events: EventScanner;
  readonly #mender = new QuoteMender();
  #buffer = new Uint8Array(1 << 16);
  #limit = 0;
  /** File offset of #buffer[0]. */
  #bufferOffset = 0;
  /** An unfinished event is only tried again when this much has arrived, so huge events cost linear time. */
  #retryBytes = 0;
  #expecting: Expecting = 'document';
  #objectRoot = false;
  /** File offset of the root being read, and whether it had events. */
  #rootAt = 0;
  #rootHasEvents = false;
  #commaAt = -1;
  #last = false;
  #at = 0;
  eventCount = 0;
  /** Whether a document with an event array was found. */
  foundEvents = false;
  /** File offset of the first byte that belongs to no trace document, if there is one. */
  foundJunkAt: number | undefined;

  constructor(handler: TraceEventHandler, options: TraceScannerOptions) {
    this.#handler = handler;
    this.#options = options;
    const { strings, keys, typedKeys, flowNamesEndInId } = options;
    this.events = new EventScanner(strings, keys, typedKeys, flowNamesEndInId);
  }

  feed(chunk: Uint8Array): void {
    const needed = this.#limit + chunk.length + PADDING;
    if (needed > this.#buffer.length) {
      const bigger = new Uint8Array(Math.max(needed, this.#buffer.length * 2));
      bigger.set(this.#buffer.subarray(0, this.#limit));
      this.#buffer = bigger;
    }
    this.#buffer.set(chunk, this.#limit);
    this.#limit += chunk.length;
    this.#buffer.fill(0, this.#limit, this.#limit + PADDING);
    if (this.#limit >= this.#retryBytes) this.#run();
  }

  /** The input is complete. Says what was left open. */
  end(): void {
    this.#last = true;
    this.#run();
    const end = this.#bufferOffset + this.#limit;
    if (this.#inEvents) {
      if (this.#limit > 0) this.#report('event_truncated', this.#bufferOffset, `${this.#limit} bytes of an event`);
      this.#report('array_not_closed', end, 'the end of the file');
    } else if (this.#expecting === 'member') {
      this.#report('document_not_closed', end, 'the end of the file');
      this.#closeRoot();
    }
  }

  /** Whether everything up to here has been read and an event is next. */
  get isAtEvent(): boolean {
    if (this.#limit > 0) this.#run();
    return this.#limit === 0 && this.#expecting === 'event';
  }

  /** Instead of feeding them: events, one behind the other, that someone else has read. Only where one is next. */
  skip(sizeBytes: number, eventCount: number): void {
    this.#bufferOffset += sizeBytes;
    this.#retryBytes = 0;
    this.#commaAt = -1;
    this.#expecting = 'separator';
    this.eventCount += eventCount;
  }

  get #inEvents(): boolean {
    return this.#expecting === 'event' || this.#expecting === 'separator' || this.#expecting === 'resync';
  }

  #report(kind: DiagnosticKind, offset: number, detail: string): void {
    this.#options.diagnostics.add(kind, { path: this.#options.path, offset }, detail);
  }

  /** Steps until the data runs out in the middle of something, and keeps that something for the next chunk. */
  #run(): void {
    this.events.buffer = this.#buffer;
    this.events.limit = this.#limit;
    this.events.args.forgetMembers();
    this.#options.fastLane?.forget();
    this.#at = 0;
    while (this.#step());
    const p = Math.min(this.#at, this.#limit);
    this.#buffer.copyWithin(0, p, this.#limit);
    this.#limit -= p;
    this.#buffer.fill(0, this.#limit, this.#limit + PADDING);
    this.#bufferOffset += p;
    this.#retryBytes = this.#limit * 2;
  }

  /** One token of the document or one event, moving #at behind it; false when it is not there completely yet. */
  #step(): boolean {
    const p = skipSpace(this.#buffer, this.#at);
    this.#at = p;
    if (p >= this.#limit) return false;
    switch (this.#expecting) {
      case 'document':
        return this.#stepDocument(p);
      case 'member':
        return this.#stepMember(p);
      case 'event':
        return this.#buffer[p] === 0x7b ? this.#stepEvent(p) : this.#stepNoEvent(p);
      case 'separator':
        return this.#stepSeparator(p);
      case 'resync':
        return this.#stepResync(p);
      case 'end':
        return this.#stepEnd(p);
      case 'nothing':
        this.#at = this.#limit;
        return false;
      default:
        return this.#expecting satisfies never;
    }
  }

  #advance(p: number, expecting: Expecting): true {
    this.#at = p;
    this.#expecting = expecting;
    return true;
  }

  #stepDocument(p: number): boolean {
    const b = this.#buffer;
    if (this.#bufferOffset + p === 0 && b[0] === BOM[0]) {
      if (this.#limit < BOM.length && !this.#last) return false;
      if (b[1] === BOM[1] && b[2] === BOM[2]) return this.#advance(BOM.length, 'document');
    }
    this.#objectRoot = b[p] === 0x7b;
    this.#rootAt = this.#bufferOffset + p;
    this.#rootHasEvents = false;
    if (b[p] === 0x5b) return this.#enterEvents(p);
    return this.#objectRoot ? this.#advance(p + 1, 'member') : this.#advance(p, 'end');
  }

  #enterEvents(bracket: number): true {
    this.foundEvents = true;
    this.#rootHasEvents = true;
    this.#commaAt = -1;
    return this.#advance(bracket + 1, 'event');
  }

  #stepMember(p: number): boolean {
    const b = this.#buffer;
    if (b[p] === 0x2c) return this.#advance(p + 1, 'member');
    if (b[p] !== 0x22) {
      this.#closeRoot();
      return this.#advance(b[p] === 0x7d ? p + 1 : p, 'end');
    }
    const keyEnd = skipString(b, p, this.#limit);
    if (keyEnd < 0) return false;
    const colon = skipSpace(b, keyEnd);
    const value = skipSpace(b, colon + 1);
    if (value >= this.#limit) return false;
    const key = unescapedWherePossible(this.#text(p + 1, keyEnd - 1));
    if (key === 'traceEvents' && b[value] === 0x5b) return this.#enterEvents(value);
    const end = this.events.skipper.skip(b, value, this.#limit);
    if (end === INCOMPLETE) return false;
    if (end === MALFORMED) {
      this.#closeRoot();
      return this.#advance(value, 'end');
    }
    this.#handler.metadata(key, this.#text(value, end));
    return this.#advance(end, 'member');
  }

  /** An object behind the trace that holds no events is no part of it. */
  #closeRoot(): void {
    if (this.foundEvents && !this.#rootHasEvents)
      this.#report('text_after_end', this.#rootAt, 'an object without events');
  }

  #stepEvent(p: number): boolean {
    const offset = this.#bufferOffset + p;
    const { strings, fastLane } = this.#options;
    const taken = fastLane?.scan(this.#buffer, p, this.#limit, this.#bufferOffset) ?? p;
    if (taken > p) {
      this.eventCount += fastLane?.takenCount ?? 0;
      this.#commaAt = -1;
      return this.#advance(taken, 'separator');
    }
    const repairedBefore = strings.repairedCount;
    let end = this.events.scan(p, offset);
    const { errorAt, errorExpected } = this.events.skipper;
    if (end === MALFORMED) end = this.#scanMended(p, offset);
    if (end < 0) strings.repairedCount = repairedBefore; // counted when the event is scanned to its end
    if (end === INCOMPLETE) return false;
    this.#commaAt = -1;
    if (end === MALFORMED) {
      const detail = `expected ${errorExpected}, in the event at byte ${offset}`;
      this.#report('event_malformed', this.#bufferOffset + errorAt, detail);
      return this.#advance(Math.max(errorAt, p + 1), 'resync');
    }
    this.eventCount++;
    if (this.events.event.present !== 0) this.#handler.event(this.events.event, this.events);
    return this.#advance(end, 'separator');
  }

  /** Once more, with quotes mended that were not escaped. Args are read from the file again, where they are not mended. */
  #scanMended(p: number, offset: number): number {
    const mended = this.#mender.mend(this.#buffer, p, this.#limit, this.#last);
    if (mended < 0) return mended;
    this.events.args.forgetMembers();
    const end = this.events.scan(p, offset);
    if (end !== mended) {
      this.#mender.undo();
      return MALFORMED;
    }
    const { event } = this.events;
    const { places } = this.#mender;
    const isInArgs = places.some((place) => place >= event.argsFrom && place < event.argsTo);
    if (isInArgs) event.argsTo = event.argsFrom;
    this.#report('quotes_mended', this.#bufferOffset + places[0], isInArgs ? 'its args were left out' : 'in its name');
    return end;
  }

  /** In place of an event: the end of the array, a stray comma, or a value that is no object. */
  #stepNoEvent(p: number): boolean {
    const c = this.#buffer[p];
    if (c === 0x5d) return this.#closeArray(p);
    if (c === 0x2c) return this.#advance(p + 1, 'event');
    const end = this.events.skipper.skip(this.#buffer, p, this.#limit);
    if (end === INCOMPLETE) return false;
    this.#report('event_not_object', this.#bufferOffset + p, this.#quote(p, end < 0 ? p + 1 : end));
    this.#commaAt = -1;
    return end === MALFORMED ? this.#advance(p + 1, 'resync') : this.#advance(end, 'separator');
  }

  #stepSeparator(p: number): boolean {
    const c = this.#buffer[p];
    if (c === 0x2c) {
      this.#commaAt = this.#bufferOffset + p;
      return this.#advance(p + 1, 'event');
    }
    if (c === 0x5d) return this.#closeArray(p);
    if (c === 0x7b) return this.#advance(p, 'event');
    this.#report('event_malformed', this.#bufferOffset + p, 'expected "," or "]" after an event');
    return this.#advance(p, 'resync');
  }

  #closeArray(p: number): true {
    if (this.#commaAt >= 0) this.#report('trailing_comma', this.#commaAt, '","');
    this.#commaAt = -1;
    return this.#advance(p + 1, this.#objectRoot ? 'member' : 'end');
  }

  /** After a broken event: the next closing brace that is followed by the start of another event, or by the end. */
  #stepResync(p: number): boolean {
    const b = this.#buffer;
    while (p < this.#limit && b[p] !== 0x7d) p++;
    this.#at = p;
    let next = skipSpace(b, p + 1);
    if (b[next] === 0x2c) next = skipSpace(b, next + 1);
    const second = skipSpace(b, next + 1);
    const third = skipSpace(b, second + 1);
    if (third >= this.#limit && !this.#last) return false;
    if (p >= this.#limit) return false;
    if (b[next] === 0x7b && b[second] === 0x22) return this.#advance(next, 'event');
    if (b[next] === 0x5d && this.#mayFollowEvents(b[second], b[third])) return this.#closeArray(next);
    return this.#advance(p + 1, 'resync');
  }

  /** Tells the end of the events from the end of an array inside the broken event, by what comes next. */
  #mayFollowEvents(second: number, third: number): boolean {
    return this.#objectRoot ? second === 0x7d && !goesOn(third) : !goesOn(second);
  }

  /** Exporters that append their output piece by piece leave several documents in one file. */
  #stepEnd(p: number): boolean {
    const c = this.#buffer[p];
    const offset = this.#bufferOffset + p;
    if (this.foundEvents && c === 0x2c) return this.#advance(p + 1, 'end');
    if (this.foundEvents && (c === 0x5b || c === 0x7b)) {
      this.#report('pieces_joined', offset, `"${String.fromCharCode(c)}"`);
      return this.#advance(p, 'document');
    }
    if (p + QUOTED_BYTES > this.#limit && !this.#last) return false;
    this.foundJunkAt = offset;
    if (this.foundEvents) this.#report('text_after_end', offset, this.#quote(p, this.#limit));
    return this.#advance(p, 'nothing');
  }

  #text(from: number, to: number): string {
    return new TextDecoder().decode(this.#buffer.subarray(from, to));
  }

  /** The beginning of what was found, for messages. */
  #quote(from: number, to: number): string {
    return this.#text(from, Math.min(to, from + QUOTED_BYTES));
  }
}

/** A comma or a closing bracket: whatever it stands in is not over. */
function goesOn(c: number): boolean {
  return c === 0x2c || c === 0x5d || c === 0x7d;
}
