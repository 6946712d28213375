/** The sides of a collective: the same op on the other ranks of its group, with what each waited and transferred. */
import { collectivesOf } from '../../analysis/index.ts';
import { NONE, type SliceId } from '../../timeline/index.ts';
import { placeOf } from './places.ts';
import type { SliceDetails } from './protocol.ts';
import { taskOf } from './task-of.ts';
import type { ViewedRun } from './viewed-run.ts';

type Counterparts = SliceDetails['counterparts'];

/** By rank, the slice itself among them; it alone where no other side is known, and none of what does not communicate. */
export function counterpartsOf(viewed: ViewedRun, track: number, slice: SliceId): Counterparts {
  const found = taskOf(viewed, track, slice);
  if (found === undefined) return [];
  const collectives = collectivesOf(viewed.analysis);
  const { sides, matched, waitNs } = collectives;
  const own = sideOf(sides, found.device, found.task);
  if (own === NONE) return [];
  const collective = matched.of[own];
  const members =
    collective === NONE ? [own] : matched.members.subarray(matched.from[collective], matched.from[collective + 1]);
  return Array.from(members, (side) => {
    const { rank } = sides.participants[sides.participant[side]];
    const isKnown = !Number.isNaN(waitNs[side]);
    return {
      rank,
      place: sides.task[side] === NONE ? null : placeOfTask(viewed, sides.participant[side], sides.task[side]),
      durNs: sides.durNs[side],
      waitNs: isKnown ? Math.round(waitNs[side]) : null,
      transferNs: isKnown ? sides.durNs[side] - Math.round(waitNs[side]) : null,
      isThis: side === own,
    };
  }).sort((a, b) => a.rank - b.rank);
}

/** The first participants are the devices of the analysis; their sides are in the order of their tasks. */
function sideOf(
  { sideRange, task }: ReturnType<typeof collectivesOf>['sides'],
  device: number,
  wanted: number,
): number {
  let [low, high] = [sideRange[device], sideRange[device + 1]];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (task[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low < sideRange[device + 1] && task[low] === wanted ? low : NONE;
}

function placeOfTask(viewed: ViewedRun, device: number, task: number): NonNullable<Counterparts[number]['place']> {
  const { tasks } = viewed.analysis.devices[device];
  return placeOf(viewed, tasks.streams[tasks.stream[task]].shard, tasks.slice[task]);
}
