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
  const { typed, slices } = rows.rows;
  const firstRow = slices.length;
  const columns = {
    track: new Int32Array(length).fill(track),
    startNs: new Float64Array(length),
    durNs: new Float64Array(length),
    name: new Int32Array(length),
    category: new Int32Array(length).fill(NONE),
    argsFrom: new Float64Array(length),
    argsBytes: new Uint32Array(length).fill(MADE_BYTES),
    argsStrict: new Uint8Array(length).fill(1),
  };
  let lastNs = 0;
  for (let i = 0; i < length; i++) {
    const [startNs, endNs] = [clock.startNs(i), clock.endNs(i)];
    if (endNs > lastNs) lastNs = endNs;
    columns.startNs[i] = startNs;
    columns.durNs[i] = Math.max(0, endNs - startNs);
    columns.argsFrom[i] = address + i;
    const own = command[i];
    if (own === NONE) {
      columns.name[i] = otherNames[kinds[i]];
      typed.set(RAW_COLUMN.taskType, firstRow + i, kinds[i] === RECORD_KIND.sync ? systemType : taskType);
      continue;
    }
    const told = commands[list[i]];
    const type = types[list[i]][told.type[own]];
    columns.name[i] = names[list[i]][told.name[own]];
    columns.category[i] = type;
    typed.set(RAW_COLUMN.taskType, firstRow + i, told.isSystem[own] === 1 ? systemType : taskType);
    typed.set(RAW_COLUMN.opType, firstRow + i, type);
    typed.set(RAW_COLUMN.commandId, firstRow + i, told.id[own]);
    if (told.waitsFor[own] > 0) typed.set(RAW_COLUMN.waitsFor, firstRow + i, told.waitsFor[own]);
    if (layers[i] !== NONE) typed.set(RAW_COLUMN.layer, firstRow + i, labels[layers[i]]);
  }
  slices.append(columns, 0, length);
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
