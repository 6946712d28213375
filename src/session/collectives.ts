import { isPointToPoint, Occurrences, type Residual, type Timeline } from '../timeline/index.ts';

/** A timeline of a clock, and how long after the clock's first event its origin is. */
export interface OwnTimeline {
  readonly timeline: Timeline;
  readonly fromNs: number;
}

/** When the collectives of a clock end, in ns from its first event, by what makes them the same on every rank. */
export type CollectiveEnds = ReadonlyMap<string, number>;

/** A collective is known by its name and how many of that name ended before it. */
export function collectiveEnds(timelines: readonly OwnTimeline[]): CollectiveEnds {
  const ends = new Map<string, number>();
  for (const found of collectivesByDevice(timelines).values()) {
    const occurrences = new Occurrences<string>();
    for (const { name, endNs } of found.sort((a, b) => a.endNs - b.endNs)) {
      const key = `${occurrences.next(name)} ${name}`;
      // One that several devices of the clock take part in is over when it is on all of them.
      ends.set(key, Math.max(endNs, ends.get(key) ?? endNs));
    }
  }
  return ends;
}

interface Collective {
  readonly name: string;
  readonly endNs: number;
}

function collectivesByDevice(timelines: readonly OwnTimeline[]): Map<number, Collective[]> {
  const byDevice = new Map<number, Collective[]>();
  for (const { timeline, fromNs } of timelines) {
    const { tracks, processes, slices, sliceRange, strings } = timeline;
    tracks.forEach(({ kind, process }, track) => {
      if (kind !== 'communication') return;
      const { device } = processes[process];
      const found = byDevice.get(device) ?? [];
      byDevice.set(device, found);
      for (let row = sliceRange[track]; row < sliceRange[track + 1]; row++) {
        const name = strings.get(slices.name[row]);
        if (!isPointToPoint(name)) found.push({ name, endNs: fromNs + slices.startNs[row] + slices.durNs[row] });
      }
    });
  }
  return byDevice;
}

/** How many collectives each two of the clocks have in common. */
export function sharedCounts(ends: readonly CollectiveEnds[]): Uint32Array[] {
  const counts = ends.map(() => new Uint32Array(ends.length));
  // Few groups take part in many collectives, so groups are counted first.
  const groups = new Map<string, { members: readonly number[]; count: number }>();
  for (const members of membersOf(ends).values()) {
    const key = members.join();
    const group = groups.get(key) ?? { members, count: 0 };
    group.count++;
    groups.set(key, group);
  }
  for (const { members, count } of groups.values()) {
    for (const a of members) for (const b of members) if (a !== b) counts[a][b] += count;
  }
  return counts;
}

/** By how much `b` has to be moved for its collectives to end when those of `a` do: the median over what they share. */
export function medianShift(a: CollectiveEnds, b: CollectiveEnds): number {
  const shifts: number[] = [];
  for (const [key, endNs] of b) {
    const other = a.get(key);
    if (other !== undefined) shifts.push(other - endNs);
  }
  return median(shifts);
}

/** `placedNs`: the first event of each clock on the axis that they have in common by now. */
export function residualOf(ends: readonly CollectiveEnds[], placedNs: readonly number[]): Residual | undefined {
  const spreads: number[] = [];
  for (const [key, members] of membersOf(ends)) {
    if (members.length < 2) continue;
    let first = Number.POSITIVE_INFINITY;
    let last = Number.NEGATIVE_INFINITY;
    for (const member of members) {
      const endNs = placedNs[member] + ends[member].get(key)!;
      first = Math.min(first, endNs);
      last = Math.max(last, endNs);
    }
    spreads.push(last - first);
  }
  if (spreads.length === 0) return undefined;
  const maxNs = spreads.reduce((max, ns) => Math.max(max, ns));
  return { medianNs: median(spreads), maxNs, count: spreads.length };
}

/** How many collectives of each clock are also known to another. */
export function sharedWithAny(ends: readonly CollectiveEnds[]): number[] {
  const counts = ends.map(() => 0);
  for (const members of membersOf(ends).values()) {
    if (members.length > 1) for (const member of members) counts[member]++;
  }
  return counts;
}

/** By collective, who took part in it. */
function membersOf(ends: readonly CollectiveEnds[]): Map<string, number[]> {
  const membersByKey = new Map<string, number[]>();
  ends.forEach((own, member) => {
    for (const key of own.keys()) {
      const members = membersByKey.get(key);
      if (members === undefined) membersByKey.set(key, [member]);
      else members.push(member);
    }
  });
  return membersByKey;
}

/** A whole number; of two in the middle, what lies halfway. */
function median(numbers: readonly number[]): number {
  const sorted = Float64Array.from(numbers).sort();
  const low = sorted[(sorted.length - 1) >> 1];
  const high = sorted[sorted.length >> 1];
  return low + Math.floor((high - low) / 2);
}
