import { LaneSearch } from './lane-search.ts';

/** Perfetto keeps at most 512 levels of one track; what would be deeper goes to another lane. */
const DEEPEST = 500;
/** Most tracks need no more lanes than these, which are tried one after the other. */
const FEW_LANES = 16;

/** The slices open in a lane, outermost first. */
interface OpenLane {
  readonly endNs: number[];
  readonly startNs: number[];
}

/**
 * Gives each slice of one track a lane and a depth. A slice goes to the first lane where it nests in, or follows,
 * what is open there; so within a lane slices never overlap partially. Slices [from, to) must be sorted by
 * (startNs, -durNs). A slice that ends when another starts is over; several zero-length slices at one time nest.
 * Returns how many lanes the track needs.
 */
export function assignLanes(
  from: number,
  to: number,
  startNs: Float64Array,
  durNs: Float64Array,
  lane: Uint32Array,
  depth: Uint16Array,
): number {
  const lanes: OpenLane[] = [{ endNs: [], startNs: [] }];
  let search: LaneSearch | undefined;
  for (let i = from; i < to; i++) {
    const start = startNs[i];
    const end = start + durNs[i];
    let found = 0;
    while (found < FEW_LANES && !fits(lanes[found], start, end)) {
      found++;
      if (found === lanes.length) lanes.push({ endNs: [], startNs: [] });
    }
    if (found === FEW_LANES) found = laneBehindFew(lanes, (search ??= new LaneSearch()), start, end);
    const { endNs, startNs: starts } = lanes[found];
    lane[i] = found;
    depth[i] = endNs.length;
    endNs.push(end);
    starts.push(start);
    if (found >= FEW_LANES) search?.set(found - FEW_LANES, end, endNs.length >= DEEPEST);
  }
  return lanes.length;
}

/** The first lane behind the few that the slice fits in, perhaps a new one. */
function laneBehindFew(lanes: OpenLane[], search: LaneSearch, start: number, end: number): number {
  for (let at = search.next(0, start, end); at >= 0; at = search.next(at + 1, start, end)) {
    const lane = lanes[FEW_LANES + at];
    if (fits(lane, start, end)) return FEW_LANES + at;
    const { endNs } = lane;
    search.set(at, endNs[endNs.length - 1], endNs.length >= DEEPEST);
  }
  if (lanes.length === FEW_LANES || lanes[lanes.length - 1].endNs.length > 0) lanes.push({ endNs: [], startNs: [] });
  return lanes.length - 1;
}

/** Closes what is over in the lane and says whether a slice from start to end may be opened in it. */
function fits(lane: OpenLane, start: number, end: number): boolean {
  const { endNs, startNs } = lane;
  let top = endNs.length - 1;
  while (top >= 0 && endNs[top] <= start && !(endNs[top] === end && startNs[top] === start)) {
    endNs.pop();
    startNs.pop();
    top--;
  }
  return top < 0 || (end <= endNs[top] && top < DEEPEST - 1);
}
