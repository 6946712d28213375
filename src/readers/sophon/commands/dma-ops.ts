/** Commands that move memory: what they are called, and where their sizes and addresses stand. */
import type { Memory } from '../command-list.ts';
import type { Field } from './bits.ts';

export const DMA_SHORT: Field = [3, 1];
export const DMA_SYSTEM_TYPE = 6;
export const DMA_BITS = 768;
export const DMA_SYSTEM_BITS = 128;
/** n, c, h, w. */
export const SOURCE_SIZES: readonly Field[] = [
  [384, 16],
  [400, 16],
  [416, 16],
  [432, 16],
];
export const TARGET_SIZES: readonly Field[] = SOURCE_SIZES.map(([offset, width]) => [offset + 64, width]);
export const SOURCE_LOW: Field = [512, 32];
export const TARGET_LOW: Field = [576, 32];
export const SOURCE_HIGH_AT = 544;
export const TARGET_HIGH_AT = 608;

export interface DmaOp {
  readonly type: string;
  /** By function; the first is called by its direction where that is one of loading, storing or moving. */
  readonly names: Readonly<Record<number, string>>;
}

/** Of these the function 0 says no more than that memory is moved. */
const PLAIN: DmaOp['names'] = {
  ...{ 0: 'tensor', 1: 'transpose', 2: 'collect', 3: 'broadcast', 4: 'distribute' },
  ...{ 5: '4bank_copy', 6: '4bank_broadcast' },
};

export const DMA_OPS: Readonly<Record<number, DmaOp>> = {
  0: { type: 'DMA_tensor', names: PLAIN },
  1: { type: 'DMA_matrix', names: { ...PLAIN, 1: 'matrixTranspose' } },
  2: { type: 'DMA_masked_select', names: { 0: 'masked_select' } },
  3: { type: 'DMA_general', names: { 0: 'general', 1: 'generalBroadcast' } },
  4: { type: 'DMA_cw_transpose', names: { 0: 'cw_transpose' } },
  5: { type: 'DMA_nonzero', names: { 0: 'nonzero' } },
  6: {
    type: 'DMA_sys',
    names: {
      ...{ 0: 'chain_end', 1: 'nop', 2: 'sys_tr_wr', 3: 'sys_send', 4: 'sys_wait', 5: 'sys_fork', 6: 'sys_join' },
      7: 'sys_exit',
    },
  },
  7: { type: 'DMA_gather', names: { 0: 'gather' } },
  8: { type: 'DMA_scatter', names: { 0: 'scatter' } },
  9: { type: 'DMA_reverse', names: { 0: 'w_reverse', 1: 'h_reverse', 2: 'c_reverse', 3: 'n_reverse' } },
  10: { type: 'DMA_compress', names: { 0: 'compress' } },
  11: { type: 'DMA_decompress', names: { 0: 'decompress' } },
  12: { type: 'DMA_lossy_compress', names: { 0: 'lossy_compress' } },
  13: { type: 'DMA_lossy_decompress', names: { 0: 'lossy_decompress' } },
};

/** Plain moves whose name tells the direction, by where from and where to. */
const MOVES: Readonly<Partial<Record<Memory, Readonly<Partial<Record<Memory, string>>>>>> = {
  DDR: { LMEM: 'tensorLd', DDR: 'tensorMv' },
  LMEM: { DDR: 'tensorSt', LMEM: 'tensorMv' },
};

/** undefined: the vendor has no name for it. */
export function moveName(from: Memory, to: Memory): string | undefined {
  return MOVES[from]?.[to];
}
