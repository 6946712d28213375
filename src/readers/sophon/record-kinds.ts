import { NONE } from '../../timeline/index.ts';
import type { Chip } from './chips.ts';
import type { EngineLog } from './engine-log.ts';
import type { CommandMatch } from './match-commands.ts';
import { sectionsOf } from './sections.ts';

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
export function recordKinds(log: EngineLog, { command }: CommandMatch, chip: Chip): Uint8Array {
  const { engine, length, layout, isActive } = log;
  const kinds = new Uint8Array(length);
  const opening = openingCount(chip);
  const isPaired = opening > 0 ? syncPairs(log, command) : undefined;
  let [first, last] = [0, length - 1];
  while (first < length && command[first] === NONE) first++;
  while (last >= 0 && command[last] === NONE) last--;
  const doesCopy = engine !== 'tiu' && layout.activeWords.length === 0;
  const [before, after] = doesCopy ? [RECORD_KIND.input, RECORD_KIND.output] : [RECORD_KIND.sync, RECORD_KIND.sync];
  for (let i = 0; i < length; i++) {
    if (command[i] !== NONE) continue;
    if (first < length && (i < first || i > last)) kinds[i] = i < first ? before : after;
    else if (i < opening || (opening > 0 && isActive[i] === 0) || isPaired?.[i] === 1) kinds[i] = RECORD_KIND.sync;
    else kinds[i] = RECORD_KIND.unknown;
  }
  return kinds;
}

/** 1: one of the two records of a TIU around a launch, which it writes for nothing but to keep step. */
function syncPairs({ engine, id }: EngineLog, command: CommandMatch['command']): Uint8Array {
  const isPaired = new Uint8Array(id.length);
  for (const { from, to } of engine === 'tiu' ? sectionsOf(id) : []) {
    if (to - from === 2 && command[from] === NONE && command[from + 1] === NONE) isPaired.fill(1, from, to);
  }
  return isPaired;
}
