/** Lists of the commands that a microcontroller of the SG2260 gave: kinds and directions, but no shapes. */
import type { Diagnostics, Place } from '../../../../base/index.ts';
import type { Chip, ChipId, Engine } from '../../chips.ts';
import type { CommandList, Memory } from '../../command-list.ts';
import { CDMA_SYSTEM_TYPE, cdmaName } from '../cdma-ops.ts';
import { CommandColumns } from '../command-columns.ts';
import { DMA_OPS, DMA_SYSTEM_TYPE, moveName } from '../dma-ops.ts';
import { DATA_TYPES, REGISTER_TYPE, SYSTEM_TYPE, tiuName, TIU_OPS } from '../tiu-ops.ts';
import { type Generation, generationOf, SEND_MESSAGE, WAIT_MESSAGE } from './generations.ts';

/** By number; those without a name leave no records. */
const SG2260_ENGINES: readonly (Engine | undefined)[] = ['tiu', 'gdma', undefined, 'sdma', 'cdma', undefined];
const SG2260E_ENGINES: readonly (Engine | undefined)[] = ['tiu', 'gdma', 'sdma', 'cdma', undefined];
const ENGINES: Readonly<Partial<Record<ChipId, readonly (Engine | undefined)[]>>> = { SG2260E: SG2260E_ENGINES };

/** By the number in a record of the MCU, which is not that of descriptors. */
const DIRECTIONS: readonly (readonly [from: Memory, to: Memory])[] = [
  ['DDR', 'LMEM'],
  ['LMEM', 'DDR'],
  ['DDR', 'DDR'],
  ['LMEM', 'LMEM'],
];

export interface DynamicStream {
  readonly core: number;
  readonly bytes: Uint8Array;
  readonly place: Place;
}

interface OpenList {
  readonly engine: Engine;
  /** Of CDMA: the port. */
  readonly core: number;
  readonly columns: CommandColumns;
  /** By command, what its record holds beside its kind. */
  readonly extras: number[];
}

/** Empty, and said, where it cannot be told how the firmware wrote them. */
export function dynamicCommands(
  { core, bytes, place }: DynamicStream,
  chip: Chip,
  diagnostics: Diagnostics,
): CommandList[] {
  const engines = ENGINES[chip.id] ?? SG2260_ENGINES;
  const generation = generationOf(bytes, engines);
  if (generation === undefined) {
    const found = `${bytes.length} bytes by a firmware whose records are not known, so ops of core ${core} have no names`;
    diagnostics.add('commands_unread', place, `${found}; the vendor's bigTpuProfile may know them`);
    return [];
  }
  const lists = new Map<string, OpenList>();
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  generation.walk(words, (type, engineNumber, task, unit, extra, id) => {
    const engine = engines[engineNumber];
    if (engine === undefined || !generation.commandTypes.includes(type)) return;
    const port = engine === 'cdma' ? extra >>> generation.portShift : core;
    const key = `${engine} ${port}`;
    let list = lists.get(key);
    if (list === undefined) lists.set(key, (list = { engine, core: port, columns: new CommandColumns(), extras: [] }));
    list.columns.add({
      offset: 0,
      ...kindOf(engine, type, task, unit, extra, generation),
      id,
      waitsFor: 0,
      isEnd: false,
    });
    list.extras.push(extra);
  });
  return [...lists.values()].map(({ engine, core: own, columns, extras }) => {
    const details = (at: number): Record<string, string> => detailsOf(engine, extras[at]);
    return { engine, core: own, ...columns.finish(), details };
  });
}

function kindOf(
  engine: Engine,
  type: number,
  task: number,
  unit: number,
  extra: number,
  { recordBytes }: Generation,
): { name: string; type: string; isSystem: boolean } {
  const isMessage = recordBytes !== 4 && (type === SEND_MESSAGE || type === WAIT_MESSAGE);
  if (engine === 'cdma') return { name: cdmaName(task, unit), type: 'CDMA', isSystem: task === CDMA_SYSTEM_TYPE };
  if (engine === 'tiu') {
    const op = TIU_OPS[task];
    const message = type === SEND_MESSAGE ? 'system.sendmsg' : 'system.waitmsg';
    return {
      name: isMessage ? message : tiuName(task, unit),
      type: op?.type ?? `type ${task}`,
      isSystem: isMessage || task === SYSTEM_TYPE || task === REGISTER_TYPE,
    };
  }
  const op = DMA_OPS[task];
  const named = op?.names[unit] ?? `${op?.type ?? `type ${task}`} ${unit}`;
  const moved = named === 'tensor' ? moveName(...(DIRECTIONS[(extra >>> 4) & 7] ?? ['', ''])) : undefined;
  const message = type === SEND_MESSAGE ? 'sys_send' : 'sys_wait';
  return {
    name: isMessage ? message : (moved ?? named),
    type: op?.type ?? `type ${task}`,
    isSystem: isMessage || task === DMA_SYSTEM_TYPE,
  };
}

function detailsOf(engine: Engine, extra: number): Record<string, string> {
  const [dataType] = DATA_TYPES[extra & 15] ?? [''];
  const direction = engine === 'gdma' || engine === 'sdma' ? (DIRECTIONS[(extra >>> 4) & 7]?.join('->') ?? '') : '';
  return { ...(dataType === '' ? {} : { dataType }), ...(direction === '' ? {} : { direction }) };
}
