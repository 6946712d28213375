/** All that is known of one slice. */
import { OP_KINDS } from '../../analysis/index.ts';
import { NONE, type SliceId, type Timeline } from '../../timeline/index.ts';
import { LAUNCH_COLUMN } from '../../timeline/launches.ts';
import { arrowsOf } from './arrows.ts';
import { chainOf } from './chain.ts';
import { counterpartsOf } from './counterparts.ts';
import { placeOf, trackWith } from './places.ts';
import type { AnswerTo, Ask, SliceDetails } from './protocol.ts';
import { similarTo } from './similar.ts';
import { taskOf } from './task-of.ts';
import type { ViewedRun } from './viewed-run.ts';

export async function slice(viewed: ViewedRun, ask: Ask<'slice'>): Promise<AnswerTo<'slice'>> {
  const viewedTrack = trackWith(viewed, ask);
  const { shard, shardNumber, track, process } = viewedTrack;
  const { timeline } = shard;
  const { slices, strings, tracks } = timeline;
  const category = slices.category[ask.slice];
  const json: SliceDetails = {
    ...placeOf(viewed, shardNumber, ask.slice),
    process: process.name,
    trackName: tracks[track].name || tracks[track].key,
    category: category === NONE ? '' : strings.get(category),
    args: await argsOf(timeline, ask.slice),
    ...factsOf(viewed, ask),
    chain: chainOf(viewed, viewedTrack, ask.slice),
    ...arrowsOf(viewed, viewedTrack, ask.slice),
    counterparts: counterpartsOf(viewed, ask.track, ask.slice),
    similar: similarTo(viewed, ask),
  };
  return { json, columns: {} };
}

async function argsOf({ args, slices }: Timeline, slice: SliceId): Promise<string> {
  if (slices.argsBytes[slice] === 0) return '';
  const { bytes, from } = await args.block(slices, [slice]);
  return new TextDecoder().decode(bytes.subarray(from[0], from[1]));
}

function factsOf(viewed: ViewedRun, { track, slice }: Ask<'slice'>): Pick<SliceDetails, 'facts' | 'step'> {
  const { timeline } = viewed.tracks[track].shard;
  const typed = typedFacts(timeline, slice);
  const found = taskOf(viewed, track, slice);
  if (found === undefined) return { facts: typed, step: null };
  const { tasks, steps } = viewed.analysis.devices[found.device];
  const facts = [{ key: 'class', value: OP_KINDS[tasks.kind[found.task]] }, ...typed];
  const step = steps.stepOf[found.task];
  return { facts, step: step === NONE ? null : steps.steps[step].id };
}

function typedFacts({ slices, strings }: Timeline, slice: SliceId): { key: string; value: string }[] {
  return [...slices.typed].flatMap(([name, column]) => {
    const value = column.at(slice);
    // A time from the origin of a shard says nothing to people; the chain has it.
    if (name === LAUNCH_COLUMN || (column.kind === 'text' ? value === NONE : Number.isNaN(value))) return [];
    return [{ key: words(name), value: column.kind === 'text' ? strings.get(value) : String(value) }];
  });
}

/** inputShapes -> input shapes */
function words(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}
