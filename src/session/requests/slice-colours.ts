import { byString } from '../../analysis/by-string.ts';
import { CLASS, opClasses, taskTypes } from '../../analysis/op-class.ts';
import { OP_KINDS, opKinds } from '../../analysis/op-kind.ts';
import type { SliceId, Timeline } from '../../timeline/index.ts';
import { lazily, perRun } from './per-run.ts';
import { type ColourBy, OTHER_COLOURS } from './protocol.ts';

type ColourOf = (slice: SliceId) => number;

const OTHER = Object.fromEntries(OTHER_COLOURS.map((colour, i) => [colour, OP_KINDS.length + i])) as Readonly<
  Record<(typeof OTHER_COLOURS)[number], number>
>;

const NAME_COLOURS = 32;

/**
 * By number of the track: the colours of its slices, from its first on. All are looked at when it is first drawn: one after
 * the other that takes less than to look at those in view wherever they are.
 */
export const sliceColours = perRun((viewed): ((track: number, by: ColourBy) => Uint8Array) => {
  const timelineOf = (shard: number): Timeline => viewed.run.shards[shard].timeline;
  const lookUp: Readonly<Record<ColourBy, (shard: number) => ColourOf>> = {
    kind: lazily((shard) => kindColours(timelineOf(shard))),
    name: lazily((shard) => nameColours(timelineOf(shard))),
  };
  const coloursBy = (by: ColourBy): ((track: number) => Uint8Array) =>
    lazily((number) => {
      const { shardNumber, track } = viewed.tracks[number];
      const { sliceRange } = timelineOf(shardNumber);
      return coloursOf(sliceRange[track], sliceRange[track + 1], lookUp[by](shardNumber));
    });
  const colours: Readonly<Record<ColourBy, (track: number) => Uint8Array>> = {
    kind: coloursBy('kind'),
    name: coloursBy('name'),
  };
  return (track, by) => colours[by](track);
});

function coloursOf(from: SliceId, to: SliceId, colourOf: ColourOf): Uint8Array {
  const colours = new Uint8Array(to - from);
  for (let slice = from; slice < to; slice++) colours[slice - from] = colourOf(slice);
  return colours;
}

function kindColours(timeline: Timeline): ColourOf {
  const { slices, tracks, processes } = timeline;
  const classOf = opClasses(timeline);
  const typeOf = taskTypes(timeline);
  const kindOf = opKinds(timeline);
  return (slice) => {
    const opClass = classOf(slice);
    switch (opClass) {
      case 'compute':
      case 'communication':
      case 'copy':
        return kindOf(slice, CLASS[opClass], typeOf(slice));
      case 'wait':
      case 'part':
      case 'profiling':
        return OTHER[opClass];
      case 'other':
        return OTHER['no-op'];
      case undefined: {
        const { kind, process } = tracks[slices.track[slice]];
        if (kind === 'stream' || kind === 'overlap') return OTHER.derived;
        return processes[process].side === 'device' ? OTHER['no-op'] : OTHER.host;
      }
    }
  };
}

/** The same name has the same colour in every run. */
function nameColours({ slices, strings }: Timeline): ColourOf {
  const colourOf = byString(strings.size, (name) => hashOf(strings.utf8(name)) % NAME_COLOURS);
  return (slice) => colourOf(slices.name[slice]);
}

/** FNV-1a, its last bits mixed from all others. */
function hashOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
