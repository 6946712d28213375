import type { RunInfo } from '../../src/session/requests/protocol.ts';

/** Groups hold processes, processes hold tracks. What can be closed has a number: groups first, then processes. */
export interface TreeProcess {
  readonly node: number;
  readonly name: string;
  readonly tracks: readonly number[];
}

export interface TreeGroup {
  readonly node: number;
  readonly label: string;
  readonly device: number;
  readonly processes: readonly TreeProcess[];
  /** What belongs to the rank of a device and is none: its host. */
  readonly inner: readonly TreeGroup[];
}

/** Tracks on which nothing happens are left out. */
export function trackTree({ groups, tracks }: RunInfo): TreeGroup[] {
  const processesOf = new Map<number, Map<string, number[]>>();
  tracks.forEach(({ group, process, sliceCount, sampleCount, instantCount }, track) => {
    if (sliceCount + sampleCount + instantCount === 0) return;
    const processes = processesOf.get(group) ?? new Map<string, number[]>();
    processesOf.set(group, processes);
    const owned = processes.get(process);
    if (owned === undefined) processes.set(process, [track]);
    else owned.push(track);
  });
  let node = groups.length;
  const all = groups.flatMap(({ label, device }, group): TreeGroup[] => {
    const processes = [...(processesOf.get(group) ?? [])].map(([name, owned]) => ({
      ...{ node: node++, name, tracks: owned },
    }));
    return processes.length === 0 ? [] : [{ node: group, label, device, processes, inner: [] }];
  });
  return withinRanks(all, (group) => groups[group.node].rank);
}

/**
 * Ranks are compared by what their devices did, so of several ranks each is one group, that of its device, which holds the
 * rest of it. A rank of more devices is left as it is: what belongs to all of them belongs to none.
 */
function withinRanks(all: readonly TreeGroup[], rankOf: (group: TreeGroup) => number): TreeGroup[] {
  const devices = new Map<number, TreeGroup[]>();
  for (const group of all) {
    if (group.device >= 0) devices.set(rankOf(group), [...(devices.get(rankOf(group)) ?? []), group]);
  }
  const isWithin = (group: TreeGroup): boolean =>
    devices.size > 1 && group.device < 0 && devices.get(rankOf(group))?.length === 1;
  const inner = new Map<number, TreeGroup[]>();
  for (const group of all.filter(isWithin)) inner.set(rankOf(group), [...(inner.get(rankOf(group)) ?? []), group]);
  return all
    .filter((group) => !isWithin(group))
    .map((group) => (group.device < 0 ? group : { ...group, inner: inner.get(rankOf(group)) ?? [] }));
}

/** Groups and what is within them. */
export const groupsOf = (tree: readonly TreeGroup[]): TreeGroup[] =>
  tree.flatMap((group) => [group, ...groupsOf(group.inner)]);

/** All tracks of a group. */
export const tracksOf = (group: TreeGroup): number[] =>
  groupsOf([group]).flatMap(({ processes }) => processes.flatMap(({ tracks }) => tracks));

export const nodeCount = (tree: readonly TreeGroup[], info: RunInfo): number =>
  groupsOf(tree).reduce((count, { processes }) => count + processes.length, info.groups.length);
