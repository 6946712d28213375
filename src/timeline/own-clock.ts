import type { Timeline } from './model.ts';

const KEY = 'own_clock';

/** Says of a timeline being built that its times count from its first record, and no other capture has that clock. */
export function setOwnClock(metadata: Map<string, string>): void {
  metadata.set(KEY, 'true');
}

export function hasOwnClock({ metadata }: Pick<Timeline, 'metadata'>): boolean {
  return metadata.get(KEY) === 'true';
}
