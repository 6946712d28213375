import type { Diagnostics } from '../../../base/index.ts';
import { CHIPS } from '../chips.ts';

/** What the vendor's tools call cycles per microsecond; old versions have one number for all. */
const KEYS = {
  tiu: ['TIU Frequency(MHz)', 'Frequency(MHz)'],
  dma: ['DMA Frequency(MHz)', 'TDMA Frequency(MHz)', 'GDMA Frequency(MHz)', 'Frequency(MHz)'],
} as const;
const DEFAULT_MHZ = 1000;
const MOST_MHZ = 100_000;

/** Cycles per microsecond, as `facts` of a file say it; else as the chip that they name usually has it. */
export function mhzOf(
  engine: 'tiu' | 'dma',
  facts: ReadonlyMap<string, string>,
  path: string,
  diagnostics: Diagnostics,
): number {
  for (const key of KEYS[engine]) {
    const mhz = Number(facts.get(key) ?? Number.NaN);
    if (mhz > 0 && mhz < MOST_MHZ) return mhz;
  }
  const name = facts.get('Chip Arch')?.toUpperCase();
  const chip = CHIPS.find(({ id, label }) => name !== undefined && (id === name || label.includes(name)));
  const mhz = chip?.frequencyMhz[engine] ?? DEFAULT_MHZ;
  diagnostics.add('frequency_assumed', { path }, `${mhz} MHz for ${engine === 'tiu' ? 'the TIU' : 'DMA'}`);
  return mhz;
}
