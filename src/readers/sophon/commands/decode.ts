/**
 * Walks a stream of commands as the runtime handed it to an engine: each says what it is and so how long it is. The stream
 * ends with a command of its own, and what is behind that is room left over.
 */
import type { Diagnostics, Place } from '../../../base/index.ts';
import type { Chip, Engine } from '../chips.ts';
import type { CommandList } from '../command-list.ts';
import { bitsAt } from './bits.ts';
import { CDMA_FUNCTION, CDMA_OPS, CDMA_SYSTEM_TYPE, CDMA_TYPE, cdmaName } from './cdma-ops.ts';
import { CommandColumns } from './command-columns.ts';
import { dmaDetails, dmaName } from './dma-commands.ts';
import { DMA_BITS, DMA_OPS, DMA_SHORT, DMA_SYSTEM_BITS, DMA_SYSTEM_TYPE } from './dma-ops.ts';
import { COMMAND_FORMS, type CommandForm, dependencyOf } from './forms.ts';
import { tiuDetails } from './tiu-details.ts';
import {
  END_UNIT,
  REGISTER_TYPE,
  SYSTEM_TYPE,
  TIU_OPS,
  TIU_REGISTER_UNIT,
  TIU_SHORT,
  TIU_TYPE,
  TIU_UNIT,
  tiuName,
} from './tiu-ops.ts';

const LINEAR_TYPE = 10;
/** Ends a chain of commands that move memory. */
const CHAIN_END = 0;

/** Of a command, as streams of moves and of short commands have it. */
const EXPECTED_BYTES = 64;

/** Where a stream stands. */
export interface CommandStream {
  readonly engine: Engine;
  readonly core: number;
  readonly bytes: Uint8Array;
  readonly place: Place & { readonly offset: number };
  /** How many commands it has, where that is told: each group of commands has an end of its own. */
  readonly count?: number;
}

/** All commands of a stream, with its end; undefined where the chip writes its commands in a way that is not known. */
export function commandsOf(stream: CommandStream, chip: Chip, diagnostics: Diagnostics): CommandList | undefined {
  const form = COMMAND_FORMS[chip.id];
  if (form === undefined) return undefined;
  const columns = new CommandColumns(Math.ceil(stream.bytes.length / EXPECTED_BYTES));
  const { step, detailsOf } = READING[stream.engine];
  const { bytes, place, count = 0 } = stream;
  for (let at = 0; at < bytes.length;) {
    const sizeBits = step(bytes, at, form, columns);
    if (sizeBits === 0 || at + sizeBits / 8 > bytes.length) {
      const found = sizeBits === 0 ? 'a command of a kind that is not known' : 'a command that is cut off';
      if (sizeBits !== 0) columns.dropLast();
      diagnostics.add('commands_unread', { ...place, offset: place.offset + at }, found);
      break;
    }
    at += sizeBits / 8;
    if (columns.isAtEnd && columns.length >= count) break;
  }
  const { offset } = columns;
  const details = (command: number): Details => detailsOf(bytes, offset[command], form);
  return { engine: stream.engine, core: stream.core, ...columns.finish(), details };
}

type Details = ReturnType<CommandList['details']>;

/** How commands of an engine are read: `step` adds the command and tells its size in bits, 0 where nobody knows. */
const READING: Readonly<
  Record<
    Engine,
    {
      step(bytes: Uint8Array, at: number, form: CommandForm, columns: CommandColumns): number;
      detailsOf(bytes: Uint8Array, at: number, form: CommandForm): Details;
    }
  >
> = {
  tiu: { step: tiuCommand, detailsOf: tiuDetails },
  gdma: { step: dmaCommand, detailsOf: dmaDetails },
  sdma: { step: dmaCommand, detailsOf: dmaDetails },
  cdma: { step: cdmaCommand, detailsOf: () => ({}) },
};

function tiuCommand(bytes: Uint8Array, at: number, { tiu }: CommandForm, columns: CommandColumns): number {
  const type = bitsAt(bytes, at, TIU_TYPE);
  const op = TIU_OPS[type];
  if (op === undefined) return 0;
  const unit = bitsAt(bytes, at, type === REGISTER_TYPE ? TIU_REGISTER_UNIT : TIU_UNIT);
  const isShort = bitsAt(bytes, at, TIU_SHORT) === 1;
  columns.add({
    offset: at,
    name: tiuName(type, unit),
    type: op.type,
    isSystem: type === SYSTEM_TYPE || type === REGISTER_TYPE,
    id: tiu.ownId === undefined ? columns.length + 1 : bitsAt(bytes, at, tiu.ownId),
    waitsFor: dependencyOf(bitsAt(bytes, at, tiu.waitsFor)),
    isEnd: type === SYSTEM_TYPE && unit === END_UNIT,
  });
  if (type === SYSTEM_TYPE) return tiu.systemBits;
  if (!isShort) return op.longBits;
  if (type === LINEAR_TYPE) return tiu.shortLinearBits;
  return typeof op.shortBits === 'number' ? op.shortBits : op.shortBits(unit);
}

function dmaCommand(bytes: Uint8Array, at: number, form: CommandForm, columns: CommandColumns): number {
  const { dma } = form;
  const type = bitsAt(bytes, at, dma.type);
  const op = DMA_OPS[type];
  if (op === undefined) return 0;
  const unit = bitsAt(bytes, at, dma.unit);
  const isSystem = type === DMA_SYSTEM_TYPE;
  // Short forms exist and are rare; how long each is, is not known for all.
  if (!isSystem && bitsAt(bytes, at, DMA_SHORT) === 1) return 0;
  columns.add({
    offset: at,
    name: isSystem ? (op.names[unit] ?? `${op.type} ${unit}`) : dmaName(bytes, at, form, op, unit),
    type: op.type,
    isSystem,
    id: dma.ownId === undefined ? columns.length + 1 : bitsAt(bytes, at, dma.ownId),
    waitsFor: dependencyOf(bitsAt(bytes, at, dma.waitsFor)),
    isEnd: isSystem && unit === CHAIN_END,
  });
  return isSystem ? DMA_SYSTEM_BITS : DMA_BITS;
}

/** Streams of ports between chips have no command that ends them. */
function cdmaCommand(bytes: Uint8Array, at: number, _form: CommandForm, columns: CommandColumns): number {
  const type = bitsAt(bytes, at, CDMA_TYPE);
  const op = CDMA_OPS[type];
  if (op === undefined) return 0;
  columns.add({
    offset: at,
    name: cdmaName(type, bitsAt(bytes, at, CDMA_FUNCTION)),
    type: 'CDMA',
    isSystem: type === CDMA_SYSTEM_TYPE,
    id: columns.length + 1,
    waitsFor: 0,
    isEnd: false,
  });
  return op.bits;
}
