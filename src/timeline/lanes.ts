/** Perfetto keeps at most 512 levels of one track; what would be deeper goes to another lane. */
const DEEPEST = 500;

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
  lane: Uint16Array,
  depth: Uint16Array,
): number {
  const lanes: OpenLane[] = [{ endNs: [], startNs: [] }];
  for (let i = from; i < to; i++) {
    const start = startNs[i];
    const end = start + durNs[i];
    let found = 0;
    while (!fits(lanes[found], start, end)) {
      found++;
      if (found === lanes.length) lanes.push({ endNs: [], startNs: [] });
    }
    const { endNs, startNs: starts } = lanes[found];
    lane[i] = found;
    depth[i] = endNs.length;
    endNs.push(end);
    starts.push(start);
  }
  return lanes.length;
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
