/** What tells a device from the others of a run; null is not known, or goes without saying. */
export interface DevicePlace {
  readonly rank: number | null;
  /** In words. */
  readonly capture: string | null;
  readonly device: number | null;
}

export interface DeviceWords {
  rank(rank: string): string;
  device(device: string): string;
}

/** Of output files and of keys, which are alike in every language. */
export const DEVICE_WORDS: DeviceWords = { rank: (rank) => `rank ${rank}`, device: (device) => `device ${device}` };

/** Makers and what they call their devices, by what the ids of readers of their captures begin with. */
const MAKERS: Readonly<Record<string, readonly [maker: string, word: string]>> = {
  ascend: ['Ascend', 'NPU'],
  sophon: ['Sophon', 'TPU'],
};

/** 'Ascend' and 'NPU'; undefined where captures of many makers are read. */
export function makerOf(readerId: string): { readonly maker: string; readonly word: string } | undefined {
  const known = MAKERS[readerId.split('-')[0]];
  return known && { maker: known[0], word: known[1] };
}

/** What a label calls its device: 'GPU' of 'GPU 1', 'TPU' of 'TPU'. undefined: it is none of a device. */
export function deviceWordOf(label: string): string | undefined {
  return /^([A-Z]{2,8})(?: \d+)?$/.exec(label)?.[1];
}

/** "rank 3 · NPU 5 · run1"; empty where nothing is known. Ends survive where a table has little room. */
export function deviceLabel({ rank, capture, device }: DevicePlace, words: DeviceWords): string {
  return placeLabel([
    rank === null ? undefined : words.rank(String(rank)),
    device === null ? undefined : words.device(String(device)),
    capture ?? undefined,
  ]);
}

/** "rank 3 · NPU 5 · node-7", without what is undefined or empty. */
export function placeLabel(words: readonly (string | undefined)[]): string {
  return words.filter((word) => word !== undefined && word !== '').join(' · ');
}
