import { LongInterner } from '../../bytes/index.ts';
import { NONE } from '../../timeline/index.ts';
import type { ClockLine } from './clocks.ts';

/** What ids of one kind stand for in one sequence, until its state is cleared. */
export class InternedIds {
  readonly #iids = new LongInterner();
  #values = new Int32Array(8);

  set(low: number, high: number, value: number): void {
    const number = this.#iids.add(low, high);
    if (number >= this.#values.length) {
      const bigger = new Int32Array(this.#values.length * 2);
      bigger.set(this.#values);
      this.#values = bigger;
    }
    this.#values[number] = value;
  }

  /** NONE where the id was never introduced. */
  get(low: number, high: number): number {
    const number = this.#iids.find(low, high);
    return number < 0 ? NONE : this.#values[number];
  }
}

/** InternedData of a sequence from one clearing of its state to the next. Args need it as long as the timeline lives. */
export class InternedState {
  /** Where in the address space of packets it begins. */
  readonly fromAddress: number;
  /** Strings of the timeline. */
  readonly categories = new InternedIds();
  readonly names = new InternedIds();
  /** Names and texts of ArgTexts. */
  readonly argNames = new InternedIds();
  readonly argTexts = new InternedIds();
  readonly correlations = new InternedIds();
  readonly locations = new InternedIds();

  constructor(fromAddress: number) {
    this.fromAddress = fromAddress;
  }
}

/** What packets of one trusted_packet_sequence_id have in common (TracePacket.sequence_flags and defaults). */
export class Sequence {
  /** The latest is the one in force. */
  readonly states: InternedState[];
  /** Whether its state was cleared once, and nothing was lost since. */
  isValid = false;
  /** timestamp_clock_id of its defaults; 0 for the trace's own. */
  clockId = 0;
  /** track_uuid of its defaults, as a number of SourceTracks. */
  track = NONE;
  counterTracks: readonly number[] = [];
  doubleCounterTracks: readonly number[] = [];
  /** Clocks that are the sequence's own (64 to 127). */
  readonly clocks = new Map<number, ClockLine>();
  /** Of the legacy ThreadDescriptor: its track, process and running time in microseconds. */
  threadTrack = NONE;
  pid = 0;
  tid = 0;
  legacyMicros = 0;

  constructor(address: number) {
    this.states = [new InternedState(address)];
  }

  /** Values of incremental counters since the state was cleared, by track. */
  readonly #sums = new Map<number, number>();

  /** What an incremental counter has come to. */
  addUp(track: number, value: number): number {
    const sum = (this.#sums.get(track) ?? 0) + value;
    this.#sums.set(track, sum);
    return sum;
  }

  get interned(): InternedState {
    return this.states[this.states.length - 1];
  }

  clear(address: number): void {
    this.states.push(new InternedState(address));
    this.isValid = true;
    this.#sums.clear();
    this.clockId = 0;
    this.track = NONE;
    this.counterTracks = [];
    this.doubleCounterTracks = [];
  }

  /** What was in force at an address. */
  stateAt(address: number): InternedState {
    const { states } = this;
    let low = 0;
    let high = states.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (states[middle].fromAddress <= address) low = middle;
      else high = middle - 1;
    }
    return states[low];
  }
}
