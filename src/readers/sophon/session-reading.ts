/** Reads the blocks of one session, from one file or several. */
import type { DiagnosticKind, Diagnostics, Source } from '../../base/index.ts';
import { BLOCK, type Block, blocksOf } from './blocks.ts';
import type { HostSpan, RawSession } from './capture.ts';
import type { Chip, Engine } from './chips.ts';
import type { CommandList } from './command-list.ts';
import { commandsOf } from './commands/decode.ts';
import { dynamicCommands } from './commands/dynamic/dynamic-commands.ts';
import { type EngineLog, engineLog } from './engine-log.ts';
import { type HostEvent, hostEvents, withNotes } from './host/host-log.ts';
import { mcuLog } from './mcu/mcu-log.ts';
import type { PieceReader } from './piece-reader.ts';

/** The engine whose records, or whose commands, a block holds. */
const RECORDS: Readonly<Record<number, Engine>> = {
  [BLOCK.monitorTiu]: 'tiu',
  [BLOCK.monitorGdma]: 'gdma',
  [BLOCK.monitorSdma]: 'sdma',
  [BLOCK.monitorCdma]: 'cdma',
};
const COMMANDS: Readonly<Record<number, Engine>> = {
  [BLOCK.commandsTiu]: 'tiu',
  [BLOCK.commandsGdma]: 'gdma',
  [BLOCK.commandsSdma]: 'sdma',
  [BLOCK.commandsCdma]: 'cdma',
};

/** Blocks that are known and not read. Of what DES_KV is a list of, only records that are not understood tell. */
const LEFT_OUT: Readonly<Record<number, readonly [kind: DiagnosticKind, what: string]>> = {
  [BLOCK.compilerLog]: ['part_ignored', 'the log of the compiler'],
  [BLOCK.firmwareLog]: ['part_ignored', 'the log of the firmware'],
  [BLOCK.commandsTold]: ['commands_unread', 'a list of commands (DES_KV) that does not say of which engine it is'],
};

/** Where the commands of a core lie: from `offset` on in the file that is named by `base`. */
export interface CommandPlace {
  readonly engine: 'tiu' | 'gdma';
  readonly base: number;
  readonly offset: number;
  readonly count: number;
}

/** Times beyond are no times of a host: the year 2112. */
const LAST_MICROS = 2n ** 52n;

/** What a microcontroller left, and where. */
interface McuBytes {
  readonly core: number;
  readonly bytes: Uint8Array;
  readonly path: string;
  readonly offset: number;
  notes: Uint8Array | undefined;
}

export class SessionReading {
  readonly logs: EngineLog[] = [];
  readonly commands: CommandList[] = [];
  readonly #chip: Chip;
  readonly #pieces: PieceReader;
  readonly #diagnostics: Diagnostics;
  readonly #onRead: (bytes: number) => void;
  readonly #mcu: McuBytes[] = [];
  /** By block. */
  readonly #hostEvents: HostEvent[][] = [];
  #host: HostSpan | undefined;

  constructor(chip: Chip, pieces: PieceReader, diagnostics: Diagnostics, onRead: (bytes: number) => void) {
    this.#chip = chip;
    this.#pieces = pieces;
    this.#diagnostics = diagnostics;
    this.#onRead = onRead;
  }

  /** A file of one core, or of a port between chips. */
  async readCore(source: Source, core: number): Promise<void> {
    for await (const block of blocksOf(source, this.#pieces, this.#diagnostics)) await this.#take(source, block, core);
  }

  /**
   * A file of one run of a subnet. Cores follow one another: each begins with the records of its TIU. `takePlaces` is told
   * where the commands of a core are.
   */
  async readIteration(
    source: Source,
    cores: readonly number[],
    takePlaces: (core: number, places: readonly CommandPlace[]) => Promise<void>,
  ): Promise<void> {
    const blocks: Block[] = [];
    for await (const block of blocksOf(source, this.#pieces, this.#diagnostics)) blocks.push(block);
    const opener = blocks.some(({ type }) => type === BLOCK.monitorTiu) ? BLOCK.monitorTiu : BLOCK.monitorGdma;
    let [openerCount, placesCount] = [0, 0];
    for (const block of blocks) {
      if (block.type === opener) openerCount++;
      const number = Math.max(0, openerCount - 1);
      if (block.type !== BLOCK.commandPlaces) {
        await this.#take(source, block, cores[number] ?? number);
        continue;
      }
      const places = commandPlaces(await this.#bytes(source, block));
      if (places === undefined) this.#notUnderstood(source, block, 'where commands are');
      else await takePlaces(cores[placesCount] ?? placesCount, places);
      placesCount++;
    }
  }

  finish(iteration: number, path: string): RawSession {
    const mcu = this.#mcu.flatMap(({ core, bytes, notes, path, offset }) => {
      const place = { path, offset };
      if (this.#chip.mcu === 'commands') {
        const isTold = this.commands.some((list) => list.core === core && list.engine !== 'cdma');
        if (!isTold) this.commands.push(...dynamicCommands({ core, bytes, place }, this.#chip, this.#diagnostics));
        return [];
      }
      return mcuLog(core, bytes, notes, place, this.#diagnostics) ?? [];
    });
    const { logs, commands } = this;
    const events = this.#hostEvents.flat();
    return { iteration, place: { path }, host: this.#host, hostEvents: events, logs, commands, mcu };
  }

  async #take(source: Source, block: Block, core: number): Promise<void> {
    const { type, offset } = block;
    const place = { path: source.path, offset };
    if (type in RECORDS) await this.#takeRecords(source, block, RECORDS[type], core);
    else if (type in COMMANDS) {
      const stream = { engine: COMMANDS[type], core, bytes: await this.#keptBytes(source, block), place };
      const list = commandsOf(stream, this.#chip, this.#diagnostics);
      if (list !== undefined) this.commands.push(list);
    } else if (type === BLOCK.mcu) {
      const bytes = await this.#keptBytes(source, block);
      this.#mcu.push({ core, bytes, path: source.path, offset, notes: undefined });
    } else if (type === BLOCK.mcuExtra) {
      const own = this.#mcu.findLast((each) => each.core === core);
      if (own !== undefined) own.notes = await this.#keptBytes(source, block);
    } else if (type === BLOCK.summary) {
      this.#host = hostSpan(await this.#bytes(source, block));
      if (this.#host === undefined) this.#notUnderstood(source, block, 'the host’s time of the iteration');
    } else if (type === BLOCK.host) {
      const { events, isCut } = hostEvents(await this.#bytes(source, block));
      this.#hostEvents.push(events);
      if (isCut) this.#notUnderstood(source, block, 'calls by the host, after the first');
    } else if (type === BLOCK.hostExtra) {
      const last = this.#hostEvents.pop() ?? [];
      this.#hostEvents.push(withNotes(last, await this.#bytes(source, block)));
    } else {
      const [kind, what] = LEFT_OUT[type] ?? (['part_ignored', `a block of type ${type}`] as const);
      this.#diagnostics.add(kind, place, what);
    }
  }

  async #takeRecords(source: Source, block: Block, engine: Engine, core: number): Promise<void> {
    const layout = this.#chip.records[engine];
    if (layout === undefined) {
      this.#notUnderstood(source, block, `records of ${engine.toUpperCase()}, which ${this.#chip.id} does not have`);
      return;
    }
    const place = { path: source.path, offset: block.offset };
    const log = engineLog(engine, core, await this.#bytes(source, block), layout, place);
    if (!block.isCut && block.sizeBytes % (layout.wordCount * 4) !== 0)
      this.#diagnostics.add('block_truncated', place, `${block.sizeBytes} bytes, a record has ${layout.wordCount * 4}`);
    if (log.length > 0) this.logs.push(log);
  }

  #notUnderstood({ path }: Source, { offset }: Block, what: string): void {
    this.#diagnostics.add('block_unknown', { path, offset }, what);
  }

  async #keptBytes(source: Source, block: Block): Promise<Uint8Array> {
    return (await this.#bytes(source, block)).slice();
  }

  /** Valid until the next ones are read. */
  #bytes(source: Source, { offset, sizeBytes }: Block): Promise<Uint8Array> {
    this.#onRead(sizeBytes);
    return this.#pieces.read(source, offset, offset + sizeBytes);
  }
}

function hostSpan(bytes: Uint8Array): HostSpan | undefined {
  if (bytes.length < 28) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [beginMicros, endMicros] = [view.getBigUint64(12, true), view.getBigUint64(20, true)];
  if (beginMicros > endMicros || endMicros > LAST_MICROS) return undefined;
  return { beginMicros, endMicros, subnet: view.getUint32(4, true) };
}

/** With two more words where the chip has a third engine. */
function commandPlaces(bytes: Uint8Array): CommandPlace[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const groupsAt = [32, 48].find(
    (at) => at + 4 <= bytes.length && at + 4 + 8 * view.getUint32(at, true) === bytes.length,
  );
  if (groupsAt === undefined) return undefined;
  const counts = [0, 0];
  for (let at = groupsAt + 4; at < bytes.length; at += 8) {
    counts[0] += view.getUint32(at, true);
    counts[1] += view.getUint32(at + 4, true);
  }
  return (['gdma', 'tiu'] as const).map((engine, i) => ({
    ...{ engine, count: counts[i] },
    base: Number(view.getBigUint64(16 * i, true)),
    offset: Number(view.getBigUint64(16 * i + 8, true)),
  }));
}
