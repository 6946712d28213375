/** Commands that move memory between chips. No capture with any has been published: types and sizes are the vendor's. */
import type { Field } from './bits.ts';

export const CDMA_TYPE: Field = [4, 4];
export const CDMA_FUNCTION: Field = [8, 3];
export const CDMA_SYSTEM_TYPE = 7;

interface CdmaOp {
  readonly name: string;
  readonly bits: number;
}

export const CDMA_OPS: Readonly<Record<number, CdmaOp>> = {
  0: { name: 'send', bits: 256 },
  1: { name: 'read', bits: 512 },
  2: { name: 'write', bits: 512 },
  3: { name: 'general', bits: 256 },
  4: { name: 'receive', bits: 256 },
  5: { name: 'lossy_compress', bits: 256 },
  6: { name: 'lossy_decompress', bits: 256 },
  [CDMA_SYSTEM_TYPE]: { name: 'sys', bits: 128 },
  8: { name: 'tcp_send', bits: 128 },
  9: { name: 'tcp_receive', bits: 128 },
};

const SYSTEM_NAMES: Readonly<Record<number, string>> = {
  ...{ 0: 'sys_end', 1: 'sys_nop', 2: 'sys_tr_wr', 3: 'sys_tx_send', 4: 'sys_tx_wait' },
  ...{ 5: 'sys_rx_send', 6: 'sys_rx_wait' },
};

export function cdmaName(type: number, unit: number): string {
  if (type === CDMA_SYSTEM_TYPE) return SYSTEM_NAMES[unit] ?? `sys ${unit}`;
  return CDMA_OPS[type]?.name ?? `type ${type}`;
}
