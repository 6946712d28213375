/**
 * What the chips are, one row each: how records of their monitors are laid out and how fast their engines count. Sizes and
 * positions hold in real captures of the BM1684X, the BM1688 and the SG2260; those of the others are what their runtimes are
 * said to write, as nobody has published captures.
 */

/** tiu: computes (also BD, BDC). gdma, sdma: move memory. cdma: moves it between chips. */
export const ENGINES = ['tiu', 'gdma', 'sdma', 'cdma'] as const;
export type Engine = (typeof ENGINES)[number];

export type ChipId = 'BM1684' | 'BM1684X' | 'BM1688' | 'CV184X' | 'SG2260' | 'SG2260E' | 'BM1684X2';

/** Who wrote the folder: libsophon's runtime (iter*.profile), or the runtimes of the SG2260 (cdmlib*.profile). */
export type Flavour = 'bmprofile' | 'cdm';

/** Which words of a record mean what. Words have 32 bits, little endian. */
export interface RecordLayout {
  readonly wordCount: number;
  readonly startWord: number;
  readonly endWord: number;
  readonly idWord: number;
  /** The id is in the lowest bits of its word, and begins anew after so many. */
  readonly idBits: number;
  /** Of which the first command's record counts; commands count from 1. */
  readonly firstId: 0 | 1;
  /** Sums of words, of which the highest is how many bytes were moved. */
  readonly movedBytes: readonly (readonly number[])[];
  /** All are 0 in the records of commands that move nothing. */
  readonly activeWords: readonly number[];
}

export interface Chip {
  readonly id: ChipId;
  /** As its users call it. */
  readonly label: string;
  /** `arch` in global.profile, by who wrote it: one number may be two chips. */
  readonly arch: Readonly<Partial<Record<Flavour, readonly string[]>>>;
  readonly coreCount: number;
  /** Cycles per microsecond of computing and of moving memory, where neither file nor user says. */
  readonly frequencyMhz: { readonly tiu: number; readonly dma: number };
  /** Where chips are sold at several speeds, which no file tells: those of each. */
  readonly abilities?: readonly { readonly ability: number; readonly tiu: number; readonly dma: number }[];
  /** Whether `tpu_freq` of global.profile is what it says. */
  readonly isFrequencyWritten: boolean;
  /** What the clocks of a core's engines have in common. cycles: all. time: their beginning. nothing: each runs by itself. */
  readonly engineClocks: 'cycles' | 'time' | 'nothing';
  /** What its microcontrollers write down: when they did what, or which commands they gave. */
  readonly mcu: 'times' | 'commands';
  readonly records: Readonly<Partial<Record<Engine, RecordLayout>>>;
}

const TIU_32: RecordLayout = {
  ...{ wordCount: 8, startWord: 0, endWord: 1, idWord: 2, idBits: 16, firstId: 0 },
  ...{ movedBytes: [], activeWords: [] },
};
const TIU_16: RecordLayout = { ...TIU_32, wordCount: 4 };
/** Times stand last. */
const TIU_16_TIMES_LAST: RecordLayout = { ...TIU_16, startWord: 2, endWord: 3, idWord: 0, idBits: 20 };

/** Written to both channels of DDR and to the local memory. */
const DMA_192: RecordLayout = { ...TIU_32, wordCount: 48, idBits: 20, movedBytes: [[4, 7, 10]] };
/** Bytes asked of DDR, and of local memory. */
const DMA_256: RecordLayout = {
  ...DMA_192,
  wordCount: 64,
  movedBytes: [
    [3, 5, 6, 8],
    [9, 11],
  ],
};
/** Written to DDR and to the memory behind the other bus; cycles in which data was valid on any of the four. */
const DMA_64: RecordLayout = {
  ...DMA_192,
  wordCount: 16,
  movedBytes: [[5, 10]],
  activeWords: [12, 13],
};
const DMA_64_WRAPPED: RecordLayout = { ...DMA_64, idBits: 16 };
const CDMA_128: RecordLayout = {
  ...{ ...TIU_32, wordCount: 32, idBits: 24, firstId: 1 },
  ...{ movedBytes: [[5], [6]], activeWords: [4] },
};

const SG2260_RECORDS = { tiu: TIU_16, gdma: DMA_64_WRAPPED, sdma: DMA_64_WRAPPED, cdma: CDMA_128 };

export const CHIPS: readonly Chip[] = [
  {
    ...{ id: 'BM1684', label: 'BM1684', arch: { bmprofile: ['1'] }, coreCount: 1 },
    ...{ frequencyMhz: { tiu: 550, dma: 575 }, isFrequencyWritten: false, engineClocks: 'nothing', mcu: 'times' },
    records: { tiu: TIU_32, gdma: { ...DMA_192, idBits: 16 } },
  },
  {
    ...{ id: 'BM1684X', label: 'BM1684X', arch: { bmprofile: ['3'] }, coreCount: 1 },
    ...{ frequencyMhz: { tiu: 1000, dma: 1000 }, isFrequencyWritten: true, engineClocks: 'nothing', mcu: 'times' },
    records: { tiu: TIU_32, gdma: DMA_192 },
  },
  {
    ...{ id: 'BM1688', label: 'BM1688 (CV186X)', arch: { bmprofile: ['4'] }, coreCount: 2 },
    ...{ frequencyMhz: { tiu: 900, dma: 750 }, isFrequencyWritten: false, engineClocks: 'time', mcu: 'times' },
    records: { tiu: TIU_32, gdma: DMA_256 },
  },
  {
    ...{ id: 'CV184X', label: 'CV184X', arch: { bmprofile: ['7', '8'], cdm: ['8'] }, coreCount: 1 },
    ...{ frequencyMhz: { tiu: 750, dma: 650 }, isFrequencyWritten: false, engineClocks: 'time', mcu: 'times' },
    abilities: [
      { ability: 0.75, tiu: 750, dma: 650 },
      { ability: 0.5, tiu: 500, dma: 500 },
      { ability: 0.35, tiu: 375, dma: 500 },
    ],
    records: { tiu: TIU_16_TIMES_LAST, gdma: DMA_64 },
  },
  {
    ...{ id: 'SG2260', label: 'BM1690 (SG2260)', arch: { bmprofile: ['5'], cdm: ['5', '8800'] }, coreCount: 8 },
    ...{ frequencyMhz: { tiu: 1000, dma: 1000 }, isFrequencyWritten: true, engineClocks: 'cycles', mcu: 'commands' },
    records: SG2260_RECORDS,
  },
  {
    ...{ id: 'SG2260E', label: 'SG2260E', arch: { bmprofile: ['6'], cdm: ['6', '140814'] }, coreCount: 4 },
    ...{ frequencyMhz: { tiu: 1000, dma: 1000 }, isFrequencyWritten: true, engineClocks: 'cycles', mcu: 'commands' },
    records: SG2260_RECORDS,
  },
  {
    ...{ id: 'BM1684X2', label: 'BM1684X2', arch: { cdm: ['7'] }, coreCount: 1 },
    ...{ frequencyMhz: { tiu: 1000, dma: 1000 }, isFrequencyWritten: true, engineClocks: 'cycles', mcu: 'commands' },
    records: { tiu: TIU_16, gdma: DMA_64_WRAPPED, sdma: DMA_64_WRAPPED },
  },
];

/** The chip that `arch` of a global.profile names, by number or, as some writers do, by name. */
export function chipOf(arch: string, flavour: Flavour): Chip | undefined {
  const name = arch.trim().toUpperCase();
  return CHIPS.find((chip) => chip.arch[flavour]?.includes(name)) ?? CHIPS.find(({ id }) => id === name);
}
