/**
 * Commands of the TIU: what they are called, how long they are, where their shapes stand. Types and units are those of the
 * vendor's own listings; the positions of shapes hold for all such commands in real captures of the SG2260.
 */
import type { Field } from './bits.ts';

export interface TiuOp {
  readonly type: string;
  readonly longBits: number;
  /** Of the short form; by unit where it depends on that. */
  readonly shortBits: number | ((unit: number) => number);
  /** What names begin with. */
  readonly family: string;
  readonly units: Readonly<Record<number, string>>;
  /** Where the short form has sizes (n, c, h, w) and types of data. */
  readonly short?: ShortForm;
}

export interface ShortForm {
  readonly result: readonly [n: Field, c: Field, h: Field, w: Field];
  readonly kernel?: readonly [h: Field, w: Field];
  readonly inputChannels?: Field;
  readonly resultType?: Field;
  readonly inputType?: Field;
}

export const TIU_SHORT: Field = [0, 1];
export const TIU_TYPE: Field = [41, 4];
export const TIU_UNIT: Field = [45, 5];
/** Writing a register uses fewer bits for its unit. */
export const TIU_REGISTER_UNIT: Field = [45, 3];

const ARITHMETIC: Readonly<Record<number, string>> = {
  ...{ 0: 'mul', 1: 'not', 2: 'add', 3: 'sub', 4: 'max', 5: 'min', 6: 'logicshift', 7: 'and', 8: 'or', 9: 'xor' },
  ...{ 10: 'selectgreat', 11: 'selectequal', 12: 'div', 13: 'selectless', 14: 'cast', 15: 'addsatu', 16: 'subsatu' },
  ...{ 18: 'mac', 19: 'copy', 20: 'mulsatu', 21: 'arithshift', 22: 'rotateshift', 26: 'abs', 27: 'fsubabs' },
  ...{ 29: 'firstone', 30: 'firstzero' },
};

export const REGISTER_TYPE = 12;
export const SYSTEM_TYPE = 15;
export const END_UNIT = 31;

export const TIU_OPS: Readonly<Record<number, TiuOp>> = {
  0: {
    ...{ type: 'CONV', longBits: 1024, shortBits: 512, family: 'conv', units: { 0: 'normal', 1: 'wrq', 2: 'wrqrelu' } },
    short: {
      result: [
        [160, 16],
        [176, 16],
        [192, 16],
        [208, 16],
      ],
      kernel: [
        [272, 16],
        [288, 16],
      ],
      inputChannels: [224, 16],
    },
  },
  1: {
    ...{ type: 'PorD', longBits: 1024, shortBits: 512, family: 'pord' },
    units: {
      0: 'depthwise',
      1: 'avgpooling',
      3: 'minpooling',
      4: 'maxpooling',
      5: 'roi',
      6: 'roi',
      7: 'roi',
      8: 'roi',
    },
    short: {
      result: [
        [128, 16],
        [144, 16],
        [160, 16],
        [176, 16],
      ],
      kernel: [
        [224, 16],
        [240, 16],
      ],
    },
  },
  2: {
    ...{ type: 'MM', longBits: 1024, shortBits: (unit) => (unit <= 3 ? 384 : 256), family: 'mm' },
    units: { 1: 'normal', 4: 'nn', 5: 'nt', 6: 'tt', 7: 'tf32' },
  },
  3: {
    ...{ type: 'AR', longBits: 1024, shortBits: 512, family: 'arith', units: ARITHMETIC },
    short: {
      result: [
        [96, 16],
        [112, 16],
        [128, 16],
        [144, 16],
      ],
      resultType: [64, 3],
      inputType: [67, 3],
    },
  },
  4: {
    ...{ type: 'RQ&DQ', longBits: 1024, shortBits: 256, family: 'quant' },
    units: { 0: 'requant', 1: 'requant', 3: 'dequant', 4: 'dequant' },
  },
  5: {
    ...{ type: 'TRANS&BC', longBits: 1024, shortBits: 256, family: 'tsbc' },
    units: { 0: 'cwts', 1: 'wcts', 2: 'lanecopy', 3: 'lanebroad', 4: 'staticbroad', 5: 'distribute' },
  },
  6: { type: 'SG', longBits: 1024, shortBits: 384, family: 'sg', units: { 17: 'line', 18: 'line' } },
  7: { type: 'LAR', longBits: 128, shortBits: 128, family: 'lar', units: ARITHMETIC },
  8: { type: 'RandomGen', longBits: 1024, shortBits: 1024, family: 'random', units: {} },
  9: {
    ...{ type: 'SFU', longBits: 1024, shortBits: 256, family: 'sfu' },
    units: { 12: 'taylor', 13: 'taylor', 15: 'normalize', 17: 'rsqrt' },
  },
  10: {
    ...{ type: 'LIN', longBits: 1024, shortBits: 256, family: 'lin' },
    units: { 1: 'mac', 20: 'squaresum', 21: 'squarediff' },
  },
  12: { type: 'SYS_TRWR', longBits: 128, shortBits: 128, family: 'sys', units: { 0: 'wrimm' } },
  13: { type: 'CMP', longBits: 1024, shortBits: 384, family: 'cmp', units: {} },
  14: { type: 'VC', longBits: 1024, shortBits: 384, family: 'vc', units: ARITHMETIC },
  15: {
    ...{ type: 'SYS', longBits: 128, shortBits: 128, family: 'system' },
    units: { 0: 'intrbarrier', 1: 'spb', 2: 'swr', 8: 'sendmsg', 9: 'waitmsg', 30: 'nop', 31: 'end' },
  },
};

const UNIT_COUNT = 32;

/** By type and unit, made beforehand as commands are many and kinds are few. */
const TIU_NAMES = Object.fromEntries(
  Object.entries(TIU_OPS).map(([type, { family, units }]) => [
    type,
    Array.from({ length: UNIT_COUNT }, (_, unit) => `${family}.${units[unit] ?? unit}`),
  ]),
);

export function tiuName(type: number, unit: number): string {
  return TIU_NAMES[type]?.[unit] ?? `type ${type}`;
}

/** What data is made of, by its number in commands; `bits` of one element. */
export const DATA_TYPES: readonly (readonly [name: string, bits: number])[] = [
  ['INT8', 8],
  ['FP16', 16],
  ['FP32', 32],
  ['INT16', 16],
  ['INT32', 32],
  ['BF16', 16],
  ['INT4', 4],
  ['FP8', 8],
  ['FP20', 20],
  ['TF32', 32],
];
