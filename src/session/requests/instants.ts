/** Marks without a length: at most one of each track and column, and how many stand there. */
import { columnAt, columnsOf } from '../../analysis/detail/time-columns.ts';
import { assertOrdered, cellCount } from './checks.ts';
import { lazily, perRun } from './per-run.ts';
import type { AnswerTo, Ask } from './protocol.ts';
import type { ViewedRun } from './viewed-run.ts';

/** By shard: track t owns the instants [range[t], range[t + 1]). */
const rangesOfShards = perRun((viewed) =>
  lazily((shard) => {
    const { instants, tracks } = viewed.run.shards[shard].timeline;
    const range = new Uint32Array(tracks.length + 1);
    for (let row = 0; row < instants.length; row++) range[instants.track[row] + 1]++;
    for (let track = 0; track < tracks.length; track++) range[track + 1] += range[track];
    return range;
  }),
);

/** The rows of the instants on a track of the run. */
export function instantsOn(viewed: ViewedRun, number: number): readonly [from: number, to: number] {
  const { shardNumber, track } = viewed.tracks[number];
  const range = rangesOfShards(viewed)(shardNumber);
  return [range[track], range[track + 1]];
}

export function instants(viewed: ViewedRun, ask: Ask<'instants'>): AnswerTo<'instants'> {
  assertOrdered(ask);
  cellCount(ask.tracks.length, ask);
  const names = new Map<string, number>();
  const found = { track: [] as number[], timeNs: [] as number[], count: [] as number[], name: [] as number[] };
  for (const number of ask.tracks) {
    const { timeline, shiftNs } = viewed.tracks[number].shard;
    const { timeNs, name: nameOf } = timeline.instants;
    const { startNs, widthNs, columnCount } = columnsOf(ask, shiftNs);
    const [from, to] = instantsOn(viewed, number);
    let row = firstFrom(timeNs, startNs, from, to);
    while (row < to) {
      const column = columnAt(timeNs[row] - startNs, widthNs);
      if (column >= columnCount) break;
      // Whatever is rounded, it goes on.
      const next = Math.max(row + 1, firstFrom(timeNs, startNs + (column + 1) * widthNs, row, to));
      const name = timeline.strings.get(nameOf[row]);
      if (!names.has(name)) names.set(name, names.size);
      found.track.push(number);
      found.timeNs.push(timeNs[row] + shiftNs);
      found.count.push(next - row);
      found.name.push(names.get(name)!);
      row = next;
    }
  }
  return {
    json: { names: [...names.keys()] },
    columns: {
      track: Int32Array.from(found.track),
      timeNs: Float64Array.from(found.timeNs),
      count: Uint32Array.from(found.count),
      name: Int32Array.from(found.name),
    },
  };
}

/** The first row of some whose time is not before a time. */
function firstFrom(timesNs: Float64Array, timeNs: number, from: number, to: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (timesNs[middle] < timeNs) low = middle + 1;
    else high = middle;
  }
  return low;
}
