import { NONE, type Timeline } from './model.ts';
import { BLOCK_BITS, BLOCK_MASK, BLOCK_ROWS, TypedColumn } from './typed-column.ts';

/** When an op was launched, from the timeline's origin, where the arrow to it begins at no slice. */
export const LAUNCH_COLUMN = 'launchNs';

/**
 * Keeps the launch times of ops whose launches are no slices: profilers on their lowest level record where arrows begin,
 * but not the calls they begin at, so that they cannot be drawn. Of several launches the last before the op counts.
 */
export function withLaunchTimes(timeline: Timeline): Timeline {
  const { slices, flows } = timeline;
  const blocks: Float64Array[] = [];
  for (let row = 0; row < flows.length; row++) {
    const slice = flows.toSlice[row];
    if (flows.fromTrack[row] === NONE || flows.fromSlice[row] !== NONE || slice === NONE) continue;
    const block = (blocks[slice >> BLOCK_BITS] ??= new Float64Array(BLOCK_ROWS).fill(Number.NaN));
    const known = block[slice & BLOCK_MASK];
    const fromNs = flows.fromNs[row];
    if (Number.isNaN(known) || (fromNs > known && fromNs <= slices.startNs[slice])) block[slice & BLOCK_MASK] = fromNs;
  }
  if (blocks.length === 0) return timeline;
  const rowOf = new Uint32Array(slices.length).map((_, slice) => slice);
  const typed = new Map(slices.typed).set(LAUNCH_COLUMN, new TypedColumn('number', blocks, rowOf));
  return { ...timeline, slices: { ...slices, typed } };
}
