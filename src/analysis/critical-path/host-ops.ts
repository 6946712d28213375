/**
 * What the host did in the stretches of a path that lie on its threads: at each moment the innermost op, call or frame that
 * is open on the thread. Ranges that users mark and marks of steps tell nothing of it, so they are looked through.
 */
import { NONE, type Run, type SliceId } from '../../timeline/index.ts';
import type { TimeWindow } from '../extent.ts';
import { frameKinds } from '../host/frame-names.ts';
import type { RunTexts } from '../run-texts.ts';
import { type HostThread, type HostThreads, slicesBetween } from './host-threads.ts';
import type { PathSegments } from './walk.ts';

export interface PathHostOp {
  /** A text of the run; NONE: nothing was recorded there. */
  readonly key: number;
  /** How many slices, or how many stretches without one. */
  readonly count: number;
  readonly onPathNs: number;
}

/** Those with the most time first; together as long as the stretches on threads. */
export function hostOpsOf(run: Run, texts: RunTexts, threads: HostThreads, segments: PathSegments): PathHostOp[] {
  const sums = new Map<number, { key: number; count: number; onPathNs: number }>();
  const add = (key: number, count: number, onPathNs: number): void => {
    const sum = sums.get(key) ?? { key, count: 0, onPathNs: 0 };
    sums.set(key, sum);
    sum.count += count;
    sum.onPathNs += onPathNs;
  };
  for (const [number, thread] of threads.all.entries()) {
    const own = stretchesOn(number, segments);
    if (own.length > 0) new Innermost(own, add).sweep(slicesOf(run, texts, thread, own));
  }
  return [...sums.values()].sort((a, b) => b.onPathNs - a.onPathNs || a.key - b.key);
}

/** By time; those that touch are one. */
function stretchesOn(number: number, { length, thread, startNs, endNs }: PathSegments): TimeWindow[] {
  const own: { startNs: number; endNs: number }[] = [];
  for (let at = 0; at < length; at++) {
    if (thread[at] !== number) continue;
    const last = own.at(-1);
    if (last?.endNs === startNs[at]) last.endNs = endNs[at];
    else own.push({ startNs: startNs[at], endNs: endNs[at] });
  }
  return own;
}

interface OpenSlice {
  readonly key: number;
  readonly startNs: number;
  readonly endNs: number;
}

/** In the order of their starts, what is around others first. */
function slicesOf(run: Run, texts: RunTexts, { shard, tracks }: HostThread, own: readonly TimeWindow[]): OpenSlice[] {
  const { timeline, shiftNs } = run.shards[shard];
  const { slices } = timeline;
  const textOf = texts.of(run.shards[shard]);
  const { isAnnotation, isStep } = frameKinds(timeline);
  const isOp = (slice: SliceId): boolean => !isAnnotation(slices.category[slice]) && !isStep(slices.name[slice]);
  const [fromNs, toNs] = [own[0].startNs, own[own.length - 1].endNs];
  const found: OpenSlice[] = [];
  for (const track of tracks) {
    const [first, end] = slicesBetween(timeline, track, fromNs - shiftNs, toNs - shiftNs);
    for (let slice = first; slice < end; slice++) {
      const startNs = slices.startNs[slice] + shiftNs;
      const endNs = startNs + slices.durNs[slice];
      if (endNs > fromNs && isOp(slice)) found.push({ key: textOf(slices.name[slice]), startNs, endNs });
    }
  }
  return tracks.length === 1 ? found : found.sort((a, b) => a.startNs - b.startNs || b.endNs - a.endNs);
}

class Innermost {
  readonly #stretches: readonly TimeWindow[];
  readonly #add: (key: number, count: number, onPathNs: number) => void;
  readonly #open: { readonly slice: OpenSlice; isCounted: boolean }[] = [];
  #next = 0;
  #nowNs = Number.NEGATIVE_INFINITY;
  /** The stretch in which nothing was open last. */
  #emptyIn = NONE;

  constructor(stretches: readonly TimeWindow[], add: (key: number, count: number, onPathNs: number) => void) {
    this.#stretches = stretches;
    this.#add = add;
  }

  sweep(slices: readonly OpenSlice[]): void {
    for (const slice of slices) {
      this.#goTo(slice.startNs);
      this.#open.push({ slice, isCounted: false });
      this.#emptyIn = NONE;
    }
    this.#goTo(Number.POSITIVE_INFINITY);
  }

  #goTo(toNs: number): void {
    for (let top = this.#open.at(-1); top !== undefined && top.slice.endNs <= toNs; top = this.#open.at(-1)) {
      this.#spend(top.slice.endNs);
      this.#open.pop();
    }
    this.#spend(toNs);
  }

  /** The time until then belongs to what is open now. */
  #spend(toNs: number): void {
    for (; this.#next < this.#stretches.length; this.#next++) {
      const { startNs, endNs } = this.#stretches[this.#next];
      const lengthNs = Math.min(toNs, endNs) - Math.max(this.#nowNs, startNs);
      if (lengthNs > 0) this.#give(lengthNs);
      if (endNs > toNs) break;
    }
    this.#nowNs = Math.max(this.#nowNs, toNs);
  }

  #give(lengthNs: number): void {
    const top = this.#open.at(-1);
    const isNew = top === undefined ? this.#emptyIn !== this.#next : !top.isCounted;
    if (top === undefined) this.#emptyIn = this.#next;
    else top.isCounted = true;
    this.#add(top?.slice.key ?? NONE, isNew ? 1 : 0, lengthNs);
  }
}
