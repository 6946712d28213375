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

/** "rank 3 · NPU 5"; empty where nothing is known. */
export function deviceLabel({ rank, capture, device }: DevicePlace, words: DeviceWords): string {
  return placeLabel([
    rank === null ? undefined : words.rank(String(rank)),
    capture ?? undefined,
    device === null ? undefined : words.device(String(device)),
  ]);
}

/** From the largest to the smallest: "rank 3 · NPU 5 · node-7", without what is undefined or empty. */
export function placeLabel(words: readonly (string | undefined)[]): string {
  return words.filter((word) => word !== undefined && word !== '').join(' · ');
}
