/** Reads the files of a raw folder. */
import { type Diagnostics, InputError, type Source } from '../../base/index.ts';
import { fileName } from '../../timeline/index.ts';
import type { RawCapture, RawSession } from './capture.ts';
import { rawFileRole, type RawFileRole } from './capture-files.ts';
import { CHIPS, type Chip, chipOf } from './chips.ts';
import { compiledCommands } from './commands/compiled-commands.ts';
import { commandsOf } from './commands/decode.ts';
import { type GlobalProfile, parseGlobalProfile } from './global-profile.ts';
import { type LayerRun, layersOfLocations, layersOfProfile } from './layers/layer-map.ts';
import { PieceReader } from './piece-reader.ts';
import { type CommandPlace, SessionReading } from './session-reading.ts';
import { parseSimulation } from './simulation/simulation.ts';

/** Files of which at least one must be there. */
const RECORD_ROLES: readonly RawFileRole['is'][] = ['iteration', 'core', 'cdma'];
const COMMAND_FILE_ENGINES = ['tiu', 'gdma'] as const;
/** Texts are read as a whole. */
const MOST_TEXT_BYTES = 256 << 20;

interface NamedSource {
  readonly source: Source;
  readonly role: RawFileRole;
}

export class RawReading {
  readonly #files: readonly NamedSource[];
  readonly #diagnostics: Diagnostics;
  readonly #onRead: (bytes: number) => void;
  readonly #pieces = new PieceReader();

  constructor(sources: readonly Source[], diagnostics: Diagnostics, onRead: (bytes: number) => void) {
    this.#files = sources.flatMap((source) => {
      const role = rawFileRole(source.path);
      return role === undefined ? [] : [{ source, role }];
    });
    this.#diagnostics = diagnostics;
    this.#onRead = onRead;
  }

  /** Where the chip is described. */
  get globalPath(): string {
    return this.#one('global')?.path ?? '';
  }

  async read(): Promise<RawCapture> {
    const file = this.#one('global');
    if (file === undefined) {
      throw incomplete(this.#files[0].source, 'the global.profile of its folder, which says what chip it is of', 'it');
    }
    const global = parseGlobalProfile((await this.#text(file)) ?? '');
    const chip = chipIn(global, file);
    if (!this.#files.some(({ role }) => RECORD_ROLES.includes(role.is))) {
      throw incomplete(file, 'its files of records (iter*.profile, cdmlib*.profile)', 'one');
    }
    const sessions =
      global.flavour === 'cdm' ? [await this.#coreFiles(chip)] : await this.#iterationFiles(chip, global);
    const layers = await this.#layers(chip, global);
    return { chip, global, sessions, layers, simulation: await this.#simulation() };
  }

  /** One file for each core, and for each port between chips. */
  async #coreFiles(chip: Chip): Promise<RawSession> {
    const reading = this.#session(chip);
    let path = this.globalPath;
    for (const { source, role } of this.#files) {
      if (role.is !== 'core' && role.is !== 'cdma') continue;
      path = source.path;
      await reading.readCore(source, role.is === 'core' ? role.core : role.port);
    }
    return reading.finish(0, path);
  }

  /** One file for each run of a subnet, or of what the host called by itself. */
  async #iterationFiles(chip: Chip, global: GlobalProfile): Promise<RawSession[]> {
    const cores = coresOf(global);
    const sessions: RawSession[] = [];
    const files = this.#files.flatMap(({ source, role }) => (role.is === 'iteration' ? [{ source, role }] : []));
    files.sort((a, b) => a.role.iteration - b.role.iteration);
    for (const { source, role } of files) {
      const reading = this.#session(chip);
      await reading.readIteration(source, cores, async (core, places) => {
        for (const place of places) await this.#placedCommands(reading, place, chip, core);
      });
      const missing = reading.commands.length === 0 ? compiledCommands(global, chip) : [];
      reading.commands.push(...missing);
      sessions.push(reading.finish(role.iteration, source.path));
    }
    return sessions;
  }

  /** Commands in files of their own, whose names are the addresses that the block tells. */
  async #placedCommands(reading: SessionReading, place: CommandPlace, chip: Chip, core: number): Promise<void> {
    const { engine, base, offset, count } = place;
    if (count === 0) return;
    const number = COMMAND_FILE_ENGINES.indexOf(engine);
    const file = this.#files.find(
      ({ role }) => role.is === 'commands' && role.base === base && role.engine === number && role.core === core,
    );
    if (file === undefined) {
      const name = `cmd_${base.toString(16)}_${core}_${number}.dat`;
      this.#diagnostics.add('commands_unread', { path: this.globalPath }, `${name} is not in the folder`);
      return;
    }
    const { source } = file;
    const from = Math.min(offset, source.sizeBytes);
    const bytes = await this.#bytes(source, from, source.sizeBytes);
    const stream = { engine, core, bytes, place: { path: source.path, offset: from }, count };
    const list = commandsOf(stream, chip, this.#diagnostics);
    if (list !== undefined) reading.commands.push(list);
  }

  async #layers(chip: Chip, global: GlobalProfile): Promise<readonly LayerRun[]> {
    const file = this.#one('locations');
    const text = file === undefined ? undefined : await this.#text(file);
    if (file === undefined || text === undefined) return layersOfProfile(global, chip);
    const { path } = file;
    const found = layersOfLocations(text);
    if (found === undefined) this.#diagnostics.add('document_malformed', { path }, 'no list of layers');
    else if (found.oddCount > 0) this.#diagnostics.add('record_malformed', { path }, undefined, found.oddCount);
    return found?.layers ?? layersOfProfile(global, chip);
  }

  async #simulation(): Promise<RawCapture['simulation']> {
    const file = this.#one('simulation');
    const text = file === undefined ? undefined : await this.#text(file);
    if (file === undefined || text === undefined) return undefined;
    const { path } = file;
    const read = parseSimulation(text);
    if (read.oddCount > 0) this.#diagnostics.add('row_malformed', { path }, undefined, read.oddCount);
    return { path, read };
  }

  #session(chip: Chip): SessionReading {
    return new SessionReading(chip, this.#pieces, this.#diagnostics, this.#onRead);
  }

  #one(is: RawFileRole['is']): Source | undefined {
    return this.#files.find(({ role }) => role.is === is)?.source;
  }

  /** undefined: it is too long to be read. */
  async #text(source: Source): Promise<string | undefined> {
    if (source.sizeBytes > MOST_TEXT_BYTES) {
      const detail = `${source.sizeBytes} bytes; up to ${MOST_TEXT_BYTES} are read`;
      this.#diagnostics.add('file_unreadable', { path: source.path }, detail);
      return undefined;
    }
    return new TextDecoder().decode(await this.#bytes(source, 0, source.sizeBytes));
  }

  async #bytes(source: Source, from: number, to: number): Promise<Uint8Array> {
    const bytes = await source.slice(from, to);
    this.#onRead(to - from);
    return bytes;
  }
}

function chipIn({ values, flavour }: GlobalProfile, { path }: Source): Chip {
  const arch = values.get('arch') ?? '';
  const chip = chipOf(arch, flavour);
  if (chip !== undefined) return chip;
  throw new InputError('unknown_chip', {
    at: { path, field: 'arch' },
    expected: `arch of a chip that is known (${CHIPS.map(({ id }) => id).join(', ')})`,
    found: arch === '' ? 'none' : arch,
    hint: "the vendor's bigTpuProfile may know it; what that writes into result_out beside the folder is read instead",
  });
}

/** The cores that a model ran on, in the order of their records. */
function coresOf({ values }: GlobalProfile): number[] {
  const list = values.get('core_list')?.split(',') ?? [];
  return list
    .map((core) => core.trim())
    .filter((core) => /^\d{1,4}$/.test(core))
    .map(Number);
}

/** Whether the rest lies in the folder and was not named, or was lost, is not known here. */
function incomplete({ path }: Source, rest: string, without: string): InputError {
  return new InputError('incomplete_capture', {
    at: { path },
    expected: `to be read together with ${rest}`,
    found: `${fileName(path)} without ${without}`,
    hint: 'name the whole folder that the runtime wrote, not a file in it',
  });
}
