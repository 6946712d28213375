import type { Diagnostics, Place } from '../../base/index.ts';
import { type EventRows, FLOW_END, NONE, type TimelineBuilder } from '../../timeline/index.ts';
import type { ArgTexts } from './arg-texts.ts';
import type { TraceClocks } from './clocks.ts';
import { EventFields } from './event-fields.ts';
import type { FlowEnds } from './flow-ends.ts';
import { LegacyEvents } from './legacy-events.ts';
import type { NumberList } from './number-list.ts';
import type { OpenSlices } from './open-slices.ts';
import type { PacketArgs } from './packet-args.ts';
import type { Sequence } from './sequence.ts';
import type { SourceTracks } from './source-tracks.ts';

/** TrackEvent.type. */
const TYPE = { none: 0, begin: 1, end: 2, instant: 3, counter: 4 } as const;

/** Times of traces that count from another start than the rest. */
const REACH_NS = 4.5e15;

/** What the packets of a trace are turned into. */
export interface TrackEventTarget {
  readonly builder: TimelineBuilder;
  readonly clocks: TraceClocks;
  readonly tracks: SourceTracks;
  readonly texts: ArgTexts;
  readonly args: PacketArgs;
  readonly flows: FlowEnds;
  readonly slices: OpenSlices;
  readonly noName: number;
  readonly diagnostics: Diagnostics;
}

/** A packet around an event: where it stands, and when it was. */
export interface EventPacket {
  bytes: Uint8Array;
  sequence: Sequence;
  /** In the address space of args. */
  address: number;
  sizeBytes: number;
  readonly place: () => Place;
  /** On the axis of TraceClocks; NaN where the packet has no time. */
  timeNs: number;
}

/** Turns track events into rows. Rows know source tracks for the time being; what these are is clear in the end. */
export class TrackEvents {
  readonly fields: EventFields;
  readonly #target: TrackEventTarget;
  readonly #legacy: LegacyEvents;
  #rows: EventRows | undefined;
  /** What to take from a time to get the rows' own. */
  #shiftNs = 0;
  #zeroMicros = 0;
  #argsStrict = 1;

  constructor(target: TrackEventTarget) {
    this.#target = target;
    this.fields = new EventFields(target.builder.strings);
    this.#legacy = new LegacyEvents(target, this);
  }

  /** The TrackEvent [from, to) of a packet. */
  add(packet: EventPacket, from: number, to: number): void {
    const { fields } = this;
    const { diagnostics, tracks } = this.#target;
    const { sequence } = packet;
    fields.read(packet.bytes, from, to, sequence.interned);
    if (fields.isStringMissing) diagnostics.add('interned_missing', packet.place());
    this.#takeLegacyTime(packet);
    const rows = this.#rowsAt(packet);
    if (rows === undefined) return;
    const timeNs = packet.timeNs - this.#shiftNs;
    const track = fields.hasTrack
      ? tracks.of(fields.trackLow, fields.trackHigh)
      : sequence.track !== NONE
        ? sequence.track
        : sequence.threadTrack !== NONE
          ? sequence.threadTrack
          : tracks.of(0, 0);
    if (fields.extraValues.length + fields.extraDoubleValues.length > 0) this.#extraCounters(packet, rows, timeNs);
    this.#event(packet, rows, track, timeNs);
  }

  #event(packet: EventPacket, rows: EventRows, track: number, timeNs: number): void {
    switch (this.fields.type) {
      case TYPE.begin:
        this.begin(packet, rows, track, timeNs);
        break;
      case TYPE.end:
        this.end(packet, rows, track, timeNs);
        break;
      case TYPE.instant:
        this.instant(packet, rows, track, timeNs);
        break;
      case TYPE.counter:
        this.#sample(packet, rows, track, timeNs, this.fields.value);
        break;
      case TYPE.none:
        if (this.fields.hasLegacy) {
          this.#legacy.add(packet, rows, track, timeNs);
          break;
        }
        this.#target.diagnostics.add('phase_missing', packet.place());
        break;
      default:
        this.#target.diagnostics.add('phase_unsupported', packet.place(), `type ${this.fields.type}`);
        break;
    }
  }

  /** Times within the event itself, in microseconds, of traces from before 2020. */
  #takeLegacyTime(packet: EventPacket): void {
    const { deltaMicros, absoluteMicros } = this.fields;
    const { sequence } = packet;
    if (!Number.isNaN(deltaMicros)) sequence.legacyMicros += deltaMicros;
    else if (Number.isNaN(absoluteMicros)) return;
    const micros = Number.isNaN(absoluteMicros) ? sequence.legacyMicros : absoluteMicros;
    packet.timeNs = this.#target.clocks.placeMicros(sequence, micros);
  }

  #rowsAt(packet: EventPacket): EventRows | undefined {
    const { timeNs } = packet;
    const { builder, clocks, diagnostics } = this.#target;
    const rows = this.#rows;
    const isSameAxis = clocks.zeroMicros === this.#zeroMicros;
    if (rows !== undefined && isSameAxis && Math.abs(timeNs - this.#shiftNs) < REACH_NS) return rows;
    if (!Number.isSafeInteger(timeNs)) {
      diagnostics.add('packet_time_bad', packet.place());
      return undefined;
    }
    const next = builder.rowsAt(clocks.zeroMicros + Math.floor(timeNs / 1000), packet.place().offset ?? 0);
    this.#shiftNs = (next.baseMicros - clocks.zeroMicros) * 1000;
    this.#zeroMicros = clocks.zeroMicros;
    this.#rows = builder.settledRows;
    return next;
  }

  /** Begins a slice, or adds a whole one where the duration is known. Returns its row. */
  begin(packet: EventPacket, rows: EventRows, track: number, timeNs: number, durNs?: number): number {
    const row = rows.slices.next();
    const { columns } = rows.slices;
    const { fields } = this;
    columns.track[row] = track;
    columns.startNs[row] = timeNs;
    columns.name[row] = fields.name === NONE ? this.#target.noName : fields.name;
    columns.category[row] = fields.category;
    this.#setArgs(columns, row, packet, this.#readArgs(packet, rows, row));
    if (durNs === undefined) this.#target.slices.begin(track, rows, row, timeNs);
    else columns.durNs[row] = durNs;
    this.#addFlows(rows, track, timeNs, row);
    return row;
  }

  end(packet: EventPacket, rows: EventRows, track: number, timeNs: number): void {
    const { slices, args } = this.#target;
    const row = slices.end(track, rows, timeNs, packet.place);
    if (row === NONE) return;
    this.#addFlows(rows, track, timeNs, row);
    if (!this.#readArgs(packet, rows, row)) return;
    const { columns } = rows.slices;
    if (columns.argsBytes[row] === 0) this.#setArgs(columns, row, packet, true);
    else args.addEnd(columns.argsFrom[row], packet.address, packet.sizeBytes);
    columns.argsStrict[row] &= this.#argsStrict;
  }

  instant(packet: EventPacket, rows: EventRows, track: number, timeNs: number): void {
    const row = rows.instants.next();
    const { columns } = rows.instants;
    const { fields } = this;
    columns.track[row] = track;
    columns.timeNs[row] = timeNs;
    columns.name[row] = fields.name === NONE ? this.#target.noName : fields.name;
    columns.category[row] = fields.category;
    this.#argsStrict = 0;
    this.#setArgs(columns, row, packet, fields.annotationCount > 0 || fields.hasMoreArgs);
    this.#addFlows(rows, track, timeNs, NONE);
  }

  #sample(packet: EventPacket, rows: EventRows, track: number, timeNs: number, value: number): void {
    const { diagnostics, tracks } = this.#target;
    const { counter } = tracks.all[track];
    if (!Number.isFinite(value)) {
      diagnostics.add('counter_not_numeric', packet.place());
      return;
    }
    let total = value;
    if (counter !== undefined) {
      total = value * counter.multiplier;
      if (counter.isIncremental) total = packet.sequence.addUp(track, total);
    }
    const row = rows.counters.next();
    const { columns } = rows.counters;
    columns.track[row] = track;
    columns.timeNs[row] = timeNs;
    columns.value[row] = total;
  }

  #extraCounters(packet: EventPacket, rows: EventRows, timeNs: number): void {
    const { extraValues, extraTracks, extraDoubleValues, extraDoubleTracks } = this.fields;
    const { counterTracks, doubleCounterTracks } = packet.sequence;
    for (let i = 0; i < extraValues.length; i++) {
      const track = this.#extraTrack(extraTracks, counterTracks, i);
      this.#extraSample(packet, rows, track, timeNs, extraValues.signedAt(i));
    }
    for (let i = 0; i < extraDoubleValues.length; i++) {
      const track = this.#extraTrack(extraDoubleTracks, doubleCounterTracks, i);
      this.#extraSample(packet, rows, track, timeNs, extraDoubleValues.doubleAt(i));
    }
  }

  #extraTrack(own: NumberList, defaults: readonly number[], index: number): number {
    if (own.length > 0) return index < own.length ? this.#target.tracks.of(own.low[index], own.high[index]) : NONE;
    return defaults[index] ?? NONE;
  }

  #extraSample(packet: EventPacket, rows: EventRows, track: number, timeNs: number, value: number): void {
    if (track !== NONE) this.#sample(packet, rows, track, timeNs, value);
    else this.#target.diagnostics.add('counter_not_numeric', packet.place(), 'a value without a track');
  }

  /** Fills columns from the annotations, and says whether there are any args. */
  #readArgs(packet: EventPacket, rows: EventRows, row: number): boolean {
    const { fields } = this;
    const { texts } = this.#target;
    this.#argsStrict = fields.hasMoreArgs ? 0 : 1;
    const state = packet.sequence.interned;
    for (let i = 0; i < fields.annotationCount; i++) {
      const isPlain = texts.setTyped(packet.bytes, fields.annotationFrom[i], fields.annotationTo[i], state, rows, row);
      if (!isPlain) this.#argsStrict = 0;
    }
    return fields.annotationCount > 0 || fields.hasMoreArgs;
  }

  #setArgs(
    columns: { argsFrom: Float64Array; argsBytes: Uint32Array; argsStrict: Uint8Array },
    row: number,
    packet: EventPacket,
    hasArgs: boolean,
  ): void {
    columns.argsFrom[row] = packet.address;
    columns.argsBytes[row] = hasArgs ? packet.sizeBytes : 0;
    columns.argsStrict[row] = this.#argsStrict;
  }

  #addFlows(rows: EventRows, track: number, timeNs: number, slice: number): void {
    const { flowIds, terminatingFlowIds, oldFlowIds, oldTerminatingFlowIds } = this.fields;
    this.#addFlowList(flowIds, false, rows, track, timeNs, slice);
    this.#addFlowList(oldFlowIds, false, rows, track, timeNs, slice);
    this.#addFlowList(terminatingFlowIds, true, rows, track, timeNs, slice);
    this.#addFlowList(oldTerminatingFlowIds, true, rows, track, timeNs, slice);
  }

  #addFlowList(
    ids: NumberList,
    terminates: boolean,
    rows: EventRows,
    track: number,
    timeNs: number,
    slice: number,
  ): void {
    const end = terminates ? FLOW_END.finish : FLOW_END.step;
    for (let i = 0; i < ids.length; i++) {
      this.#target.flows.add(ids.low[i], ids.high[i], end, { track, rows, timeNs, slice });
    }
  }
}
