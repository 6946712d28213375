/**
 * Makes a timeline of a raw capture: a process for each core, a track for each of its engines. A record is a slice from its
 * first cycle to the end of its last, so that commands without a pause between them have none.
 */
import type { Diagnostics } from '../../base/index.ts';
import { type EventRows, NONE, TimelineBuilder, type Timeline, type TrackNaming } from '../../timeline/index.ts';
import type { ByteInterner } from '../../bytes/index.ts';
import type { RawCapture, RawSession } from './capture.ts';
import { ENGINES, type Engine } from './chips.ts';
import { type ClockWindow, type Frequencies, type LogClock, sessionClocks } from './clock.ts';
import type { EngineLog } from './engine-log.ts';
import { type CommandMatch, matchCommands } from './match-commands.ts';
import { type LoggedRecords, RawArgs, RECORD_BYTES } from './raw-args.ts';
import { RAW_COLUMNS, TASK_TYPES } from './raw-columns.ts';

const HOST = 'host';
const CDMA = 'cdma';
/** Numbers that the vendor's listings give engines. */
const ENGINE_NUMBERS: Readonly<Record<Engine, number>> = { tiu: 0, gdma: 1, sdma: 3, cdma: 4 };

export interface RawOptions {
  readonly rank: number;
  readonly device: number;
  readonly frequencies: Frequencies;
  readonly strings: ByteInterner | undefined;
}

export async function rawTimeline(
  capture: RawCapture,
  options: RawOptions,
  diagnostics: Diagnostics,
): Promise<Timeline> {
  const builder = new TimelineBuilder(RAW_COLUMNS, options.strings);
  const [first] = capture.sessions;
  const beginMicros = first?.host?.beginMicros ?? 0n;
  const rows = builder.rowsAt(Number(beginMicros), 0);
  const logged: LoggedRecords[] = [];
  const windows: ClockWindow[] = [];
  const unaligned = new Set<number>();
  let endNs = 0;
  for (const session of capture.sessions) {
    const matches = session.logs.map((log) => matchCommands(log, session.commands));
    const clocks = sessionClocks(session, matches, capture.chip, options.frequencies);
    windows.push(...clocks.windows);
    for (const core of clocks.unalignedCores) unaligned.add(core);
    // Nothing tells when within the host's time the device began: its first record begins with it.
    const hostNs = session.host === undefined ? endNs : Number(session.host.beginMicros - beginMicros) * 1000;
    const fromNs = hostNs - earliestNs(session.logs, clocks.clocks);
    session.logs.forEach((log, i) => {
      const clock = { ...clocks.clocks[i], shiftNs: clocks.clocks[i].shiftNs + fromNs };
      const records = { log, clock, match: matches[i], session };
      endNs = Math.max(endNs, new LogRows(builder, rows, records, logged).add());
    });
    addHostSpan(builder, rows, session, beginMicros);
    tellUnmatched(session, matches, diagnostics);
  }
  tellNamesMissing(capture.sessions, diagnostics);
  builder.metadata.set('chip', JSON.stringify(capture.chip.label));
  tellClocks(builder, windows, [...unaligned], options.frequencies);
  return builder.finish(rawNaming(options), diagnostics, new RawArgs(logged));
}

function earliestNs(logs: readonly EngineLog[], clocks: readonly LogClock[]): number {
  const starts = logs.map(({ startCycle }, i) => (startCycle[0] * 1000) / clocks[i].mhz + clocks[i].shiftNs);
  return logs.length === 0 ? 0 : Math.min(...starts);
}

/** Adds the records of one log. */
class LogRows {
  readonly #builder: TimelineBuilder;
  readonly #rows: EventRows;
  readonly #records: LoggedRecords;
  readonly #address: number;

  constructor(builder: TimelineBuilder, rows: EventRows, records: LoggedRecords, logged: LoggedRecords[]) {
    this.#builder = builder;
    this.#rows = rows;
    this.#records = records;
    this.#address = logged.reduce((sum, { log }) => sum + log.length, 0);
    logged.push(records);
  }

  /** Tells when the last of them ends. */
  add(): number {
    const { log, clock, match, session } = this.#records;
    const { engine, core, length, startCycle, endCycle } = log;
    const { strings, keys, tracks } = this.#builder;
    const track = tracks.thread(keys.addText(engine === 'cdma' ? CDMA : `core${core}`), keys.addText(trackKey(log)));
    const names = session.commands.map((list) => Int32Array.from(list.names, (name) => strings.addText(name)));
    const types = session.commands.map((list) => Int32Array.from(list.types, (type) => strings.addText(type)));
    const unnamed = strings.addText(engine.toUpperCase());
    const taskType = strings.addText(TASK_TYPES[engine]);
    const systemType = strings.addText(TASK_TYPES.system);
    const other = otherNames(log, match, this.#builder);
    const { slices, typed } = this.#rows;
    let lastNs = 0;
    for (let i = 0; i < length; i++) {
      const startNs = Math.round((startCycle[i] * 1000) / clock.mhz + clock.shiftNs);
      const endNs = Math.round(((endCycle[i] + 1) * 1000) / clock.mhz + clock.shiftNs);
      if (endNs > lastNs) lastNs = endNs;
      const at = slices.next();
      const { columns } = slices;
      const { command, list } = match;
      const isNamed = command[i] !== NONE;
      const isSystem = isNamed ? session.commands[list[i]].isSystem[command[i]] === 1 : other.isSystem(i);
      columns.track[at] = track;
      columns.startNs[at] = startNs;
      columns.durNs[at] = Math.max(0, endNs - startNs);
      columns.name[at] = isNamed ? names[list[i]][session.commands[list[i]].name[command[i]]] : other.name(i, unnamed);
      const type = isNamed ? types[list[i]][session.commands[list[i]].type[command[i]]] : NONE;
      columns.category[at] = type;
      columns.argsFrom[at] = this.#address + i;
      columns.argsBytes[at] = RECORD_BYTES;
      columns.argsStrict[at] = 1;
      typed.set(0, at, isSystem ? systemType : taskType);
      if (type !== NONE) typed.set(1, at, type);
    }
    if (engine !== 'tiu') this.#addBandwidth(log, clock);
    return lastNs;
  }

  /** What a command moved, spread over the time it took. */
  #addBandwidth(log: EngineLog, clock: LogClock): void {
    const { strings, keys, tracks } = this.#builder;
    const process = keys.addText(log.engine === 'cdma' ? CDMA : `core${log.core}`);
    const label = log.engine === 'cdma' ? `CDMA ${log.core}` : log.engine.toUpperCase();
    void strings;
    const track = tracks.counter(process, `${label} bandwidth`, 'GB/s');
    const { counters } = this.#rows;
    const add = (timeNs: number, value: number): void => {
      const at = counters.next();
      counters.columns.track[at] = track;
      counters.columns.timeNs[at] = timeNs;
      counters.columns.value[at] = value;
    };
    for (let i = 0; i < log.length; i++) {
      if (log.movedBytes[i] === 0) continue;
      const startNs = (log.startCycle[i] * 1000) / clock.mhz;
      const endNs = ((log.endCycle[i] + 1) * 1000) / clock.mhz;
      add(Math.round(startNs + clock.shiftNs), log.movedBytes[i] / (endNs - startNs));
      add(Math.round(endNs + clock.shiftNs), 0);
    }
  }
}

/** What records are called that belong to no command: those in which engines are kept in step, and copies by the runtime. */
function otherNames(
  log: EngineLog,
  { command }: CommandMatch,
  { strings }: TimelineBuilder,
): { name(record: number, otherwise: number): number; isSystem(record: number): boolean } {
  const [sync, input, output] = ['sync', 'input copy', 'output copy'].map((text) => strings.addText(text));
  const first = command.findIndex((each) => each !== NONE);
  const last = command.findLastIndex((each) => each !== NONE);
  const isCopying = log.layout.activeWords.length === 0 && log.engine !== 'tiu';
  const isSystem = (record: number): boolean => first >= 0 && !isCopying && (record < first || record > last);
  return {
    isSystem,
    name(record, otherwise) {
      if (first < 0 || (record >= first && record <= last)) return otherwise;
      if (!isCopying) return sync;
      return record < first ? input : output;
    },
  };
}

function trackKey({ engine, core }: EngineLog): string {
  return engine === 'cdma' ? `cdma${core}` : engine;
}

function addHostSpan(builder: TimelineBuilder, rows: EventRows, session: RawSession, beginMicros: bigint): void {
  const { host, iteration } = session;
  if (host === undefined || host.endMicros < host.beginMicros) return;
  const { strings, keys, tracks } = builder;
  const at = rows.slices.next();
  const { columns } = rows.slices;
  columns.track[at] = tracks.thread(keys.addText(HOST), keys.addText('runtime'));
  columns.startNs[at] = Number(host.beginMicros - beginMicros) * 1000;
  columns.durNs[at] = Number(host.endMicros - host.beginMicros) * 1000;
  columns.name[at] = strings.addText(`iteration ${iteration}, subnet ${host.subnet}`);
  columns.category[at] = NONE;
}

function tellUnmatched(session: RawSession, matches: readonly CommandMatch[], diagnostics: Diagnostics): void {
  session.logs.forEach(({ place, length }, i) => {
    const { command } = matches[i];
    const known = session.commands.reduce((sum, list) => sum + list.length, 0);
    const lost = command.reduce((sum, each) => sum + Number(each === NONE), 0);
    if (known > 0 && lost > 0) diagnostics.add('record_unmatched', place, `${lost} of ${length} records`, lost);
  });
}

/** Captures of single ops hold no commands, or in a form that is not known. */
function tellNamesMissing(sessions: readonly RawSession[], diagnostics: Diagnostics): void {
  const logs = sessions.flatMap((session) => session.logs);
  if (logs.length === 0 || sessions.some(({ commands }) => commands.length > 0)) return;
  const count = logs.reduce((sum, { length }) => sum + length, 0);
  diagnostics.add('names_missing', logs[0].place, `${count} records`, count);
}

function tellClocks(
  builder: TimelineBuilder,
  windows: readonly ClockWindow[],
  unalignedCores: readonly number[],
  { tiuMhz, dmaMhz }: Frequencies,
): void {
  builder.metadata.set('frequencies', JSON.stringify({ tiuMhz, dmaMhz }));
  if (windows.length > 0) builder.metadata.set('engine_clock_windows', JSON.stringify(windows));
  if (unalignedCores.length > 0) builder.metadata.set('unaligned_cores', JSON.stringify(unalignedCores));
}

function rawNaming({ rank, device }: RawOptions): TrackNaming {
  return {
    process({ key }) {
      if (key === HOST) return { name: 'Host', label: '', side: 'host', osPid: undefined, rank, device: NONE };
      const name = key === CDMA ? 'CDMA' : `Core ${key.slice('core'.length)}`;
      return { name, label: 'TPU', side: 'device', osPid: undefined, rank, device };
    },
    track({ key, kind, name, series }, process) {
      if (kind === 'counter') return { kind: 'counter', name, stream: NONE, unit: series };
      if (process.side === 'host') return { kind: 'thread', name: key, stream: NONE, unit: '' };
      const engine = ENGINES.find((each) => key.startsWith(each)) ?? 'tiu';
      const label = engine === 'cdma' ? `CDMA ${key.slice(CDMA.length)}` : engine.toUpperCase();
      return { kind: 'stream', name: label, stream: ENGINE_NUMBERS[engine], unit: '' };
    },
  };
}
