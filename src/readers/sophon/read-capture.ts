/** Reads the files of a raw folder. */
import { type Diagnostics, InputError, type Source } from '../../base/index.ts';
import { BLOCK, type Block, blocksOf } from './blocks.ts';
import type { HostSpan, RawCapture, RawSession } from './capture.ts';
import { rawFileRole, type RawFileRole } from './capture-files.ts';
import { CHIPS, type Chip, chipOf, type Engine } from './chips.ts';
import type { CommandList } from './command-list.ts';
import { commandsOf } from './commands/decode.ts';
import { type EngineLog, engineLog } from './engine-log.ts';
import { type GlobalProfile, parseGlobalProfile } from './global-profile.ts';

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
const PIECE_BYTES = 1 << 20;
const COMMAND_FILE_ENGINES: readonly Engine[] = ['tiu', 'gdma'];

interface NamedSource {
  readonly source: Source;
  readonly role: RawFileRole;
}

export class RawReading {
  readonly #files: readonly NamedSource[];
  readonly #diagnostics: Diagnostics;
  readonly #onRead: (bytes: number) => void;
  #piece: { readonly source: Source | undefined; readonly from: number; readonly bytes: Uint8Array } = {
    ...{ source: undefined, from: 0, bytes: new Uint8Array() },
  };

  constructor(sources: readonly Source[], diagnostics: Diagnostics, onRead: (bytes: number) => void) {
    this.#files = sources.flatMap((source) => {
      const role = rawFileRole(source.path);
      return role === undefined ? [] : [{ source, role }];
    });
    this.#diagnostics = diagnostics;
    this.#onRead = onRead;
  }

  async read(): Promise<RawCapture> {
    const global = await this.#global();
    const chip = this.#chip(global);
    const sessions =
      global.flavour === 'cdm' ? [await this.#coreFiles(chip)] : await this.#iterationFiles(chip, global);
    return { chip, global, sessions };
  }

  async #global(): Promise<GlobalProfile> {
    const file = this.#files.find(({ role }) => role.is === 'global');
    if (file === undefined) throw noGlobal(this.#files[0].source);
    const { source } = file;
    return parseGlobalProfile(new TextDecoder().decode(await this.#bytes(source, 0, source.sizeBytes)));
  }

  #chip({ values, flavour }: GlobalProfile): Chip {
    const arch = values.get('arch') ?? '';
    const chip = chipOf(arch, flavour);
    if (chip !== undefined) return chip;
    const { source } = this.#files.find(({ role }) => role.is === 'global')!;
    throw new InputError('unknown_chip', {
      at: { path: source.path, field: 'arch' },
      expected: `arch of a chip that is known (${CHIPS.map(({ id }) => id).join(', ')})`,
      found: arch === '' ? 'none' : arch,
    });
  }

  /** One file for each core, and for each port between chips. */
  async #coreFiles(chip: Chip): Promise<RawSession> {
    const logs: EngineLog[] = [];
    const commands: CommandList[] = [];
    const mcu: RawSession['mcu'][number][] = [];
    for (const { source, role } of this.#files) {
      if (role.is !== 'core' && role.is !== 'cdma') continue;
      const core = role.is === 'core' ? role.core : role.port;
      for (const block of await blocksOf(source, this.#diagnostics)) {
        const log = await this.#log(source, block, chip, core);
        if (log !== undefined) logs.push(log);
        const engine = COMMANDS[block.type];
        if (engine !== undefined) commands.push(...(await this.#commands(source, block, chip, engine, core)));
        if (block.type === BLOCK.mcu) mcu.push({ core, bytes: await this.#blockBytes(source, block) });
      }
    }
    return { iteration: 0, host: undefined, logs, commands, mcu };
  }

  /** One file for each run of a subnet. Cores follow one another: each begins with the records of its TIU. */
  async #iterationFiles(chip: Chip, global: GlobalProfile): Promise<RawSession[]> {
    const cores = coresOf(global);
    const sessions: RawSession[] = [];
    const files = this.#files.flatMap(({ source, role }) => (role.is === 'iteration' ? [{ source, role }] : []));
    files.sort((a, b) => a.role.iteration - b.role.iteration);
    for (const { source, role } of files) {
      const blocks = await blocksOf(source, this.#diagnostics);
      const opener = blocks.some(({ type }) => type === BLOCK.monitorTiu) ? BLOCK.monitorTiu : BLOCK.monitorGdma;
      const logs: EngineLog[] = [];
      const commands: CommandList[] = [];
      const mcu: RawSession['mcu'][number][] = [];
      let host: HostSpan | undefined;
      let number = -1;
      let commandNumber = 0;
      for (const block of blocks) {
        if (block.type === opener) number++;
        const core = cores[Math.max(0, number)] ?? Math.max(0, number);
        const log = await this.#log(source, block, chip, core);
        if (log !== undefined) logs.push(log);
        if (block.type === BLOCK.summary) host = hostSpan(await this.#blockBytes(source, block));
        if (block.type === BLOCK.mcu) mcu.push({ core, bytes: await this.#blockBytes(source, block) });
        if (block.type !== BLOCK.commandPlaces) continue;
        const commandCore = cores[commandNumber] ?? commandNumber;
        commandNumber++;
        commands.push(...(await this.#placedCommands(await this.#blockBytes(source, block), chip, commandCore)));
      }
      sessions.push({ iteration: role.iteration, host, logs, commands, mcu });
    }
    return sessions;
  }

  async #log(source: Source, block: Block, chip: Chip, core: number): Promise<EngineLog | undefined> {
    const engine = RECORDS[block.type];
    if (engine === undefined) return undefined;
    const layout = chip.records[engine];
    const place = { path: source.path, offset: block.offset };
    if (layout === undefined) {
      this.#diagnostics.add(
        'block_unknown',
        place,
        `records of ${engine.toUpperCase()}, which ${chip.id} does not have`,
      );
      return undefined;
    }
    const log = engineLog(engine, core, await this.#blockBytes(source, block), layout, place);
    return log.length === 0 ? undefined : log;
  }

  async #commands(source: Source, block: Block, chip: Chip, engine: Engine, core: number): Promise<CommandList[]> {
    const bytes = await this.#blockBytes(source, block);
    const place = { path: source.path, offset: block.offset };
    return listOf(commandsOf({ engine, core, bytes, place }, chip, this.#diagnostics));
  }

  /** Commands in files of their own, whose names are the addresses that the block tells. */
  async #placedCommands(bytes: Uint8Array, chip: Chip, core: number): Promise<CommandList[]> {
    if (bytes.length < 36) return [];
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const [gdma, tiu] = [0, 16].map((at) => ({
      base: Number(view.getBigUint64(at, true)),
      offset: Number(view.getBigUint64(at + 8, true)),
    }));
    const lists: CommandList[] = [];
    for (const [engine, { base, offset }] of [['tiu', tiu] as const, ['gdma', gdma] as const]) {
      const number = COMMAND_FILE_ENGINES.indexOf(engine);
      const file = this.#files.find(
        ({ role }) => role.is === 'commands' && role.base === base && role.engine === number && role.core === core,
      );
      if (file === undefined) {
        const name = `cmd_${base.toString(16)}_${core}_${number}.dat`;
        const [{ source }] = this.#files;
        this.#diagnostics.add('commands_unread', { path: source.path }, `${name} is not in the folder`);
        continue;
      }
      const { source } = file;
      const from = Math.min(offset, source.sizeBytes);
      const stream = { engine, core, bytes: await this.#bytes(source, from, source.sizeBytes) };
      lists.push(
        ...listOf(commandsOf({ ...stream, place: { path: source.path, offset: from } }, chip, this.#diagnostics)),
      );
    }
    return lists;
  }

  /** Blocks may be small and many, so each is read with those behind it. */
  async #blockBytes(source: Source, { offset, sizeBytes }: Block): Promise<Uint8Array> {
    const to = offset + sizeBytes;
    const isHere = this.#piece.source === source && offset >= this.#piece.from;
    if (!isHere || to > this.#piece.from + this.#piece.bytes.length) {
      const end = Math.min(source.sizeBytes, Math.max(to, offset + PIECE_BYTES));
      this.#piece = { source, from: offset, bytes: await source.slice(offset, end) };
    }
    this.#onRead(sizeBytes);
    return this.#piece.bytes.subarray(offset - this.#piece.from, to - this.#piece.from);
  }

  async #bytes(source: Source, from: number, to: number): Promise<Uint8Array> {
    const bytes = await source.slice(from, to);
    this.#onRead(to - from);
    return bytes;
  }
}

/** The cores that a model ran on, in the order of their records. */
function coresOf({ values }: GlobalProfile): number[] {
  const list =
    values
      .get('core_list')
      ?.split(',')
      .map((core) => core.trim()) ?? [];
  return list.filter((core) => /^\d+$/.test(core)).map(Number);
}

function hostSpan(bytes: Uint8Array): HostSpan | undefined {
  if (bytes.length < 28) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    beginMicros: view.getBigUint64(12, true),
    endMicros: view.getBigUint64(20, true),
    subnet: view.getUint32(4, true),
  };
}

function listOf(commands: CommandList | undefined): CommandList[] {
  return commands === undefined ? [] : [commands];
}

function noGlobal({ path }: Source): InputError {
  return new InputError('incomplete_capture', {
    at: { path },
    expected: 'a global.profile beside it, which says what chip it is of',
    found: 'none',
    hint: 'copy the whole folder that the runtime wrote',
  });
}
