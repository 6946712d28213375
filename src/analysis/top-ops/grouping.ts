import { UsageError } from '../../base/index.ts';

const GROUPINGS = ['type', 'name', 'shape', 'class', 'core', 'layer', 'stream', 'rank'] as const;

/**
 * What the ops of a group have in common. shape: type and input shapes. class: the kind of work, op-kind.ts. core: what ran
 * it, as the profiler calls it. layer: of the model, layers.ts. arg: the value of any key of the args.
 */
export type OpGrouping = (typeof GROUPINGS)[number] | { readonly arg: string };

const ARG = 'arg:';

/** As command lines write it: `type`, `shape`, `arg:Block Num`. Throws a UsageError for anything else. */
export function parseGrouping(text: string): OpGrouping {
  const known = GROUPINGS.find((grouping) => grouping === text);
  if (known !== undefined) return known;
  if (text.startsWith(ARG) && text.length > ARG.length) return { arg: text.slice(ARG.length) };
  throw new UsageError(
    'grouping_unknown',
    `ops cannot be grouped by ${JSON.stringify(text)}`,
    `expected one of ${GROUPINGS.join(', ')}, or ${ARG}KEY with a key of the args`,
  );
}
