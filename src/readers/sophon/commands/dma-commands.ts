import type { CommandList, Memory } from '../command-list.ts';
import { bitsAt, type Field } from './bits.ts';
import {
  DMA_SYSTEM_TYPE,
  type DmaOp,
  moveName,
  SOURCE_HIGH_AT,
  SOURCE_LOW,
  SOURCE_SIZES,
  TARGET_HIGH_AT,
  TARGET_LOW,
  TARGET_SIZES,
} from './dma-ops.ts';
import type { CommandForm } from './forms.ts';
import { DATA_TYPES } from './tiu-ops.ts';

/** Plain moves are called by their direction; on chips with a memory between, the vendor has no names for some. */
export function dmaName(bytes: Uint8Array, at: number, form: CommandForm, op: DmaOp, unit: number): string {
  const name = op.names[unit];
  if (name !== 'tensor') return name ?? `${op.type} ${unit}`;
  return moveName(memoryAt(bytes, at, SOURCE_HIGH_AT, form), memoryAt(bytes, at, TARGET_HIGH_AT, form)) ?? name;
}

export function dmaDetails(bytes: Uint8Array, at: number, form: CommandForm): ReturnType<CommandList['details']> {
  const { dma } = form;
  if (bitsAt(bytes, at, dma.type) === DMA_SYSTEM_TYPE) return {};
  const read = (fields: readonly Field[]): number[] => fields.map((field) => bitsAt(bytes, at, field));
  const source = read(SOURCE_SIZES);
  // Commands that fill memory read nothing.
  const isFilling = source.every((size) => size === 0);
  // Matrices leave out the sizes that they do not have.
  const sizes = (isFilling ? read(TARGET_SIZES) : source).map((size) => size || 1);
  const [dataType, elementBits] = DATA_TYPES[bitsAt(bytes, at, dma.dataType)] ?? ['', 0];
  const dataBytes = Math.ceil((productOf(sizes) * elementBits) / 8);
  return {
    direction: `${memoryAt(bytes, at, SOURCE_HIGH_AT, form)}->${memoryAt(bytes, at, TARGET_HIGH_AT, form)}`,
    shape: sizes.join('x'),
    ...(dataType === '' ? {} : { dataType }),
    ...(dataBytes > 0 ? { dataBytes } : {}),
    from: addressText(bytes, at, SOURCE_LOW, [SOURCE_HIGH_AT, dma.highWidth]),
    to: addressText(bytes, at, TARGET_LOW, [TARGET_HIGH_AT, dma.highWidth]),
  };
}

function memoryAt(bytes: Uint8Array, at: number, offset: number, { dma }: CommandForm): Memory {
  return dma.memoryOf(bitsAt(bytes, at, [offset, dma.highWidth]));
}

function addressText(bytes: Uint8Array, at: number, low: Field, high: Field): string {
  return `0x${(bitsAt(bytes, at, high) * 2 ** 32 + bitsAt(bytes, at, low)).toString(16)}`;
}

function productOf(sizes: readonly number[]): number {
  return sizes.reduce((product, size) => product * size, 1);
}
