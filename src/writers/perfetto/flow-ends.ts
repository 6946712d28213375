import type { FlowColumns } from '../../timeline/index.ts';
import type { BoundArrows } from '../flow-binding.ts';

/** The arrows at each slice: slice s has the ids [range[s], range[s + 1]). */
export interface FlowEnds {
  readonly range: Uint32Array;
  readonly ids: Float64Array;
}

/** Sorts the ends of all arrows by slice, counting instead of comparing. Arrows are numbered from `firstId`. */
export function flowEnds(flows: FlowColumns, arrows: BoundArrows, sliceCount: number, firstId: number): FlowEnds {
  const range = new Uint32Array(sliceCount + 1);
  const forEachEnd = (take: (slice: number, arrow: number) => void) => {
    for (let arrow = 0; arrow < arrows.length; arrow++) {
      take(flows.fromSlice[arrows.flow[arrow]], arrow);
      take(flows.toSlice[arrows.flow[arrow]], arrow);
    }
  };
  forEachEnd((slice) => {
    range[slice]++;
  });
  for (let slice = 1; slice <= sliceCount; slice++) range[slice] += range[slice - 1];
  const ids = new Float64Array(arrows.length * 2);
  // range[s] is now the end of slice s and walks back to its start.
  forEachEnd((slice, arrow) => {
    ids[--range[slice]] = firstId + arrow;
  });
  return { range, ids };
}
