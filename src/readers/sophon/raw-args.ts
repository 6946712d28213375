import { NONE, type ArgsBlock, type ArgsColumns, type ArgsStore } from '../../timeline/index.ts';
import type { RawSession } from './capture.ts';
import type { LogClock } from './clock.ts';
import type { EngineLog } from './engine-log.ts';
import type { CommandMatch } from './match-commands.ts';

/** Records as they are on the timeline; a record's address is its number among all. */
export interface LoggedRecords {
  readonly log: EngineLog;
  readonly clock: LogClock;
  readonly match: CommandMatch;
  readonly session: RawSession;
}

/** No args are longer than nothing, and none are known before they are asked for. */
export const RECORD_BYTES = 1;

/** Names of args by what a command tells of itself, as the vendor's listings have them. */
const NAMES: Readonly<Record<string, string>> = {
  direction: 'Direction',
  shape: 'Shape',
  kernel: 'Kernel',
  inputChannels: 'Input Channels',
  dataType: 'Data Type',
  inputType: 'Input Data Type',
  dataBytes: 'DMA data size(B)',
  from: 'From',
  to: 'To',
};

/** Args of records, made when somebody asks. */
export class RawArgs implements ArgsStore {
  readonly #logged: readonly LoggedRecords[];
  /** By log: the address of its first record. */
  readonly #bases: readonly number[];

  constructor(logged: readonly LoggedRecords[]) {
    this.#logged = logged;
    let base = 0;
    this.#bases = logged.map(({ log }) => {
      const own = base;
      base += log.length;
      return own;
    });
  }

  async block(columns: Pick<ArgsColumns, 'argsFrom' | 'argsBytes'>, rows: ArrayLike<number>): Promise<ArgsBlock> {
    const encoder = new TextEncoder();
    const from = new Uint32Array(rows.length + 1);
    const parts: Uint8Array[] = [];
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      const json = columns.argsBytes[row] === 0 ? '' : JSON.stringify(this.#argsAt(columns.argsFrom[row]));
      parts.push(encoder.encode(json));
      from[i + 1] = from[i] + parts[i].length;
    }
    const bytes = new Uint8Array(from[rows.length]);
    parts.forEach((part, i) => bytes.set(part, from[i]));
    return { bytes, from };
  }

  #argsAt(address: number): Record<string, string | number> {
    const at = this.#bases.findLastIndex((base) => base <= address);
    const { log, clock, match, session } = this.#logged[at];
    const record = address - this.#bases[at];
    const { startCycle, endCycle, id, movedBytes } = log;
    const cycles = endCycle[record] - startCycle[record] + 1;
    const args: Record<string, string | number> = {
      'Cmd Id': id[record],
      'Start Cycle': startCycle[record],
      'End Cycle': endCycle[record],
      'Asic Cycle': cycles,
    };
    if (movedBytes[record] > 0) {
      args['Moved(B)'] = movedBytes[record];
      args['Bandwidth(GB/s)'] = Number(((movedBytes[record] * clock.mhz) / 1000 / cycles).toFixed(4));
    }
    const command = match.command[record];
    if (command === NONE) return args;
    const list = session.commands[match.list[record]];
    if (list.waitsFor[command] > 0) args['Waits For'] = list.waitsFor[command];
    for (const [name, value] of Object.entries(list.details(command))) args[NAMES[name] ?? name] = value;
    return args;
  }
}
