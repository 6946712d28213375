import { byString } from '../../analysis/by-string.ts';
import { CLASS, derivedSlices, taskClasses, taskTypes } from '../../analysis/op-class.ts';
import { OP_KINDS, opKinds } from '../../analysis/op-kind.ts';
import type { Timeline, TrackId } from '../../timeline/index.ts';
import { lazily, perRun } from './per-run.ts';
import { type ColourBy, OTHER_COLOURS } from './protocol.ts';

/** The colours of the slices of a track, from its first on. */
type TrackColours = (track: TrackId) => Uint8Array;

const OTHER = Object.fromEntries(OTHER_COLOURS.map((colour, i) => [colour, OP_KINDS.length + i])) as Readonly<
  Record<(typeof OTHER_COLOURS)[number], number>
>;

const NAME_COLOURS = 32;

/** What is no op and no copy, by class. */
const COLOUR_OF_CLASS: Readonly<Partial<Record<number, number>>> = {
  [CLASS.wait]: OTHER.wait,
  [CLASS.part]: OTHER.part,
  [CLASS.profiling]: OTHER.profiling,
  [CLASS.other]: OTHER['no-op'],
};

/**
 * By number of the track: the colours of its slices, from its first on. All are looked at when it is first drawn: one after
 * the other that takes less than to look at those in view wherever they are.
 */
export const sliceColours = perRun((viewed): ((track: number, by: ColourBy) => Uint8Array) => {
  const coloursBy = (lookUp: (timeline: Timeline) => TrackColours): ((track: number) => Uint8Array) => {
    const ofShard = lazily((shard) => lookUp(viewed.run.shards[shard].timeline));
    return lazily((number) => {
      const { shardNumber, track } = viewed.tracks[number];
      return ofShard(shardNumber)(track);
    });
  };
  const colours: Readonly<Record<ColourBy, (track: number) => Uint8Array>> = {
    kind: coloursBy(kindColours),
    name: coloursBy(nameColours),
  };
  return (track, by) => colours[by](track);
});

function kindColours(timeline: Timeline): TrackColours {
  const { sliceRange, tracks, processes } = timeline;
  const streamColours = taskColours(timeline);
  return (track) => {
    const { kind, process } = tracks[track];
    const one = (colour: number): Uint8Array => new Uint8Array(sliceRange[track + 1] - sliceRange[track]).fill(colour);
    switch (kind) {
      case 'stream':
        return streamColours(track);
      case 'communication':
        return one(OP_KINDS.indexOf('communication'));
      case 'plane':
        return one(OTHER.part);
      case 'overlap':
        return one(OTHER.derived);
      case 'thread':
      case 'async':
      case 'counter':
      case 'other':
        return one(processes[process].side === 'device' ? OTHER['no-op'] : OTHER.host);
    }
  };
}

function taskColours(timeline: Timeline): TrackColours {
  const { slices, sliceRange } = timeline;
  const { name } = slices;
  const classOf = taskClasses(timeline);
  const typeOf = taskTypes(timeline);
  const kindOf = opKinds(timeline);
  const isDerived = derivedSlices(timeline);
  return (track) => {
    const from = sliceRange[track];
    const colours = new Uint8Array(sliceRange[track + 1] - from);
    for (let i = 0; i < colours.length; i++) {
      const slice = from + i;
      const type = typeOf(slice);
      const opClass = classOf(name[slice], type);
      colours[i] = COLOUR_OF_CLASS[opClass] ?? kindOf(slice, opClass, type);
      if (isDerived?.(slice) === true) colours[i] = OTHER.derived;
    }
    return colours;
  };
}

/** The same name has the same colour in every run. */
function nameColours({ slices, sliceRange, strings }: Timeline): TrackColours {
  const colourOf = byString(strings.size, (name) => hashOf(strings.utf8(name)) % NAME_COLOURS);
  return (track) => {
    const names = slices.name.subarray(sliceRange[track], sliceRange[track + 1]);
    const colours = new Uint8Array(names.length);
    for (let i = 0; i < names.length; i++) colours[i] = colourOf(names[i]);
    return colours;
  };
}

/** FNV-1a, its last bits mixed from all others. */
function hashOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
