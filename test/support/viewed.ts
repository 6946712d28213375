import { Diagnostics } from '../../src/base/index.ts';
import { ViewedRun } from '../../src/session/requests/viewed-run.ts';
import type { Run } from '../../src/timeline/index.ts';
import { type PlantedRank, plantedRun } from './planted-run.ts';

/** A run as requests see it. */
export function viewed(run: Run): ViewedRun {
  return new ViewedRun('test', run, {
    ...{ tool: { name: 'traceconv', version: '0.0.0' }, inputs: [] },
    diagnostics: new Diagnostics(),
  });
}

export async function viewedPlanted(...ranks: readonly PlantedRank[]): Promise<ViewedRun> {
  return viewed(await plantedRun(ranks));
}

/** The number of the track of a name. */
export function trackNamed(run: ViewedRun, name: string): number {
  const names = run.tracks.map(({ shard, track }) => shard.timeline.tracks[track].name);
  const found = names.indexOf(name);
  if (found < 0) throw new Error(`no track ${name} among ${names.join(', ')}`);
  return found;
}
