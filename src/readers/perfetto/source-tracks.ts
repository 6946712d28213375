import { LongInterner, ProtoCursor } from '../../bytes/index.ts';
import { NONE } from '../../timeline/index.ts';

/** What a trace says of one of its tracks. Descriptors may come late and more than once; the last word counts. */
export interface SourceTrack {
  /** Its uuid in decimal; empty for tracks that only the reader tells apart. */
  readonly uuid: string;
  name: string;
  /** By number; NONE for the root. */
  parent: number;
  process: SourceProcess | undefined;
  thread: SourceThread | undefined;
  counter: SourceCounter | undefined;
  childOrdering: number;
  rank: number;
  mergeBehavior: number;
  mergeKey: string;
  /** What traceconv wrote about it, as JSON. */
  facts: string;
  /** Of a legacy id: those of one name are one track of the timeline. */
  isAsync: boolean;
}

export interface SourceProcess {
  readonly pid: number;
  readonly name: string;
  readonly labels: string;
}

export interface SourceThread {
  readonly pid: number;
  readonly tid: string;
  readonly name: string;
}

export interface SourceCounter {
  readonly unit: string;
  readonly multiplier: number;
  readonly isIncremental: boolean;
}

/** TrackDescriptor.sibling_merge_behavior. */
export const MERGE = { byName: 1, none: 2, byKey: 3 } as const;

const NEW_TRACK = {
  name: '',
  parent: NONE,
  process: undefined,
  thread: undefined,
  counter: undefined,
  childOrdering: 0,
  rank: 0,
  mergeBehavior: MERGE.byName,
  mergeKey: '',
  facts: '',
  isAsync: false,
};

/** Units of CounterDescriptor.unit. */
const UNITS = ['', 'ns', '', 'B'];
/** Names of CounterDescriptor.type, which stand in for one of its own. */
const BUILTIN_COUNTERS = ['', 'thread time', 'instructions'];
/** The field of TrackDescriptor in which traceconv keeps what Perfetto has no place for. */
const FACTS_FIELD = 40_000;

/** The tracks of a trace by number, in the order in which they were first met. */
export class SourceTracks {
  readonly all: SourceTrack[] = [];
  readonly #uuids = new LongInterner();
  readonly #byUuid: number[] = [];
  readonly #byKey = new Map<string, number>();
  readonly #processes = new Map<number, SourceProcess>();
  readonly #cursor = new ProtoCursor();
  readonly #inner = new ProtoCursor();

  of(low: number, high: number): number {
    const number = this.#uuids.add(low, high);
    return (this.#byUuid[number] ??= this.#add(this.#uuids.textOf(number)));
  }

  #add(uuid: string, more: Partial<SourceTrack> = {}): number {
    return this.all.push({ ...NEW_TRACK, uuid, ...more }) - 1;
  }

  /** A track that has no uuid: `key` tells it from the others. */
  keyed(key: string, make: () => Partial<SourceTrack>): number {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const number = this.#add('', make());
    this.#byKey.set(key, number);
    return number;
  }

  /** The track of a thread that is named by its ids alone, as legacy events do. */
  thread(pid: number, tid: number): number {
    return this.keyed(`thread ${pid} ${tid}`, () => ({ thread: { pid, tid: String(tid), name: '' } }));
  }

  /** What is known of a process, from whichever descriptor. */
  processOf(pid: number): SourceProcess {
    return this.#processes.get(pid) ?? { pid, name: '', labels: '' };
  }

  /** TracePacket.track_descriptor. */
  describe(bytes: Uint8Array, from: number, to: number): void {
    const cursor = this.#cursor.start(bytes, from, to);
    const said: Partial<SourceTrack> = {};
    let number: number | undefined;
    while (cursor.next()) {
      if (cursor.field === 1) number = this.of(cursor.low, cursor.high);
      else this.#describeField(cursor, said);
    }
    Object.assign(this.all[number ?? this.of(0, 0)], said);
  }

  #describeField(cursor: ProtoCursor, said: Partial<SourceTrack>): void {
    const { field, isBytes } = cursor;
    if (isBytes) {
      if (field === 2 || field === 10 || field === 13) said.name = cursor.text();
      else if (field === 3) said.process = this.process(cursor.bytes, cursor.from, cursor.to);
      else if (field === 4) said.thread = this.threadOf(cursor.bytes, cursor.from, cursor.to);
      else if (field === 8) this.#describeCounter(cursor, said);
      else if (field === 16) said.mergeKey = cursor.text();
      else if (field === FACTS_FIELD) said.facts = cursor.text();
      return;
    }
    if (field === 5) said.parent = cursor.unsigned === 0 ? NONE : this.of(cursor.low, cursor.high);
    else if (field === 11) said.childOrdering = cursor.low;
    else if (field === 12) said.rank = cursor.signed;
    else if (field === 15) said.mergeBehavior = cursor.low === 0 ? MERGE.byName : cursor.low;
    else if (field === 17) said.mergeKey = String(cursor.unsigned);
  }

  /** A ProcessDescriptor, which names the process everywhere. */
  process(bytes: Uint8Array, from: number, to: number): SourceProcess {
    const cursor = this.#inner.start(bytes, from, to);
    let pid = 0;
    let name = '';
    const labels: string[] = [];
    while (cursor.next()) {
      if (cursor.field === 1) pid = cursor.signed;
      else if (cursor.field === 6 && cursor.isBytes) name = cursor.text();
      else if (cursor.field === 8 && cursor.isBytes) labels.push(cursor.text());
    }
    const known = this.processOf(pid);
    const process = { pid, name: name || known.name, labels: labels.join(', ') || known.labels };
    this.#processes.set(pid, process);
    return process;
  }

  /** A ThreadDescriptor. */
  threadOf(bytes: Uint8Array, from: number, to: number): SourceThread & { readonly referenceMicros: number } {
    const cursor = this.#inner.start(bytes, from, to);
    const thread = { pid: 0, tid: '0', name: '', referenceMicros: 0 };
    while (cursor.next()) {
      if (cursor.field === 1) thread.pid = cursor.signed;
      else if (cursor.field === 2) thread.tid = String(cursor.bigSigned);
      else if (cursor.field === 5 && cursor.isBytes) thread.name = cursor.text();
      else if (cursor.field === 6) thread.referenceMicros = cursor.signed;
    }
    return thread;
  }

  #describeCounter(outer: ProtoCursor, said: Partial<SourceTrack>): void {
    const cursor = this.#inner.start(outer.bytes, outer.from, outer.to);
    const counter = { unit: '', multiplier: 1, isIncremental: false };
    let builtin = 0;
    while (cursor.next()) {
      if (cursor.field === 1) builtin = cursor.low;
      else if (cursor.field === 3) counter.unit ||= UNITS[cursor.low] ?? '';
      else if (cursor.field === 4) counter.multiplier = cursor.signed || 1;
      else if (cursor.field === 5) counter.isIncremental = cursor.low !== 0;
      else if (cursor.field === 6 && cursor.isBytes) counter.unit = cursor.text();
    }
    if (builtin === 1) counter.unit ||= 'ns';
    said.counter = counter;
    said.name ??= BUILTIN_COUNTERS[builtin] ?? '';
  }
}
