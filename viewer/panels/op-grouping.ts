import type { OpGrouping } from '../../src/analysis/index.ts';

export const GROUPINGS = [
  'type',
  'name',
  'shape',
  'class',
  'core',
  'layer',
  'stream',
  'rank',
] as const satisfies readonly OpGrouping[];

/** What stands before a key of the args that ops are grouped by. */
export const ARG = 'arg:';

/** What the state calls a grouping; of what is none, ops by type. */
export function groupingOf(by: string): OpGrouping {
  if (by.startsWith(ARG) && by.length > ARG.length) return { arg: by.slice(ARG.length) };
  return GROUPINGS.find((grouping) => grouping === by) ?? 'type';
}
