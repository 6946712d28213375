import { NONE } from '../../timeline/index.ts';
import type { Chip } from './chips.ts';
import type { EngineLog } from './engine-log.ts';
import type { CommandMatch } from './match-commands.ts';

/**
 * What a record is of. command: one that is known. unknown: one that is not. sync: what keeps engines in step around a
 * launch. input, output: a copy by the runtime before and after the commands of a model.
 */
export const RECORD_KIND = { command: 0, unknown: 1, sync: 2, input: 3, output: 4 } as const;

/** So many records open every session on each engine of the chip. */
export function openingCount({ engineClocks }: Chip): number {
  return engineClocks === 'cycles' ? 2 : 0;
}

/** By record, of the table RECORD_KIND. What is before or behind all that is known is the runtime's, by the chip's habit. */
export function recordKinds(
  { engine, length, layout, isActive }: EngineLog,
  { command }: CommandMatch,
  chip: Chip,
): Uint8Array {
  const kinds = new Uint8Array(length);
  const opening = openingCount(chip);
  let [first, last] = [0, length - 1];
  while (first < length && command[first] === NONE) first++;
  while (last >= 0 && command[last] === NONE) last--;
  const doesCopy = engine !== 'tiu' && layout.activeWords.length === 0;
  const [before, after] = doesCopy ? [RECORD_KIND.input, RECORD_KIND.output] : [RECORD_KIND.sync, RECORD_KIND.sync];
  for (let i = 0; i < length; i++) {
    if (command[i] !== NONE) continue;
    if (first < length && (i < first || i > last)) kinds[i] = i < first ? before : after;
    else if (i < opening || (opening > 0 && isActive[i] === 0)) kinds[i] = RECORD_KIND.sync;
    else kinds[i] = RECORD_KIND.unknown;
  }
  return kinds;
}
