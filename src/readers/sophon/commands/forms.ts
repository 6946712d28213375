/** How commands of each chip are written: what the chips' tables of ops leave open. */
import type { ChipId } from '../chips.ts';
import type { Memory } from '../command-list.ts';
import type { Field } from './bits.ts';

export interface CommandForm {
  readonly tiu: {
    /** The command's own number; undefined where it carries none. */
    readonly ownId: Field | undefined;
    readonly waitsFor: Field;
    readonly systemBits: number;
    readonly shortLinearBits: number;
  };
  readonly dma: {
    readonly type: Field;
    readonly unit: Field;
    readonly dataType: Field;
    readonly ownId: Field | undefined;
    readonly waitsFor: Field;
    readonly highWidth: number;
    memoryOf(high: number): Memory;
  };
}

/** Numbers of 20 bits; a bit above says whether they count. */
const ID_BITS = 2 ** 20;

/** What a command waits for, as its field says it; 0: nothing. */
export function dependencyOf(value: number): number {
  return value % ID_BITS;
}

const BM1684X: CommandForm = {
  tiu: { ownId: [1, 20], waitsFor: [21, 20], systemBits: 128, shortLinearBits: 256 },
  dma: {
    ...{ type: [32, 4], unit: [36, 3], dataType: [40, 3], ownId: [9, 20], waitsFor: [64, 20], highWidth: 8 },
    memoryOf: (high) => (high === 0 ? 'LMEM' : 'DDR'),
  },
};

const BM1688: CommandForm = {
  tiu: { ownId: undefined, waitsFor: [17, 24], systemBits: 128, shortLinearBits: 256 },
  dma: {
    ...{ type: [32, 4], unit: [36, 3], dataType: [40, 3], ownId: undefined, waitsFor: [64, 24], highWidth: 8 },
    memoryOf: (high) => (high >= 128 ? 'DDR' : 'LMEM'),
  },
};

const SG2260: CommandForm = {
  tiu: { ownId: undefined, waitsFor: [17, 23], systemBits: 128, shortLinearBits: 288 },
  dma: {
    ...{ type: [32, 5], unit: [37, 3], dataType: [41, 4], ownId: undefined, waitsFor: [64, 21], highWidth: 13 },
    memoryOf: (high) => memoryOfTag(high >> 8),
  },
};

function memoryOfTag(tag: number): Memory {
  if (tag <= 3) return 'DDR';
  if (tag === 30) return 'L2M';
  return tag === 31 ? 'LMEM' : '';
}

/** undefined: its commands are written another way, which is not known. */
export const COMMAND_FORMS: Readonly<Record<ChipId, CommandForm | undefined>> = {
  BM1684: undefined,
  BM1684X,
  BM1688,
  // Of the SG2260 alone it is known that short linear commands have 288 bits; those of all others have 256.
  CV184X: { ...SG2260, tiu: { ...SG2260.tiu, systemBits: 64, shortLinearBits: 256 } },
  SG2260,
  SG2260E: SG2260,
  BM1684X2: SG2260,
};
