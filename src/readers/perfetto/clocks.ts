import { ProtoCursor } from '../../bytes/index.ts';
import type { Sequence } from './sequence.ts';

const TWO_TO_32 = 2 ** 32;

/** BuiltinClock numbers that matter; 64 to 127 belong to one sequence each. */
const REALTIME = 1;
const MONOTONIC = 3;
const BOOTTIME = 6;
const isOwnOfSequence = (id: number): boolean => id >= 64 && id < 128;

/** Times of one clock as ns of the trace's: straight lines between its snapshots. */
export class ClockLine {
  readonly unitNs: bigint;
  readonly isIncremental: boolean;
  readonly #baseHigh: number;
  readonly #baseLow: number;
  /** Snapshots: ns on this clock from its base, and the same moment on the trace's. */
  readonly #at: number[] = [];
  readonly #traceNs: number[] = [];
  readonly #baseNs: bigint;
  #lastNs = 0;

  /** `valueNs` on this clock is the moment `traceNs`. */
  constructor(valueNs: bigint, traceNs: number, isIncremental = false, unitNs = 1n) {
    this.#baseNs = valueNs;
    this.#baseHigh = Number(valueNs >> 32n);
    this.#baseLow = Number(valueNs & 0xffffffffn);
    this.isIncremental = isIncremental;
    this.unitNs = unitNs;
    this.add(valueNs, traceNs);
  }

  add(valueNs: bigint, traceNs: number): void {
    this.#at.push(Number(valueNs - this.#baseNs));
    this.#traceNs.push(traceNs);
  }

  /** The trace's time of a timestamp on this clock. Incremental ones count from the one before. */
  place(low: number, high: number): number {
    const ns = this.#fromBase(low, high);
    let i = this.#at.length - 1;
    while (i > 0 && this.#at[i] > ns) i--;
    return this.#traceNs[i] + (ns - this.#at[i]);
  }

  #fromBase(low: number, high: number): number {
    if (this.isIncremental) {
      // Deltas may be negative, as two's complement.
      const delta = high * TWO_TO_32 + (low >>> 0);
      return (this.#lastNs += delta * Number(this.unitNs));
    }
    if (this.unitNs === 1n) return ((high >>> 0) - this.#baseHigh) * TWO_TO_32 + ((low >>> 0) - this.#baseLow);
    const value = ((BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)) * this.unitNs;
    return Number(value - this.#baseNs);
  }
}

interface Reading {
  readonly id: number;
  readonly value: bigint;
  readonly isIncremental: boolean;
  readonly unitNs: bigint;
}

/**
 * Puts timestamps of all clocks of a trace on one axis: ns of the trace's clock (BOOTTIME, if no snapshot names another)
 * from `zeroMicros`, which is near the first time, so that doubles hold them exactly.
 */
export class TraceClocks {
  zeroMicros = 0;
  /** What to add to times of the trace's clock to get ns of the Unix epoch, where a snapshot tells. */
  epochShiftNs: bigint | undefined;
  /** What the trace's clock showed in the first snapshot. */
  startNs = 0n;
  readonly #lines = new Map<number, ClockLine>();
  readonly #cursor = new ProtoCursor();
  readonly #clock = new ProtoCursor();
  #traceClock = BOOTTIME;
  #hasSnapshot = false;

  /** NaN where nothing says how the clock relates to the trace's. `clockId` 0: the trace's. */
  place(sequence: Sequence | undefined, clockId: number, low: number, high: number): number {
    const id = clockId === 0 ? this.#traceClock : clockId;
    const line = isOwnOfSequence(id)
      ? sequence?.clocks.get(id)
      : (this.#lines.get(id) ?? this.#firstLine(id, low, high));
    const ns = line === undefined ? Number.NaN : line.place(low, high);
    if (Number.isSafeInteger(ns) || line === undefined || this.#hasSnapshot || high < 0) return ns;
    // The first time was a stray one (often 0): the axis begins anew near this one.
    this.#setZero((BigInt(high) << 32n) | BigInt(low >>> 0));
    return this.#lines.get(id)?.place(low, high) ?? Number.NaN;
  }

  /** Legacy events count microseconds of MONOTONIC, or of the trace's clock where there is no snapshot of that. */
  placeMicros(sequence: Sequence, micros: number): number {
    const ns = micros * 1000;
    const high = Math.floor(ns / TWO_TO_32);
    return this.place(sequence, this.#lines.has(MONOTONIC) ? MONOTONIC : 0, (ns - high * TWO_TO_32) | 0, high | 0);
  }

  /** Without snapshots the first clock that is used is the trace's. */
  #firstLine(id: number, low: number, high: number): ClockLine | undefined {
    if (high < 0 || this.#lines.size > 0 || (this.#hasSnapshot && id !== this.#traceClock)) return undefined;
    this.#traceClock = id;
    this.#setZero((BigInt(high >>> 0) << 32n) | BigInt(low >>> 0));
    return this.#lines.get(id);
  }

  #setZero(ns: bigint): void {
    const micros = ns / 1000n;
    this.zeroMicros = Number(micros);
    this.#lines.set(this.#traceClock, new ClockLine(micros * 1000n, 0));
  }

  /** A ClockSnapshot: what several clocks show at one moment. */
  snapshot(bytes: Uint8Array, from: number, to: number, sequence: Sequence | undefined): void {
    const readings: Reading[] = [];
    let primary = 0;
    const cursor = this.#cursor.start(bytes, from, to);
    while (cursor.next()) {
      if (cursor.field === 1 && cursor.isBytes) readings.push(this.#reading(bytes, cursor.from, cursor.to));
      else if (cursor.field === 2) primary = cursor.low;
    }
    this.#hasSnapshot = true;
    if (this.#lines.size === 0 && primary !== 0 && !isOwnOfSequence(primary)) this.#traceClock = primary;
    const traceNs = this.#traceTimeOf(readings);
    if (Number.isNaN(traceNs)) return;
    for (const reading of readings) this.#learn(reading, traceNs, sequence);
  }

  #reading(bytes: Uint8Array, from: number, to: number): Reading {
    const cursor = this.#clock.start(bytes, from, to);
    const reading = { id: 0, value: 0n, isIncremental: false, unitNs: 1n };
    while (cursor.next()) {
      if (cursor.field === 1) reading.id = cursor.low;
      else if (cursor.field === 2) reading.value = cursor.bigUnsigned;
      else if (cursor.field === 3) reading.isIncremental = cursor.low !== 0;
      else if (cursor.field === 4) reading.unitNs = cursor.bigUnsigned || 1n;
    }
    return reading;
  }

  #traceTimeOf(readings: readonly Reading[]): number {
    const own = readings.find(({ id }) => id === this.#traceClock);
    if (own !== undefined && this.#lines.size === 0) {
      this.startNs = own.value * own.unitNs;
      this.#setZero(this.startNs);
    }
    for (const { id, value, unitNs } of own === undefined ? readings : [own]) {
      const line = isOwnOfSequence(id) ? undefined : this.#lines.get(id);
      if (line === undefined) continue;
      const ns = BigInt.asUintN(64, value * unitNs);
      return line.place(Number(ns & 0xffffffffn) | 0, Number(ns >> 32n) | 0);
    }
    return Number.NaN;
  }

  #learn({ id, value, isIncremental, unitNs }: Reading, traceNs: number, sequence: Sequence | undefined): void {
    const ns = value * unitNs;
    if (isOwnOfSequence(id)) {
      sequence?.clocks.set(id, new ClockLine(ns, traceNs, isIncremental, unitNs));
      return;
    }
    if (id === REALTIME) this.epochShiftNs ??= ns - (BigInt(this.zeroMicros) * 1000n + BigInt(Math.round(traceNs)));
    if (id === this.#traceClock) return;
    const line = this.#lines.get(id);
    if (line === undefined) this.#lines.set(id, new ClockLine(ns, traceNs));
    else line.add(ns, traceNs);
  }
}
