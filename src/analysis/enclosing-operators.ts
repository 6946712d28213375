import { NONE, type Timeline } from '../timeline/index.ts';

/** The category of a framework's operators, now and in captures of 2021. */
const OPERATOR = /^(cpu_op|Operator)$/;

/** The innermost operator of the framework around each slice of a host thread; NONE where there is none. */
export function enclosingOperators({ slices, sliceRange, tracks, strings }: Timeline): Int32Array {
  const around = new Int32Array(slices.length).fill(NONE);
  const isOperator: (boolean | undefined)[] = [];
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
      const category = slices.category[parent];
      const isFound = category !== NONE && (isOperator[category] ??= OPERATOR.test(strings.get(category)));
      around[slice] = isFound ? parent : around[parent];
    }
  }
  return around;
}
