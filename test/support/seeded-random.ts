/** Small seeded random numbers: the same seed makes the same run everywhere. */
export interface SeededRandom {
  /** From 0 to below 1. */
  share(): number;
  /** An integer from 0 to below the count. */
  below(count: number): number;
  /** An integer in [low, high]. */
  between(low: number, high: number): number;
  pick<T>(choices: readonly T[]): T;
  weighted<T>(choices: readonly T[], weightOf: (choice: T) => number): T;
}

export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (count: number): number => next() % count;
  return {
    share: () => next() / 2 ** 32,
    below,
    between: (low, high) => low + below(high - low + 1),
    pick: (choices) => choices[below(choices.length)],
    weighted: (choices, weightOf) => {
      let left = below(choices.reduce((sum, choice) => sum + weightOf(choice), 0));
      for (const choice of choices) {
        left -= weightOf(choice);
        if (left < 0) return choice;
      }
      throw new Error('weights are positive');
    },
  };
}
