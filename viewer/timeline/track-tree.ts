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
}

/** Tracks on which nothing happens are left out. */
export function trackTree({ groups, tracks }: RunInfo): TreeGroup[] {
  const processesOf = new Map<number, Map<string, number[]>>();
  tracks.forEach(({ group, process, sliceCount, sampleCount }, track) => {
    if (sliceCount + sampleCount === 0) return;
    const processes = processesOf.get(group) ?? new Map<string, number[]>();
    processesOf.set(group, processes);
    const owned = processes.get(process);
    if (owned === undefined) processes.set(process, [track]);
    else owned.push(track);
  });
  let node = groups.length;
  return groups.flatMap(({ label, device }, group) => {
    const processes = [...(processesOf.get(group) ?? [])].map(([name, owned]) => ({
      ...{ node: node++, name, tracks: owned },
    }));
    return processes.length === 0 ? [] : [{ node: group, label, device, processes }];
  });
}

export const nodeCount = (tree: readonly TreeGroup[], info: RunInfo): number =>
  tree.reduce((count, { processes }) => count + processes.length, info.groups.length);
