import { NONE } from '../../timeline/index.ts';
import type { Chip } from './chips.ts';
import type { EngineLog } from './engine-log.ts';
import type { CommandMatch } from './match-commands.ts';
import { type Section, sectionsOf } from './sections.ts';

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
  const { engine, length, layout } = log;
  const kinds = new Uint8Array(length);
  const known = knownSpan(command);
  if (known !== undefined) {
    const doesCopy = engine !== 'tiu' && layout.activeWords.length === 0;
    kinds.fill(doesCopy ? RECORD_KIND.input : RECORD_KIND.sync, 0, known.from);
    kinds.fill(doesCopy ? RECORD_KIND.output : RECORD_KIND.sync, known.to);
  }
  fillUnknown(kinds, log, command, known ?? { from: 0, to: length }, openingCount(chip));
  if (engine === 'tiu' && openingCount(chip) > 0) fillSyncPairs(kinds, log, command);
  return kinds;
}

/** From the first record that is known to the last; undefined where none is. */
function knownSpan(command: Int32Array): Section | undefined {
  let [from, to] = [0, command.length];
  while (from < to && command[from] === NONE) from++;
  while (to > from && command[to - 1] === NONE) to--;
  return from === to ? undefined : { from, to };
}

function fillUnknown(
  kinds: Uint8Array,
  { isActive }: EngineLog,
  command: Int32Array,
  { from, to }: Section,
  opening: number,
): void {
  for (let i = from; i < to; i++) {
    if (command[i] !== NONE) continue;
    const isSync = i < opening || (opening > 0 && isActive[i] === 0);
    kinds[i] = isSync ? RECORD_KIND.sync : RECORD_KIND.unknown;
  }
}

/** A TIU writes two records around a launch for nothing but to keep step. */
function fillSyncPairs(kinds: Uint8Array, { id }: EngineLog, command: Int32Array): void {
  for (const { from, to } of sectionsOf(id)) {
    if (to - from === 2 && command[from] === NONE && command[from + 1] === NONE) kinds.fill(RECORD_KIND.sync, from, to);
  }
}
