/**
 * Graphs that were launched and of which no device shows anything: some profilers report neither the kernels of a graph nor
 * the graph. What a device did meanwhile nobody knows.
 */
import { NONE, type Run } from '../../timeline/index.ts';
import type { RunAnalysis } from '../analyse-run.ts';
import { byString } from '../by-string.ts';
import type { Launches } from '../launches.ts';
import type { DeviceOverlap } from '../overlap.ts';
import type { Gap } from './gap.ts';
import type { LaunchContext } from './host-part.ts';
import { Neighbours } from './neighbours.ts';
import { TimeCursor } from './time-cursor.ts';

/** Calls of a runtime; those of a driver stand in them. */
const RUNTIME_CALL = /^(cuda|hip|musa|supa)GraphLaunch/;

export class UnseenGraphs {
  /** Of the calls, in order, by the clock of the run. */
  readonly #startNs: Float64Array;
  readonly #starts: TimeCursor;
  readonly #context: LaunchContext;

  constructor(context: LaunchContext) {
    const { run, tasks, launches } = context;
    this.#context = context;
    const shards = [...new Set(tasks.streams.map(({ shard }) => shard))];
    this.#startNs = Float64Array.from(shards.flatMap((shard) => callStarts(run, launches, shard))).sort();
    this.#starts = new TimeCursor(this.#startNs);
  }

  get count(): number {
    return this.#startNs.length;
  }

  /** When the first was launched after the op before a gap and before the op after it; NaN where none was. */
  launchedAround({ startNs, endNs, before, after }: Gap): number {
    if (this.count === 0) return Number.NaN;
    const [beforeNs, afterNs] = [this.#launchOf(before), this.#launchOf(after)];
    const launchNs = this.#startNs[this.#starts.firstFrom(Number.isNaN(beforeNs) ? startNs : beforeNs)];
    return launchNs < (Number.isNaN(afterNs) ? endNs : afterNs) ? launchNs : Number.NaN;
  }

  #launchOf(task: number): number {
    if (task === NONE) return Number.NaN;
    const { tasks, launches } = this.#context;
    return launches.ofShard(tasks.streams[tasks.stream[task]].shard).startNs(tasks.slice[task]);
  }
}

/** How many graphs of a run left nothing on any device. */
export function unseenGraphCount({ run, launches }: Pick<RunAnalysis, 'run' | 'launches'>): number {
  return run.shards.reduce((sum, _, shard) => sum + callStarts(run, launches, shard).length, 0);
}

/** How much of the idle time of a device comes after the launch of such a graph and before the next op: it may have run then. */
export function unseenGraphNs(context: LaunchContext, { deviceIdle }: Pick<DeviceOverlap, 'deviceIdle'>): number {
  const graphs = new UnseenGraphs(context);
  if (graphs.count === 0) return 0;
  const neighbours = new Neighbours(context.tasks, 'ops');
  let sumNs = 0;
  for (let i = 0; i < deviceIdle.length; i += 2) {
    const gap = { startNs: deviceIdle[i], endNs: deviceIdle[i + 1], before: NONE, after: NONE };
    neighbours.findFor(gap);
    const launchNs = graphs.launchedAround(gap);
    if (!Number.isNaN(launchNs)) sumNs += Math.max(0, gap.endNs - Math.max(gap.startNs, launchNs));
  }
  return sumNs;
}

function callStarts(run: Run, launches: Launches, shard: number): number[] {
  const { timeline, shiftNs } = run.shards[shard];
  const { slices, strings, tracks, sliceRange } = timeline;
  const isGraphCall = byString(strings.size, (name) => Number(RUNTIME_CALL.test(strings.get(name))));
  const found: number[] = [];
  for (const [track, { kind }] of tracks.entries()) {
    if (kind !== 'thread') continue;
    for (let slice = sliceRange[track]; slice < sliceRange[track + 1]; slice++) {
      if (isGraphCall(slices.name[slice]) === 0 || launches.ofShard(shard).taskCount(slice) > 0) continue;
      found.push(slices.startNs[slice] + shiftNs);
    }
  }
  return found;
}
