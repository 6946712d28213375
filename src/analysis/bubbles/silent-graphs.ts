import { byString } from '../by-string.ts';
import type { LaunchContext } from './host-part.ts';

const GRAPH_LAUNCH = /GraphLaunch/;

/**
 * When calls began that launched graphs of which the capture shows nothing on a device, in order, in ns from the run's origin.
 * What such a graph did looks like idle time. A call in another such call is the same launch.
 */
export function silentGraphs({ run, tasks, launches }: LaunchContext): Float64Array {
  const found: number[] = [];
  for (const number of new Set(tasks.streams.map(({ shard }) => shard))) {
    const { timeline, shiftNs } = run.shards[number];
    const { slices, sliceRange, strings, tracks } = timeline;
    const isGraph = byString(strings.size, (name) => Number(GRAPH_LAUNCH.test(strings.get(name))));
    for (const [track, { kind }] of tracks.entries()) {
      let untilNs = Number.NEGATIVE_INFINITY;
      for (let call = sliceRange[track]; kind === 'thread' && call < sliceRange[track + 1]; call++) {
        if (slices.startNs[call] < untilNs || isGraph(slices.name[call]) !== 1) continue;
        untilNs = slices.startNs[call] + slices.durNs[call];
        if (launches.ofShard(number).taskCount(call) === 0) found.push(slices.startNs[call] + shiftNs);
      }
    }
  }
  return Float64Array.from(found).sort();
}
