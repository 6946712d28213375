import { NONE } from '../../timeline/index.ts';
import type { RawSession } from './capture.ts';
import type { LogClock } from './clock.ts';
import type { EngineLog } from './engine-log.ts';
import type { CommandMatch } from './match-commands.ts';
import type { LayerRun } from './layers/layer-map.ts';
import { MADE_BYTES } from './made-args.ts';
import { RAW_COLUMN, TASK_TYPES } from './raw-columns.ts';
import type { RawRows } from './raw-rows.ts';
import { CDMA } from './raw-naming.ts';
import { recordArgs } from './record-args.ts';
import { RECORD_KIND } from './record-kinds.ts';

/** When records of a log ran, in ns from the first row's time. A record ends with its last cycle. */
export class RecordClock {
  readonly #log: EngineLog;
  readonly mhz: number;
  readonly #shiftNs: number;

  constructor(log: EngineLog, { mhz, shiftNs }: LogClock, fromNs: number) {
    this.#log = log;
    this.mhz = mhz;
    this.#shiftNs = shiftNs + fromNs;
  }

  startNs(record: number): number {
    return Math.round((this.#log.startCycle[record] * 1000) / this.mhz + this.#shiftNs);
  }

  endNs(record: number): number {
    return Math.round(((this.#log.endCycle[record] + 1) * 1000) / this.mhz + this.#shiftNs);
  }

  /** Writes the times of all records to columns, from a row on; tells when the last one ends. */
  fill(startNs: Float64Array, durNs: Float64Array, firstRow: number): number {
    const { length } = this.#log;
    let lastNs = 0;
    for (let i = 0, row = firstRow; i < length; i++, row++) {
      const endNs = this.endNs(i);
      startNs[row] = this.startNs(i);
      durNs[row] = Math.max(0, endNs - startNs[row]);
      if (endNs > lastNs) lastNs = endNs;
    }
    return lastNs;
  }
}

/** A log and all that was found out about its records. */
export interface KnownLog {
  readonly log: EngineLog;
  readonly clock: RecordClock;
  readonly match: CommandMatch;
  /** Of the table RECORD_KIND. */
  readonly kinds: Uint8Array;
  /** Position in the runs of layers, or NONE. */
  readonly layers: Int32Array;
}

/** Adds a slice for each record and, of engines that move memory, a counter of how fast; tells when the last one ends. */
export function addRecords(rows: RawRows, known: KnownLog, session: RawSession, runs: readonly LayerRun[]): number {
  const { log, clock, match, layers } = known;
  const { engine, core, length } = log;
  const process = engine === 'cdma' ? CDMA : `core${core}`;
  const track = rows.thread(process, engine === 'cdma' ? `${CDMA}${core}` : engine);
  const address = rows.addArgs({
    length,
    argsOf: (record) => {
      const layer = layers[record] === NONE ? {} : { Layer: runs[layers[record]].label };
      return { ...recordArgs(log, clock.mhz, match, session, record), ...layer };
    },
  });
  const { slices } = rows.rows;
  const first = slices.claim(length);
  const { columns } = slices;
  columns.track.fill(track, first, first + length);
  for (let i = 0; i < length; i++) columns.argsFrom[first + i] = address + i;
  columns.argsBytes.fill(MADE_BYTES, first, first + length);
  columns.argsStrict.fill(1, first, first + length);
  const lastNs = clock.fill(columns.startNs, columns.durNs, first);
  nameRecords(rows, first, known, session, runs);
  if (engine !== 'tiu') addBandwidth(rows, process, known);
  return lastNs;
}

/** Says of the rows from `first` on what ran. */
function nameRecords(
  rows: RawRows,
  first: number,
  { log: { engine, core, length }, match: { command, list }, kinds, layers }: KnownLog,
  { commands }: RawSession,
  runs: readonly LayerRun[],
): void {
  const { typed, slices } = rows.rows;
  const { name, category } = slices.columns;
  const idsOf = (texts: readonly string[]): Int32Array => Int32Array.from(texts, (text) => rows.string(text));
  const lists = commands.map((told) =>
    told.engine === engine && told.core === core
      ? { told, names: idsOf(told.names), types: idsOf(told.types) }
      : undefined,
  );
  const labels = idsOf(runs.map(({ label }) => label));
  const label = engine.toUpperCase();
  const otherNames = idsOf([label, label, 'sync', 'input copy', 'output copy']);
  const [taskType, systemType] = [rows.string(TASK_TYPES[engine]), rows.string(TASK_TYPES.system)];
  typed.fill(RAW_COLUMN.taskType, first, first + length, taskType);
  for (let i = 0, row = first; i < length; i++, row++) {
    const known = list[i] === NONE ? undefined : lists[list[i]];
    if (known === undefined) {
      name[row] = otherNames[kinds[i]];
      category[row] = NONE;
      if (kinds[i] === RECORD_KIND.sync) typed.set(RAW_COLUMN.taskType, row, systemType);
      continue;
    }
    const { told, names, types } = known;
    const own = command[i];
    name[row] = names[told.name[own]];
    category[row] = types[told.type[own]];
    if (told.isSystem[own] === 1) typed.set(RAW_COLUMN.taskType, row, systemType);
    typed.set(RAW_COLUMN.opType, row, category[row]);
    typed.set(RAW_COLUMN.commandId, row, told.id[own]);
    if (told.waitsFor[own] > 0) typed.set(RAW_COLUMN.waitsFor, row, told.waitsFor[own]);
    if (layers[i] !== NONE) typed.set(RAW_COLUMN.layer, row, labels[layers[i]]);
  }
}

/** What a command moved, spread over the time it took. */
function addBandwidth(rows: RawRows, process: string, { log, clock }: KnownLog): void {
  const { keys, tracks } = rows.builder;
  const { engine, core, length, movedBytes, startCycle, endCycle } = log;
  const label = engine === 'cdma' ? `CDMA ${core}` : engine.toUpperCase();
  const track = tracks.counter(keys.addText(process), `${label} bandwidth`, 'GB/s');
  const { counters } = rows.rows;
  let count = 0;
  for (let i = 0; i < length; i++) if (movedBytes[i] > 0) count++;
  let row = counters.claim(2 * count);
  const { columns } = counters;
  columns.track.fill(track, row, row + 2 * count);
  for (let i = 0; i < length; i++) {
    if (movedBytes[i] === 0) continue;
    const tookNs = ((endCycle[i] + 1 - startCycle[i]) * 1000) / clock.mhz;
    columns.timeNs[row] = clock.startNs(i);
    columns.value[row++] = movedBytes[i] / tookNs;
    columns.timeNs[row] = clock.endNs(i);
    columns.value[row++] = 0;
  }
}
