import type { Diagnostics } from '../../../base/index.ts';
import { type CsvHandler, type CsvRow, decimalValue, hashBytes, MicrosScanner } from '../../../bytes/index.ts';
import { type EventRows, NONE, opTypeOfName, type TimelineBuilder, typedColumns } from '../../../timeline/index.ts';
import { isNothing, OP_COLUMNS, type OpHeader, opHeader } from './columns.ts';
import { OpCells } from './op-row.ts';

const COLUMNS = typedColumns(OP_COLUMNS).map(({ column }) => column);
/** By the index among OP_COLUMNS: the typed column. */
export const COLUMN_OF_SPEC = OP_COLUMNS.map(({ column }) => COLUMNS.indexOf(column));
export const TASK_TYPE = COLUMNS.indexOf('taskType');
const OP_TYPE = COLUMNS.indexOf('opType');
/** Devices and streams together. */
const MOST_KEYS = 2 ** 24;
/** Whole collectives, as they are called since 2025 and before. */
const COMMUNICATION = /^(COMMUNICATION|HCCL)$/;

/** A table about to be read. */
export interface OpFile {
  readonly path: string;
  /** Where its bytes begin among the addresses of args. */
  readonly base: number;
  /** Its starts are in nanoseconds, not in microseconds. */
  readonly startsInNs: boolean;
  /** How many names its header lacks at the front. */
  readonly missingNames: number;
}

/** Makes slices of the rows of op tables: one for each op, on the stream it ran on. */
export class OpSink implements CsvHandler {
  readonly #builder: TimelineBuilder;
  readonly #diagnostics: Diagnostics;
  readonly #times = new MicrosScanner();
  readonly #cells = new OpCells();
  readonly #tracks = new Map<number, number>();
  readonly #isCommunicationType: boolean[] = [];
  readonly #isNothing: boolean[] = [];
  /** The string of the type by that of the name. */
  readonly #typeOf: number[] = [];
  #file: OpFile = { path: '', base: 0, startsInNs: false, missingNames: 0 };
  #roundedCount = 0;
  header: OpHeader | undefined;
  rowCount = 0;

  constructor(builder: TimelineBuilder, diagnostics: Diagnostics) {
    this.#builder = builder;
    this.#diagnostics = diagnostics;
  }

  startFile(file: OpFile): void {
    this.#file = file;
    this.header = undefined;
  }

  /** Rows that went another way. */
  countRows(rowCount: number, roundedCount: number): void {
    this.rowCount += rowCount;
    this.#roundedCount += roundedCount;
  }

  finishFile(): void {
    if (this.#roundedCount > 0)
      this.#diagnostics.add('time_rounded', { path: this.#file.path }, undefined, this.#roundedCount);
    this.#roundedCount = 0;
  }

  quoteNotClosed(line: number, offset: number): void {
    this.#diagnostics.add('quote_not_closed', { path: this.#file.path, line, offset });
  }

  row(row: CsvRow): void {
    if (this.header === undefined) this.#startTable(row);
    else if (isHeader(row, this.header)) this.#report('header_repeated', row);
    else this.#op(row, this.header);
  }

  #startTable(row: CsvRow): void {
    const { missingNames } = this.#file;
    const unnamed = Array.from({ length: missingNames }, (_, i) => `column ${i + 1}`);
    this.header = opHeader([...unnamed, ...row.texts()]);
    if (missingNames > 0) this.#report('header_shifted', row, `${missingNames} fewer than every row has cells`);
  }

  #report(kind: Parameters<Diagnostics['add']>[0], { line, offset }: CsvRow, detail?: string): void {
    this.#diagnostics.add(kind, { path: this.#file.path, line, offset }, detail);
  }

  #op(row: CsvRow, header: OpHeader): void {
    const cells = this.#cells;
    const times = this.#times;
    cells.look(row, header);
    const problem = this.#scanTimes(header);
    if (problem !== undefined) {
      this.#reportTime(row, header, problem);
      return;
    }
    if (row.cellCount !== header.names.length) this.#reportCellCount(row, header);
    if (times.rounded) this.#roundedCount++;
    this.rowCount++;
    this.#addSlice(row, header);
  }

  #reportCellCount(row: CsvRow, { names, name }: OpHeader): void {
    const counts = `${row.cellCount} cells, not ${names.length}`;
    if (this.#cells.isShifted) this.#report('row_shifted', row, this.#cells.text(name));
    else if (row.cellCount < names.length) this.#report('row_incomplete', row, counts);
    else if (!row.isEmptyFrom(names.length)) this.#report('row_too_long', row, counts);
  }

  #reportTime({ line, offset, cellCount }: CsvRow, { names }: OpHeader, cell: number): void {
    const cells = this.#cells;
    const place = { path: this.#file.path, line, offset, column: Math.min(cell, cellCount) + 1, field: names[cell] };
    const found = cells.has(cell) ? cells.text(cell) || 'nothing' : 'the end of the row';
    this.#diagnostics.add(cells.isShifted ? 'row_malformed' : 'row_time_bad', place, found);
  }

  /** The cell that holds no time where it should, if there is one. */
  #scanTimes(header: OpHeader): number | undefined {
    const cells = this.#cells;
    const { start, duration } = header;
    if (!cells.has(start) || !this.#scanStart(header)) return start;
    if (!cells.has(duration)) return duration;
    return this.#times.scanDuration(cells.row.buffer, cells.from(duration), cells.to(duration)) ? undefined : duration;
  }

  #scanStart({ start }: OpHeader): boolean {
    const cells = this.#cells;
    const { buffer } = cells.row;
    const [from, to] = [cells.from(start), cells.to(start)];
    return this.#file.startsInNs ? this.#times.scanNanos(buffer, from, to) : this.#times.scanTime(buffer, from, to);
  }

  #addSlice(row: CsvRow, header: OpHeader): void {
    const times = this.#times;
    const rows = this.#builder.rowsAt(times.micros, row.offset);
    const at = rows.slices.next();
    const { columns } = rows.slices;
    columns.startNs[at] = rows.offsetNs(times.micros, times.nanos);
    columns.durNs[at] = times.durNs;
    columns.name[at] = this.#string(header.name);
    columns.argsFrom[at] = this.#file.base + row.offset;
    columns.argsBytes[at] = row.end - row.start;
    columns.argsStrict[at] = 1;
    const taskType = this.#setTyped(rows, at, header);
    columns.category[at] = taskType;
    columns.track[at] = this.track(this.#key(header.device), this.#key(header.stream), taskType);
    this.complete(rows, at);
  }

  /** What rows from here on leave out: tasks that run no kernel are called by their type, types that are not told come from names. */
  complete({ slices, typed }: EventRows, from: number): void {
    const hasOpTypes = this.header?.hasOpTypes === true;
    const { name, category } = slices.columns;
    for (let at = from; at < slices.length; at++) {
      if (category[at] !== NONE && this.#isNoName(name[at])) name[at] = category[at];
      if (hasOpTypes && !typed.hasText(OP_TYPE, at)) typed.set(OP_TYPE, at, this.#typeOfName(name[at]));
    }
  }

  #isNoName(name: number): boolean {
    this.#isNothing[name] ??= ['', 'N/A'].includes(textOf(this.#builder.strings.bytesOf(name)));
    return this.#isNothing[name];
  }

  #typeOfName(name: number): number {
    const { strings } = this.#builder;
    this.#typeOf[name] ??= strings.addText(opTypeOfName(textOf(strings.bytesOf(name))));
    return this.#typeOf[name];
  }

  #string(cell: number): number {
    const cells = this.#cells;
    if (!cells.findPlain(cell)) return this.#builder.strings.addText(cells.text(cell));
    const { row, textFrom, textTo } = cells;
    return this.#builder.strings.add(row.buffer, textFrom, textTo, hashBytes(row.buffer, textFrom, textTo));
  }

  /** Fills the typed columns; returns the string of the task's type. */
  #setTyped(rows: EventRows, at: number, { spec }: OpHeader): number {
    const cells = this.#cells;
    const { buffer } = cells.row;
    let taskType = NONE;
    for (let cell = 0; cell < spec.length; cell++) {
      if (spec[cell] < 0 || !cells.has(cell) || isNothing(buffer, cells.from(cell), cells.to(cell))) continue;
      const column = COLUMN_OF_SPEC[spec[cell]];
      const isText = OP_COLUMNS[spec[cell]].kind === 'text';
      const value = isText ? this.#string(cell) : decimalValue(buffer, cells.from(cell), cells.to(cell));
      if (column === TASK_TYPE) taskType = value;
      rows.typed.set(column, at, value);
    }
    return taskType;
  }

  /** The track of a device and a stream, which are keys of the builder. */
  track(device: number, stream: number, taskType: number): number {
    const isCommunication = stream === NONE && this.#isCommunication(taskType);
    const key = ((device + 1) * MOST_KEYS + stream + 1) * 2 + Number(isCommunication);
    const known = this.#tracks.get(key);
    if (known !== undefined) return known;
    const track = this.#newTrack(this.#keyText(device), this.#keyText(stream), isCommunication);
    this.#tracks.set(key, track);
    return track;
  }

  #isCommunication(taskType: number): boolean {
    if (taskType === NONE) return false;
    this.#isCommunicationType[taskType] ??= COMMUNICATION.test(textOf(this.#builder.strings.bytesOf(taskType)));
    return this.#isCommunicationType[taskType];
  }

  /** The cell among the builder's keys; NONE where there is nothing. */
  #key(cell: number): number {
    const cells = this.#cells;
    if (!cells.has(cell)) return NONE;
    const { buffer } = cells.row;
    const [from, to] = [cells.from(cell), cells.to(cell)];
    return isNothing(buffer, from, to) ? NONE : this.#builder.keys.add(buffer, from, to, hashBytes(buffer, from, to));
  }

  #keyText(key: number): string {
    return key === NONE ? '' : textOf(this.#builder.keys.bytesOf(key));
  }

  /** As the timeline of the same capture would have it. */
  #newTrack(device: string, stream: string, isCommunication: boolean): number {
    const { keys, tracks } = this.#builder;
    const layer = isCommunication ? 'Communication' : 'Ascend Hardware';
    const label = ['NPU', device].filter((word) => word !== '').join(' ');
    const pid = keys.addText(`${layer} ${device}`);
    const process = tracks.processes[tracks.process(pid)];
    process.name = layer;
    process.label = label;
    const track = tracks.thread(pid, keys.addText(stream));
    if (!isCommunication) tracks.tracks[track].name = stream === '' ? 'Kernels' : `Stream ${stream}`;
    return track;
  }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function isHeader(row: CsvRow, { names, start }: OpHeader): boolean {
  return row.cellCount === names.length && row.text(start) === names[start];
}
