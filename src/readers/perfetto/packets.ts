import type { Diagnostics, Place } from '../../base/index.ts';
import { hashBytes, ProtoCursor, WIRE } from '../../bytes/index.ts';
import { NumberList } from './number-list.ts';
import { HOUSEKEEPING, OTHER_PACKETS } from './packet-kinds.ts';
import { type InternedIds, type InternedState, Sequence } from './sequence.ts';
import type { SourceTracks } from './source-tracks.ts';
import { type EventPacket, TrackEvents, type TrackEventTarget } from './track-events.ts';

/** Fields of TracePacket that are read. */
const PACKET = {
  clockSnapshot: 6,
  timestamp: 8,
  sequenceId: 10,
  trackEvent: 11,
  interned: 12,
  sequenceFlags: 13,
  stateCleared: 41,
  previousDropped: 42,
  processDescriptor: 43,
  threadDescriptor: 44,
  compressed: 50,
  clockId: 58,
  defaults: 59,
  trackDescriptor: 60,
  firstOnSequence: 87,
  traceAttributes: 126,
} as const;

/** Bits of TracePacket.sequence_flags. */
const STATE_CLEARED = 1;
const NEEDS_STATE = 2;

/** Kinds of entries in InternedData. */
const INTERNED = {
  categories: 1,
  eventNames: 2,
  annotationNames: 3,
  sourceLocations: 4,
  annotationTexts: 29,
  correlations: 43,
} as const;

/** Reads packets one by one. What a packet means depends on those of its sequence before it. */
export class Packets {
  /** Facts of the whole trace, by key. */
  readonly attributes = new Map<string, string>();
  readonly #target: TrackEventTarget;
  readonly #diagnostics: Diagnostics;
  readonly #events: TrackEvents;
  readonly #sequences = new Map<number, Sequence>();
  readonly #cursor = new ProtoCursor();
  readonly #inner = new ProtoCursor();
  readonly #entry = new ProtoCursor();
  readonly #ignored = new Map<number, number>();
  #path = '';
  /** The packet at hand: its head, and where its parts stand; -1 where it has none. */
  #bytes: Uint8Array = new Uint8Array(0);
  #offset = 0;
  #timeLow = 0;
  #timeHigh = 0;
  #hasTime = false;
  #clockId = 0;
  #flags = 0;
  #isAfterLoss = false;
  #isFirst = false;
  #sequenceId = 0;
  #eventFrom = -1;
  #eventTo = 0;
  #internedFrom = -1;
  #internedTo = 0;
  /** Field, from and to of each other part. */
  readonly #parts: number[] = [];
  #partCount = 0;
  readonly #place = (): Place => ({ path: this.#path, offset: this.#offset });

  /** Used again for each. */
  readonly #packet: EventPacket = {
    bytes: this.#bytes,
    sequence: new Sequence(0),
    address: 0,
    sizeBytes: 0,
    place: this.#place,
    timeNs: Number.NaN,
  };

  constructor(target: TrackEventTarget) {
    this.#target = target;
    this.#diagnostics = target.diagnostics;
    this.#events = new TrackEvents(target);
  }

  /** Sequences are a file's own. */
  startFile(path: string): void {
    this.#path = path;
    this.#sequences.clear();
  }

  finishFile(): void {
    const place = { path: this.#path };
    for (const [field, count] of this.#ignored) {
      this.#diagnostics.add('packet_ignored', place, OTHER_PACKETS[field] ?? `field ${field}`, count);
    }
    for (const [field, count] of this.#events.fields.ignored) {
      this.#diagnostics.add('field_ignored', { ...place, field: `TrackEvent.${field}` }, undefined, count);
    }
    this.#ignored.clear();
    this.#events.fields.ignored.clear();
  }

  /**
   * The packet [from, to). `address` is where it stands for args, `offset` where in the file it, or what it was packed
   * into, stands. Returns where packed packets stand in it, if they do. Throws ProtoError where it is none.
   */
  add(bytes: Uint8Array, from: number, to: number, address: number, offset: number): [number, number] | undefined {
    this.#bytes = bytes;
    this.#offset = offset;
    this.#readHead(bytes, from, to);
    const sequence = this.#sequence(address);
    if (this.#isAfterLoss && !this.#isFirst) {
      this.#diagnostics.add('packets_lost', this.#place());
      sequence.isValid = false;
    }
    if ((this.#flags & STATE_CLEARED) !== 0) sequence.clear(address);
    const packed = this.#readParts(sequence);
    if (this.#eventFrom < 0) return packed;
    if ((this.#flags & NEEDS_STATE) !== 0 && !sequence.isValid) {
      this.#diagnostics.add('packet_state_missing', this.#place());
      return packed;
    }
    const { clocks } = this.#target;
    const timeNs = this.#hasTime
      ? clocks.place(sequence, this.#clockId || sequence.clockId, this.#timeLow, this.#timeHigh)
      : Number.NaN;
    const packet = this.#packet;
    packet.bytes = bytes;
    packet.sequence = sequence;
    packet.address = address;
    packet.sizeBytes = to - from;
    packet.timeNs = timeNs;
    this.#events.add(packet, this.#eventFrom, this.#eventTo);
    return packed;
  }

  #sequence(address: number): Sequence {
    let sequence = this.#sequences.get(this.#sequenceId);
    if (sequence === undefined) {
      sequence = new Sequence(address);
      this.#sequences.set(this.#sequenceId, sequence);
      this.#target.args.addSequence(this.#sequenceId, sequence, address);
    }
    return sequence;
  }

  #readHead(bytes: Uint8Array, from: number, to: number): void {
    this.#hasTime = this.#isAfterLoss = this.#isFirst = false;
    this.#clockId = this.#flags = this.#sequenceId = this.#partCount = 0;
    this.#eventFrom = this.#internedFrom = -1;
    const cursor = this.#cursor.start(bytes, from, to);
    while (cursor.next()) {
      switch (cursor.field) {
        case PACKET.timestamp:
          this.#hasTime = true;
          this.#timeLow = cursor.low;
          this.#timeHigh = cursor.high;
          break;
        case PACKET.sequenceId:
          this.#sequenceId = cursor.low;
          break;
        case PACKET.sequenceFlags:
          this.#flags |= cursor.low;
          break;
        case PACKET.trackEvent:
          if (!cursor.isBytes) break;
          this.#eventFrom = cursor.from;
          this.#eventTo = cursor.to;
          break;
        case PACKET.interned:
          if (!cursor.isBytes) break;
          this.#internedFrom = cursor.from;
          this.#internedTo = cursor.to;
          break;
        default:
          this.#rareField(cursor);
          break;
      }
    }
  }

  #rareField(cursor: ProtoCursor): void {
    switch (cursor.field) {
      case PACKET.clockId:
        this.#clockId = cursor.low;
        break;
      case PACKET.stateCleared:
        if (cursor.low !== 0) this.#flags |= STATE_CLEARED;
        break;
      case PACKET.previousDropped:
        this.#isAfterLoss = cursor.low !== 0;
        break;
      case PACKET.firstOnSequence:
        this.#isFirst = cursor.low !== 0;
        break;
      default:
        if (HOUSEKEEPING.has(cursor.field)) break;
        this.#parts[this.#partCount * 3] = cursor.field;
        this.#parts[this.#partCount * 3 + 1] = cursor.isBytes ? cursor.from : 0;
        this.#parts[this.#partCount++ * 3 + 2] = cursor.isBytes ? cursor.to : 0;
        break;
    }
  }

  #readParts(sequence: Sequence): [number, number] | undefined {
    if (this.#internedFrom >= 0) this.#learn(this.#internedFrom, this.#internedTo, sequence.interned);
    let packed: [number, number] | undefined;
    for (let part = 0; part < this.#partCount; part++) {
      const [field, from, to] = this.#parts.slice(part * 3, part * 3 + 3);
      if (field === PACKET.compressed) packed = [from, to];
      else this.#readPart(field, from, to, sequence);
    }
    return packed;
  }

  #readPart(field: number, from: number, to: number, sequence: Sequence): void {
    const { clocks, tracks } = this.#target;
    const bytes = this.#bytes;
    switch (field) {
      case PACKET.clockSnapshot:
        clocks.snapshot(bytes, from, to, sequence);
        break;
      case PACKET.defaults:
        this.#readDefaults(from, to, sequence);
        break;
      case PACKET.trackDescriptor:
        tracks.describe(bytes, from, to);
        break;
      case PACKET.processDescriptor:
        tracks.process(bytes, from, to);
        break;
      case PACKET.threadDescriptor: {
        const { referenceMicros, ...thread } = tracks.threadOf(bytes, from, to);
        sequence.pid = thread.pid;
        sequence.tid = Number(thread.tid);
        sequence.legacyMicros = referenceMicros;
        sequence.threadTrack = tracks.thread(sequence.pid, sequence.tid);
        if (thread.name !== '') tracks.all[sequence.threadTrack].thread = thread;
        break;
      }
      case PACKET.traceAttributes:
        this.#readAttributes(from, to);
        break;
      default:
        this.#ignored.set(field, (this.#ignored.get(field) ?? 0) + 1);
        break;
    }
  }

  /** TracePacketDefaults: timestamp_clock_id 58, track_event_defaults 11. */
  #readDefaults(from: number, to: number, sequence: Sequence): void {
    const { tracks } = this.#target;
    const cursor = this.#inner.start(this.#bytes, from, to);
    while (cursor.next()) {
      if (cursor.field === PACKET.clockId) sequence.clockId = cursor.low;
      if (cursor.field !== PACKET.trackEvent || !cursor.isBytes) continue;
      const counters = new NumberList(WIRE.varint);
      const doubleCounters = new NumberList(WIRE.varint);
      const event = this.#entry.start(this.#bytes, cursor.from, cursor.to);
      while (event.next()) {
        if (event.field === 11) sequence.track = tracks.of(event.low, event.high);
        else if (event.field === 31) counters.take(event);
        else if (event.field === 45) doubleCounters.take(event);
      }
      sequence.counterTracks = tracksOf(counters, tracks);
      sequence.doubleCounterTracks = tracksOf(doubleCounters, tracks);
    }
  }

  /** TraceAttributes: attribute 1 of key 1 and a value: long 2, string 3, or another that is passed over. */
  #readAttributes(from: number, to: number): void {
    const cursor = this.#inner.start(this.#bytes, from, to);
    while (cursor.next()) {
      if (cursor.field !== 1 || !cursor.isBytes) continue;
      let [key, value] = ['', ''];
      const entry = this.#entry.start(this.#bytes, cursor.from, cursor.to);
      while (entry.next()) {
        if (entry.field === 1 && entry.isBytes) key = entry.text();
        else if (entry.field === 2) value = String(entry.bigSigned);
        else if (entry.field === 3 && entry.isBytes) value = entry.text();
      }
      this.attributes.set(key, value);
    }
  }

  #learn(from: number, to: number, state: InternedState): void {
    const { builder, texts } = this.#target;
    const bytes = this.#bytes;
    const cursor = this.#inner.start(bytes, from, to);
    while (cursor.next()) {
      if (!cursor.isBytes) continue;
      const add = (ids: InternedIds, number: (from: number, to: number) => number): void => {
        this.#learnEntry(cursor.from, cursor.to, ids, number);
      };
      switch (cursor.field) {
        case INTERNED.categories:
          add(state.categories, (a, b) => builder.strings.add(bytes, a, b, hashBytes(bytes, a, b)));
          break;
        case INTERNED.eventNames:
          add(state.names, (a, b) => builder.strings.add(bytes, a, b, hashBytes(bytes, a, b)));
          break;
        case INTERNED.annotationNames:
          add(state.argNames, (a, b) => texts.addName(bytes, a, b));
          break;
        case INTERNED.annotationTexts:
          add(state.argTexts, (a, b) => texts.addText(bytes, a, b));
          break;
        case INTERNED.correlations:
          add(state.correlations, (a, b) => texts.addText(bytes, a, b));
          break;
        case INTERNED.sourceLocations:
          add(state.locations, () => texts.locations.push(bytes.slice(cursor.from, cursor.to)) - 1);
          break;
        default:
          break;
      }
    }
  }

  /** All entries have their id in 1 and their text in 2. */
  #learnEntry(from: number, to: number, ids: InternedIds, number: (from: number, to: number) => number): void {
    const entry = this.#entry.start(this.#bytes, from, to);
    let [low, high, textFrom, textTo] = [0, 0, to, to];
    while (entry.next()) {
      if (entry.field === 1) [low, high] = [entry.low, entry.high];
      else if (entry.field === 2 && entry.isBytes) [textFrom, textTo] = [entry.from, entry.to];
    }
    ids.set(low, high, number(textFrom, textTo));
  }
}

function tracksOf(list: NumberList, tracks: SourceTracks): number[] {
  return Array.from({ length: list.length }, (_, i) => tracks.of(list.low[i], list.high[i]));
}
