import { NONE } from './model.ts';

/** What was captured of one rank, or of one of its devices. */
export interface JobMember {
  /** NONE where unknown. */
  readonly rank: number;
  readonly capture: string | undefined;
  /** On an axis that all have in common; undefined where nothing tells. */
  readonly time: { readonly startNs: number; readonly endNs: number } | undefined;
}

/**
 * Which captures are of one job, by numbers from 0. Where each rank has one capture all are, however far apart their clocks
 * may be. Several captures of a rank are of several jobs: another rank is of the first whose time it overlaps in which it
 * has no other capture.
 */
export function jobsOf(members: readonly JobMember[]): number[] {
  const jobs: Job[] = [];
  const captures = new Map<number, JobMember>();
  const isOne = members.every((member) => {
    const first = captures.get(member.rank) ?? member;
    captures.set(member.rank, first);
    return !areTwoRuns(first, member);
  });
  return members.map((member) => {
    const known = jobs.findIndex((job) => isOne || job.mayHold(member));
    if (known >= 0) jobs[known].add(member);
    return known >= 0 ? known : jobs.push(new Job(member)) - 1;
  });
}

function areTwoRuns(a: JobMember, b: JobMember): boolean {
  return a.rank !== NONE && a.rank === b.rank && a.capture !== b.capture;
}

class Job {
  readonly #members: JobMember[];

  constructor(first: JobMember) {
    this.#members = [first];
  }

  mayHold(member: JobMember): boolean {
    const timed = this.#members.filter(({ time }) => time !== undefined);
    return (
      this.#members.every((other) => !areTwoRuns(member, other)) &&
      (member.time === undefined || timed.length === 0 || timed.some((other) => overlapInTime(member, other)))
    );
  }

  add(member: JobMember): void {
    this.#members.push(member);
  }
}

/** Not known to be at different times. */
export function overlapInTime({ time: a }: Pick<JobMember, 'time'>, { time: b }: Pick<JobMember, 'time'>): boolean {
  return a === undefined || b === undefined || (a.startNs <= b.endNs && b.startNs <= a.endNs);
}
