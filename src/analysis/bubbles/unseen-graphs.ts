/**
 * Graphs that were launched and of which no device shows anything: some profilers report neither the kernels of a graph nor
 * the graph. What a device did meanwhile nobody knows.
 */
import { byString } from '../by-string.ts';
import type { LaunchContext } from './host-part.ts';
import { TimeCursor } from './time-cursor.ts';

/** Calls of a runtime; those of a driver stand in them. */
const RUNTIME_CALL = /^(cuda|hip|musa|supa)GraphLaunch/;

export class UnseenGraphs {
  /** Of the calls, in order, by the clock of the run. */
  readonly #startNs: Float64Array;
  readonly #starts: TimeCursor;

  constructor({ run, tasks, launches }: LaunchContext) {
    const shards = [...new Set(tasks.streams.map(({ shard }) => shard))];
    const startNs = shards.flatMap((shard) => {
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
    });
    this.#startNs = Float64Array.from(startNs).sort();
    this.#starts = new TimeCursor(this.#startNs);
  }

  /** Whether one was launched between the two times of the host. */
  anyBetween(fromNs: number, toNs: number): boolean {
    const starts = this.#startNs;
    return starts.length > 0 && starts[this.#starts.firstFrom(fromNs)] < toNs;
  }
}
