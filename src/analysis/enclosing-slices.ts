import { NONE, type SliceId, type StringId, type Timeline } from '../timeline/index.ts';

/** The category of a framework's operators, now and in captures of 2021. */
const OPERATOR = /^(cpu_op|Operator)$/;

/** What names of calls begin with that a framework makes to Ascend's runtime, which itself goes on as Node@ and Hccl@. */
const RUNTIME_CALL = /^AscendCL@/;

/** The innermost operator of the framework around each slice of a host thread; NONE where there is none. */
export function enclosingOperators(timeline: Timeline): Int32Array {
  return enclosing(timeline, timeline.slices.category, OPERATOR, (_, parent) => parent);
}

/** The outermost call of the runtime around each slice of a host thread; NONE where there is none. */
export function enclosingCalls(timeline: Timeline): Int32Array {
  return enclosing(timeline, timeline.slices.name, RUNTIME_CALL, (outer, parent) => (outer === NONE ? parent : outer));
}

function enclosing(
  { slices, sliceRange, tracks, strings }: Timeline,
  texts: ArrayLike<StringId>,
  pattern: RegExp,
  choose: (aroundParent: SliceId, parent: SliceId) => SliceId,
): Int32Array {
  const around = new Int32Array(slices.length).fill(NONE);
  const isSought: (boolean | undefined)[] = [];
  for (const [track, { kind }] of tracks.entries()) {
    if (kind !== 'thread') continue;
    /** By lane and depth: the slice that is open there. */
    const open: number[][] = [];
    for (let slice = sliceRange[track]; slice < sliceRange[track + 1]; slice++) {
      const depth = slices.depth[slice];
      const lane = (open[slices.lane[slice]] ??= []);
      lane[depth] = slice;
      if (depth === 0) continue;
      const parent = lane[depth - 1];
      const text = texts[parent];
      const isFound = text !== NONE && (isSought[text] ??= pattern.test(strings.get(text)));
      around[slice] = isFound ? choose(around[parent], parent) : around[parent];
    }
  }
  return around;
}
