import { byString } from '../../analysis/by-string.ts';
import type { StringId, StringTable } from '../../timeline/index.ts';
import { Best } from './best.ts';
import { placeOf, trackNumber } from './places.ts';
import type { AnswerTo, Ask, Moment, Place } from './protocol.ts';
import { type NameGroup, sameNames } from './same-name.ts';
import type { ViewedRun } from './viewed-run.ts';

/** Each distinct name is looked into once. `total` counts slices; names, tracks and places are the first ones. */
export function find(viewed: ViewedRun, { text, limit }: Ask<'find'>): AnswerTo<'find'> {
  if (text === '')
    return { json: { total: 0, names: [], tracks: [], places: [], instantCount: 0, instants: [] }, columns: {} };
  const sought = text.toLowerCase();
  const fits = (name: string): boolean => name.toLowerCase().includes(sought);
  const names = new Best<NameGroup>(limit);
  let total = 0;
  sameNames(viewed).forEachName(fits, (name) => {
    total += name.count;
    names.add(-name.totalNs, name);
  });
  const tracks = viewed.tracks.flatMap(({ shard, track, process }, number) => {
    const { name, key, series } = shard.timeline.tracks[track];
    return fits(`${process.name} ${name || key} ${series}`) ? [number] : [];
  });
  return {
    json: {
      total,
      names: names.finish(),
      tracks: tracks.slice(0, limit),
      places: total === 0 ? [] : firstPlaces(viewed, fits, limit),
      ...firstInstants(viewed, fits, limit),
    },
    columns: {},
  };
}

interface Found {
  readonly shard: number;
  readonly slice: number;
}

/** The first in time. A track is left as soon as what comes on it comes later than as many others. */
function firstPlaces(viewed: ViewedRun, fits: (name: string) => boolean, limit: number): Place[] {
  const tests = new Map<StringTable, (name: StringId) => number>();
  const found = new Best<Found>(limit);
  for (const { shard, shardNumber, track } of viewed.tracks) {
    const { slices, sliceRange, strings } = shard.timeline;
    const isFound = tests.get(strings) ?? byString(strings.size, (name) => Number(fits(strings.get(name))));
    tests.set(strings, isFound);
    const end = sliceRange[track + 1];
    let left = limit;
    for (let slice = sliceRange[track]; slice < end && left > 0; slice++) {
      if (slices.startNs[slice] + shard.shiftNs > found.mostKey) break;
      if (isFound(slices.name[slice]) === 0) continue;
      found.add(slices.startNs[slice] + shard.shiftNs, { shard: shardNumber, slice });
      left--;
    }
  }
  return found.finish().map(({ shard, slice }) => placeOf(viewed, shard, slice));
}

/** All of them are looked at: they are few beside slices. */
function firstInstants(
  viewed: ViewedRun,
  fits: (name: string) => boolean,
  limit: number,
): Pick<AnswerTo<'find'>['json'], 'instantCount' | 'instants'> {
  const found = new Best<Moment>(limit);
  let instantCount = 0;
  for (const [number, { timeline, shiftNs }] of viewed.run.shards.entries()) {
    const { instants, strings } = timeline;
    const isFound = byString(strings.size, (name) => Number(fits(strings.get(name))));
    for (let row = 0; row < instants.length; row++) {
      if (isFound(instants.name[row]) === 0) continue;
      instantCount++;
      const timeNs = instants.timeNs[row] + shiftNs;
      if (timeNs > found.mostKey) continue;
      const track = trackNumber(viewed, number, instants.track[row]);
      found.add(timeNs, { track, timeNs, name: strings.get(instants.name[row]) });
    }
  }
  return { instantCount, instants: found.finish() };
}
