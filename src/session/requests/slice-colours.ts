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

/** By number of the shard: the colours of its slices. */
export const sliceColours = perRun((viewed): ((shard: number, by: ColourBy) => ColourOf) => {
  const timelineOf = (shard: number): Timeline => viewed.run.shards[shard].timeline;
  const coloursBy: Readonly<Record<ColourBy, (shard: number) => ColourOf>> = {
    kind: lazily((shard) => remembered(timelineOf(shard).slices.length, kindColours(timelineOf(shard)))),
    name: lazily((shard) => nameColours(timelineOf(shard))),
  };
  return (shard, by) => coloursBy[by](shard);
});

/** What a slice is takes several looks at it; a byte says it from then on. */
function remembered(sliceCount: number, colourOf: ColourOf): ColourOf {
  const colours = new Uint8Array(sliceCount);
  return (slice) => {
    if (colours[slice] === 0) colours[slice] = colourOf(slice) + 1;
    return colours[slice] - 1;
  };
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
