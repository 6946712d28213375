/** Runs that can be asked as a viewer asks them. */
import { join } from 'node:path';
import { Diagnostics } from '../../src/base/index.ts';
import { NodeHost } from '../../src/platform/node/index.ts';
import { openRun } from '../../src/session/index.ts';
import { answer, type AnswerTo, type Ask, type RequestName, ViewedRun } from '../../src/session/requests/index.ts';
import type { Run } from '../../src/timeline/index.ts';
import { type PlantedRank, plantedRun } from './planted-run.ts';
import { fixturesRoot } from './project.ts';

export function viewedRun(run: Run, diagnostics = new Diagnostics()): ViewedRun {
  return new ViewedRun('run', run, { tool: { name: 'traceconv', version: '0.0.0' }, inputs: [], diagnostics });
}

export async function viewedPlanted(...ranks: readonly PlantedRank[]): Promise<ViewedRun> {
  return viewedRun(await plantedRun(ranks));
}

/** A folder below `fixtures`. */
export async function viewedFixture(folder: string): Promise<ViewedRun> {
  const diagnostics = new Diagnostics();
  const { run } = await openRun([join(fixturesRoot, folder)], new NodeHost(), {}, diagnostics);
  return viewedRun(run, diagnostics);
}

/** What the handler of a name gives, through the table, as both ways ask it. */
export async function asked<Name extends RequestName>(
  viewed: ViewedRun,
  name: Name,
  ask: Ask<Name>,
): Promise<AnswerTo<Name>> {
  return (await answer(viewed, name, ask)) as AnswerTo<Name>;
}

/** The number of the track that is called so. */
export function trackNamed({ tracks }: ViewedRun, name: string): number {
  const number = tracks.findIndex(({ shard, track }) => shard.timeline.tracks[track].name === name);
  if (number < 0) throw new Error(`no track is called ${name}`);
  return number;
}

/** The slice of a name on a track; the first of several. */
export function sliceNamed(viewed: ViewedRun, track: number, name: string): { track: number; slice: number } {
  const { shard, track: own } = viewed.tracks[track];
  const { slices, sliceRange, strings } = shard.timeline;
  for (let slice = sliceRange[own]; slice < sliceRange[own + 1]; slice++) {
    if (strings.get(slices.name[slice]) === name) return { track, slice };
  }
  throw new Error(`no slice on track ${track} is called ${name}`);
}
