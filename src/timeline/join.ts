import { JoinedArgs } from './joined-args.ts';
import { NONE, type Timeline } from './model.ts';
import { OpMatching } from './op-matching.ts';
import { pickSlicesOnly, rowsWhere } from './pick.ts';
import { NO_ROW } from './typed-column.ts';

/** What came of laying op tables over the timeline of the same capture. */
export interface OpJoin {
  /** The timeline, its slices knowing what the tables know about them. */
  readonly timeline: Timeline;
  /** The rows that describe no slice of it; undefined where there are none. */
  readonly rest: Timeline | undefined;
  readonly matchedCount: number;
  /** By row: the slice it describes, or NONE. */
  readonly sliceOf: Int32Array;
  /** Rows of which the timeline has the op under another name or with another duration. */
  readonly disagreeing: Uint32Array;
}

/** Beyond rounding on both sides. */
const SAME_DURATION_NS = 2;

/**
 * describe: ops say more of what the timeline knows by name. name: the timeline knows tasks by their binaries, and ops name
 * them. complete: only what is not known yet is taken.
 */
export type JoinMode = 'describe' | 'name' | 'complete';

/** Both must have been read with the same strings. No row is counted twice: it describes a slice or stays in the rest. */
export function joinOps(timeline: Timeline, ops: Timeline, mode: JoinMode = 'describe'): OpJoin {
  const { sliceOf } = new OpMatching(timeline, ops);
  const rowOf = new Int32Array(timeline.slices.length).fill(NONE);
  sliceOf.forEach((slice, row) => {
    if (slice !== NONE) rowOf[slice] = row;
  });
  const unmatched = rowsWhere(sliceOf.length, (row) => sliceOf[row] === NONE);
  const matchedCount = sliceOf.length - unmatched.length;
  return {
    timeline: matchedCount === 0 ? timeline : described(timeline, ops, rowOf, mode),
    rest: restOf(ops, unmatched),
    matchedCount,
    sliceOf,
    disagreeing: disagreeing(timeline, ops, sliceOf, mode === 'describe'),
  };
}

function restOf(ops: Timeline, unmatched: Uint32Array): Timeline | undefined {
  if (unmatched.length === 0) return undefined;
  return unmatched.length === ops.slices.length ? ops : pickSlicesOnly(ops, unmatched);
}

function described(timeline: Timeline, ops: Timeline, rowOf: Int32Array, mode: JoinMode): Timeline {
  const { slices } = timeline;
  const valueRowOf = Uint32Array.from(rowOf, (row) => (row === NONE ? NO_ROW : ops.slices.fileOrder[row]));
  const typed = new Map(slices.typed);
  for (const [key, column] of ops.slices.typed) {
    const known = typed.get(key);
    const added = column.withRows(() => valueRowOf);
    typed.set(key, mode === 'complete' && known !== undefined ? known.over(added) : added.over(known));
  }
  const args = new JoinedArgs(timeline, ops, rowOf);
  return {
    ...timeline,
    slices: {
      ...slices,
      typed,
      name: mode === 'name' ? overlaid(slices.name, ops.slices.name, rowOf) : slices.name,
      category: mode === 'complete' ? slices.category : overlaid(slices.category, ops.slices.category, rowOf),
      argsFrom: args.argsFrom,
      argsBytes: args.argsBytes,
      argsStrict: Uint8Array.from(slices.argsStrict, (isStrict, slice) =>
        rowOf[slice] !== NONE && slices.argsBytes[slice] === 0 ? 1 : isStrict,
      ),
    },
    args,
  };
}

function overlaid(below: Int32Array, above: Int32Array, rowOf: Int32Array): Int32Array {
  return below.map((value, slice) =>
    rowOf[slice] === NONE || above[rowOf[slice]] === NONE ? value : above[rowOf[slice]],
  );
}

function disagreeing({ slices }: Timeline, ops: Timeline, sliceOf: Int32Array, byName: boolean): Uint32Array {
  return rowsWhere(sliceOf.length, (row) => {
    const slice = sliceOf[row];
    if (slice === NONE) return false;
    if (byName && slices.name[slice] !== ops.slices.name[row]) return true;
    return Math.abs(slices.durNs[slice] - ops.slices.durNs[row]) > SAME_DURATION_NS;
  });
}
