import { NONE } from '../../timeline/index.ts';
import type { RawSession } from './capture.ts';
import type { LogClock } from './clock.ts';
import type { EngineLog } from './engine-log.ts';
import type { CommandMatch } from './match-commands.ts';
import type { LayerRun } from './layers/layer-map.ts';
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
  const { log, clock, match, kinds, layers } = known;
  const { engine, core, length } = log;
  const { command, list } = match;
  const { commands } = session;
  const process = engine === 'cdma' ? CDMA : `core${core}`;
  const track = rows.thread(process, engine === 'cdma' ? `${CDMA}${core}` : engine);
  const address = rows.addArgs({
    length,
    argsOf: (record) => {
      const layer = layers[record] === NONE ? {} : { Layer: runs[layers[record]].label };
      return { ...recordArgs(log, clock.mhz, match, session, record), ...layer };
    },
  });
  const names = commands.map((each) => Int32Array.from(each.names, (name) => rows.string(name)));
  const types = commands.map((each) => Int32Array.from(each.types, (type) => rows.string(type)));
  const labels = layers.some((layer) => layer !== NONE) ? runs.map(({ label }) => rows.string(label)) : [];
  const otherNames = [engine.toUpperCase(), engine.toUpperCase(), 'sync', 'input copy', 'output copy'].map((name) =>
    rows.string(name),
  );
  const [taskType, systemType] = [rows.string(TASK_TYPES[engine]), rows.string(TASK_TYPES.system)];
  const { typed } = rows.rows;
  let lastNs = 0;
  for (let i = 0; i < length; i++) {
    const endNs = clock.endNs(i);
    if (endNs > lastNs) lastNs = endNs;
    const own = command[i];
    const told = own === NONE ? undefined : commands[list[i]];
    const type = told === undefined ? NONE : types[list[i]][told.type[own]];
    const at = rows.addSlice({
      ...{ track, startNs: clock.startNs(i), endNs, category: type, address: address + i },
      name: told === undefined ? otherNames[kinds[i]] : names[list[i]][told.name[own]],
    });
    const isSystem = told === undefined ? kinds[i] === RECORD_KIND.sync : told.isSystem[own] === 1;
    typed.set(RAW_COLUMN.taskType, at, isSystem ? systemType : taskType);
    if (told === undefined) continue;
    typed.set(RAW_COLUMN.opType, at, type);
    typed.set(RAW_COLUMN.commandId, at, told.id[own]);
    if (told.waitsFor[own] > 0) typed.set(RAW_COLUMN.waitsFor, at, told.waitsFor[own]);
    if (layers[i] !== NONE) typed.set(RAW_COLUMN.layer, at, labels[layers[i]]);
  }
  if (engine !== 'tiu') addBandwidth(rows, process, known);
  return lastNs;
}

/** What a command moved, spread over the time it took. */
function addBandwidth(rows: RawRows, process: string, { log, clock }: KnownLog): void {
  const { keys, tracks } = rows.builder;
  const { engine, core, length, movedBytes, startCycle, endCycle } = log;
  const label = engine === 'cdma' ? `CDMA ${core}` : engine.toUpperCase();
  const track = tracks.counter(keys.addText(process), `${label} bandwidth`, 'GB/s');
  for (let i = 0; i < length; i++) {
    if (movedBytes[i] === 0) continue;
    const tookNs = ((endCycle[i] + 1 - startCycle[i]) * 1000) / clock.mhz;
    rows.addSample(track, clock.startNs(i), movedBytes[i] / tookNs);
    rows.addSample(track, clock.endNs(i), 0);
  }
}
