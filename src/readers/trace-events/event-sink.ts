import type { DiagnosticKind, Diagnostics, Source } from '../../base/index.ts';
import {
  type EventScanner,
  FIELD,
  type ScannedEvent,
  type TraceEventHandler,
  type TraceScanner,
} from '../../bytes/index.ts';
import {
  type EventRows,
  FLOW_END,
  NONE,
  type OpenPart,
  type TimelineBuilder,
  typedColumns,
} from '../../timeline/index.ts';
import { CounterSink } from './counter-sink.ts';
import type { FlowKeys } from './flow-keys.ts';
import { readMetadataEvent } from './metadata-event.ts';
import type { TapeTarget } from './tape-rows.ts';
import { ValueSink } from './value-sink.ts';

const { args: ARGS, bp: BP, bind_id: BIND_ID, ph: PHASE } = FIELD;

/**
 * Turns scanned events into rows, by phase. Supported: X B E (threads), b e n (async), i I R (instants), C (counters),
 * s t f and bind_id (flows), M (names). Everything else is counted as lost.
 */
export class EventSink implements TraceEventHandler {
  readonly #builder: TimelineBuilder;
  readonly #diagnostics: Diagnostics;
  readonly #counters: CounterSink;
  readonly #flowKeys: FlowKeys;
  readonly #values: ValueSink | undefined;
  readonly #noName: number;
  #part: OpenPart | undefined;
  #path = '';
  /** Events of the file whose end was rounded. */
  roundedCount = 0;
  /** Column by typed key, and the typed keys that stand in for a category, best first. */
  readonly #columnOfKey: readonly number[];
  readonly #categoryKeys: readonly number[];
  #trackPid = NONE - 1;
  #trackTid = NONE - 1;
  #track = NONE;

  constructor({ builder, dialect, series, flowKeys }: TapeTarget, diagnostics: Diagnostics) {
    this.#builder = builder;
    this.#diagnostics = diagnostics;
    this.#counters = new CounterSink(builder, series, diagnostics);
    this.#flowKeys = flowKeys;
    this.#values = dialect.valuedInstants && new ValueSink(builder, series, dialect.valuedInstants);
    this.#noName = builder.strings.addText('');
    const columns = typedColumns(dialect.typedKeys).map(({ column }) => column);
    this.#columnOfKey = dialect.typedKeys.map(({ column }) => columns.indexOf(column));
    this.#categoryKeys = dialect.categoryColumns.flatMap((name) =>
      dialect.typedKeys.flatMap(({ column }, key) => (column === name ? [key] : [])),
    );
  }

  startFile(source: Source): void {
    this.#part = this.#builder.openPart(source);
    this.#path = source.path;
  }

  finishFile(scanner: TraceScanner): void {
    for (const [key, count] of scanner.events.ignored) {
      const name = new TextDecoder().decode(this.#builder.keys.bytesOf(key));
      this.#diagnostics.add('field_ignored', { path: this.#path, field: name }, undefined, count);
    }
    if (this.roundedCount > 0)
      this.#diagnostics.add('time_rounded', { path: this.#path }, undefined, this.roundedCount);
    this.roundedCount = 0;
    const repaired = this.#builder.strings.repairedCount;
    if (repaired > 0) this.#diagnostics.add('text_repaired', { path: this.#path }, undefined, repaired);
    this.#builder.strings.repairedCount = 0;
  }

  metadata(key: string, json: string): void {
    this.#builder.metadata.set(key, json);
  }

  event(event: ScannedEvent, scanner: EventScanner): void {
    switch (event.phase) {
      case 0x58: // X
        this.#complete(event, scanner);
        break;
      case 0x43: // C
        this.#counter(event, scanner);
        break;
      case 0x73: // s
      case 0x74: // t
      case 0x66: // f
        this.#flow(event, scanner);
        break;
      case 0x4d: // M
        readMetadataEvent(event, scanner, this.#builder, this.#diagnostics, this.#path);
        break;
      case 0x42: // B
      case 0x45: // E
        this.#mark(event, scanner, this.#threadTrack(event) * 2, this.#threadTrack(event));
        break;
      case 0x62: // b
      case 0x65: // e
        this.#asyncMark(event, scanner);
        break;
      case 0x69: // i
      case 0x49: // I
      case 0x52: // R
        this.#instant(event, scanner, this.#threadTrack(event));
        break;
      case 0x6e: // n
        this.#instant(event, scanner, this.#asyncTrack(event));
        break;
      default:
        if (event.has(PHASE)) this.#lose('phase_unsupported', event, phaseText(event));
        else this.#lose('phase_missing', event);
        break;
    }
    if ((event.odd & (1 << ARGS)) !== 0) this.#ignoreArgs(event, scanner);
  }

  /** Args that are no object have no place in the timeline. */
  #ignoreArgs(event: ScannedEvent, { buffer }: EventScanner): void {
    const value = new TextDecoder().decode(buffer.subarray(event.from[ARGS], event.to[ARGS]));
    if (value === 'null') return;
    const detail = value.length > 40 ? `${value.slice(0, 40)}...` : value;
    this.#diagnostics.add('field_ignored', { path: this.#path, offset: event.offset, field: 'args' }, detail);
  }

  #lose(kind: DiagnosticKind, event: ScannedEvent, detail?: string): void {
    this.#diagnostics.add(kind, { path: this.#path, offset: event.offset }, detail);
  }

  /** The rows the event's time belongs to, or undefined when it has no usable time. */
  #rows(event: ScannedEvent): EventRows | undefined {
    if (event.tsState === 'good') {
      if (event.rounded) this.roundedCount++;
      return this.#builder.rowsAt(event.tsMicros, event.offset);
    }
    this.#lose('time_bad', event, event.tsState === 'missing' ? 'no ts' : undefined);
    return undefined;
  }

  #counter(event: ScannedEvent, scanner: EventScanner): void {
    const rows = this.#rows(event);
    if (rows === undefined) return;
    this.#counters.add(event, scanner, rows, rows.offsetNs(event.tsMicros, event.tsNanos), this.#path);
  }

  #threadTrack(event: ScannedEvent): number {
    if (event.pid !== this.#trackPid || event.tid !== this.#trackTid) {
      this.#trackPid = event.pid;
      this.#trackTid = event.tid;
      this.#track = this.#builder.tracks.thread(event.pid, event.tid);
    }
    return this.#track;
  }

  #asyncTrack(event: ScannedEvent): number {
    const { strings, tracks } = this.#builder;
    const name = event.name === NONE ? '' : new TextDecoder().decode(strings.bytesOf(event.name));
    return tracks.async(event.pid, name);
  }

  #complete(event: ScannedEvent, scanner: EventScanner): void {
    if (event.durState !== 'good') {
      this.#lose('duration_bad', event, event.durState === 'missing' ? 'no dur' : undefined);
      return;
    }
    const rows = this.#rows(event);
    if (rows === undefined) return;
    const timeNs = rows.offsetNs(event.tsMicros, event.tsNanos);
    if (!rows.reaches(timeNs + event.durNs)) {
      this.#lose('time_far_away', event, 'its end');
      return;
    }
    const { slices } = rows;
    const row = slices.length;
    const i = slices.next();
    const columns = slices.columns;
    columns.track[i] = this.#threadTrack(event);
    columns.startNs[i] = timeNs;
    columns.durNs[i] = event.durNs;
    columns.name[i] = event.name === NONE ? this.#noName : event.name;
    columns.category[i] = event.category === NONE ? this.#categoryFromArgs(event) : event.category;
    this.#setArgs(columns, i, event, scanner);
    if (event.typedPresent !== 0) this.#setTyped(rows, row, event);
    if (event.has(BIND_ID)) this.#boundFlow(event, scanner, rows, row, timeNs);
  }

  #categoryFromArgs(event: ScannedEvent): number {
    for (const key of this.#categoryKeys) if ((event.typedPresent & (1 << key)) !== 0) return event.typedTexts[key];
    return NONE;
  }

  #setArgs(
    columns: { argsFrom: Float64Array; argsBytes: Uint32Array; argsStrict: Uint8Array },
    i: number,
    event: ScannedEvent,
    scanner: EventScanner,
  ): void {
    const size = event.argsTo - event.argsFrom;
    columns.argsFrom[i] = (this.#part?.base ?? 0) + event.offset + (event.argsFrom - event.position);
    columns.argsBytes[i] = size > 0 && scanner.args.memberCount > 0 ? size : 0;
    columns.argsStrict[i] = event.argsStrict ? 1 : 0;
  }

  #setTyped(rows: EventRows, row: number, event: ScannedEvent): void {
    for (let key = 0; key < this.#columnOfKey.length; key++) {
      if ((event.typedPresent & (1 << key)) === 0) continue;
      const isNumber = this.#builder.typedKeys[key].kind === 'number';
      rows.typed.set(this.#columnOfKey[key], row, isNumber ? event.typedNumbers[key] : event.typedTexts[key]);
    }
  }

  /** bind_id with flow_out or flow_in makes the slice itself an end of an arrow. */
  #boundFlow(event: ScannedEvent, scanner: EventScanner, rows: EventRows, row: number, timeNs: number): void {
    const sends = isTrue(event, scanner, FIELD.flow_out);
    const receives = isTrue(event, scanner, FIELD.flow_in);
    if (!sends && !receives) return;
    const end = sends && receives ? FLOW_END.step : sends ? FLOW_END.start : FLOW_END.finish;
    this.#addFlowEnd(event, rows, timeNs, this.#flowKeys.bound(event, scanner), end, row);
  }

  #flow(event: ScannedEvent, scanner: EventScanner): void {
    const rows = this.#rows(event);
    if (rows === undefined) return;
    const timeNs = rows.offsetNs(event.tsMicros, event.tsNanos);
    const encloses = event.has(BP) && scanner.buffer[event.from[BP]] === 0x65;
    const end =
      event.phase === 0x73
        ? FLOW_END.start
        : event.phase === 0x74
          ? FLOW_END.step
          : encloses
            ? FLOW_END.finish
            : FLOW_END.finishAtNextSlice;
    this.#addFlowEnd(event, rows, timeNs, this.#flowKeys.of(event, scanner), end, NONE);
  }

  #addFlowEnd(event: ScannedEvent, rows: EventRows, timeNs: number, key: number, end: number, slice: number): void {
    const i = rows.flowEnds.next();
    const columns = rows.flowEnds.columns;
    columns.key[i] = key;
    columns.track[i] = this.#threadTrack(event);
    columns.timeNs[i] = timeNs;
    columns.end[i] = end;
    columns.name[i] = event.name === NONE ? this.#noName : event.name;
    columns.category[i] = event.category;
    columns.slice[i] = slice;
  }

  #asyncMark(event: ScannedEvent, scanner: EventScanner): void {
    this.#mark(event, scanner, this.#flowKeys.async(event, scanner) * 2 + 1, this.#asyncTrack(event));
  }

  #mark(event: ScannedEvent, scanner: EventScanner, group: number, track: number): void {
    const rows = this.#rows(event);
    if (rows === undefined) return;
    const i = rows.marks.next();
    const columns = rows.marks.columns;
    columns.group[i] = group;
    columns.track[i] = track;
    columns.timeNs[i] = rows.offsetNs(event.tsMicros, event.tsNanos);
    columns.begins[i] = event.phase === 0x42 || event.phase === 0x62 ? 1 : 0;
    columns.name[i] = columns.begins[i] === 1 && event.name === NONE ? this.#noName : event.name;
    columns.category[i] = event.category;
    columns.fileOffset[i] = event.offset;
    this.#setArgs(columns, i, event, scanner);
  }

  #instant(event: ScannedEvent, scanner: EventScanner, track: number): void {
    const rows = this.#rows(event);
    if (rows === undefined) return;
    const i = rows.instants.next();
    const columns = rows.instants.columns;
    columns.track[i] = track;
    columns.timeNs[i] = rows.offsetNs(event.tsMicros, event.tsNanos);
    columns.name[i] = event.name === NONE ? this.#noName : event.name;
    columns.category[i] = event.category;
    this.#setArgs(columns, i, event, scanner);
    this.#values?.add(event, rows, columns.timeNs[i]);
  }
}

/** Phases are one letter; what is longer, or no text at all, is none. */
function phaseText({ phase }: ScannedEvent): string | undefined {
  return phase === 0 ? undefined : String.fromCharCode(phase);
}

/** `true`, `"true"` and `1` all occur. */
function isTrue(event: ScannedEvent, scanner: EventScanner, field: number): boolean {
  if (!event.has(field)) return false;
  const first = scanner.buffer[event.from[field]];
  return first === 0x74 || first === 0x31;
}
