/** How long slices take that are the same op: tasks of one type; on the host, slices that are called alike but for counters. */
import { nearestRanks } from '../../base/index.ts';
import type { SliceId } from '../../timeline/index.ts';
import { perRun } from './per-run.ts';
import { trackWith } from './places.ts';
import type { SliceDetails } from './protocol.ts';
import { Recent } from './recent.ts';
import { sameNames } from './same-name.ts';
import { taskOf } from './task-of.ts';
import type { ViewedRun } from './viewed-run.ts';

type Similar = SliceDetails['similar'];

const MOST_KEPT = 64;
const BIN_COUNT = 24;

const kept = perRun(() => new Recent<Similar>(MOST_KEPT));

export function similarTo(viewed: ViewedRun, at: { readonly track: number; readonly slice: SliceId }): Similar {
  const task = taskOf(viewed, at.track, at.slice);
  if (task !== undefined) {
    const { tasks } = viewed.analysis.devices[task.device];
    const [type, opClass] = [tasks.type[task.task], tasks.opClass[task.task]];
    return kept(viewed).get(`type ${type} ${opClass}`, () =>
      spread({ by: 'type', key: tasks.texts.get(type) }, timesOfType(viewed, type, opClass)),
    );
  }
  const names = sameNames(viewed);
  const { key, groups } = names.alike(names.groupOf(trackWith(viewed, at), at.slice));
  return kept(viewed).get(`name ${groups[0]}`, () => spread({ by: 'name', key }, names.durations(groups)));
}

/** What stands in for a class, as parts of collectives do, is no op of its type. */
function timesOfType({ analysis }: ViewedRun, type: number, opClass: number): Float64Array {
  const lists = analysis.devices.map(({ tasks }) => {
    const isAlike = (task: number): boolean => tasks.type[task] === type && tasks.opClass[task] === opClass;
    let count = 0;
    for (let task = 0; task < tasks.length; task++) if (isAlike(task)) count++;
    const times = new Float64Array(count);
    for (let task = 0, next = 0; next < count; task++) {
      if (isAlike(task)) times[next++] = tasks.endNs[task] - tasks.startNs[task];
    }
    return times;
  });
  const all = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const times of lists) {
    all.set(times, at);
    at += times.length;
  }
  return all;
}

/** Exact. */
function spread(what: Pick<Similar, 'by' | 'key'>, durations: Float64Array): Similar {
  let leastNs = Number.POSITIVE_INFINITY;
  let mostNs = 0;
  for (const ns of durations) {
    if (ns < leastNs) leastNs = ns;
    if (ns > mostNs) mostNs = ns;
  }
  const bins = new Array<number>(BIN_COUNT).fill(0);
  const perNs = mostNs > leastNs ? BIN_COUNT / (mostNs - leastNs) : 0;
  for (const ns of durations) bins[Math.min(BIN_COUNT - 1, Math.floor((ns - leastNs) * perNs))]++;
  const [medianNs] = nearestRanks(durations, [50]);
  return { ...what, count: durations.length, leastNs, medianNs, mostNs, bins };
}
