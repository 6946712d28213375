import { NONE } from '../../timeline/index.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import { CLASS } from '../op-class.ts';
import type { Gap } from './gap.ts';
import { TimeCursor } from './time-cursor.ts';

/**
 * What stands in the way of the ops of a stream: its waits and copies. Those of a row of collectives are on the streams
 * that run no kernels. Those of an engine are its waits, and the copies of the other engines of its core, which feed it.
 */
export class StreamObstacles {
  readonly #tasks: DeviceTasks;
  /** By stream, the tasks that wait or copy, in the order of time, and where the last question was about. */
  readonly #ofStream: readonly Int32Array[];
  readonly #starts: readonly TimeCursor[];
  /** By stream, the streams on which something may be in the way of its ops. */
  readonly #before: readonly (readonly number[])[];
  readonly #withCopies: readonly number[];
  /** By stream, the other engines of its core that copy. */
  readonly #feeding: readonly (readonly number[])[];
  /** Of the gap measured last: how long each kind stood in it, and the task that did so longest. */
  waitNs = 0;
  copyNs = 0;
  longestWait = NONE;
  longestCopy = NONE;
  /** Of the copies by other engines of the core, the one that ended last. */
  lastFeed = NONE;

  constructor(tasks: DeviceTasks) {
    this.#tasks = tasks;
    const { length, opClass, startNs, endNs, stream, streams } = tasks;
    const counts = new Uint32Array(streams.length);
    const kernels = new Uint32Array(streams.length);
    const copies = new Uint32Array(streams.length);
    const all = new Int32Array(length);
    let obstacleCount = 0;
    for (let task = 0; task < length; task++) {
      const code = opClass[task];
      if (code === CLASS.compute) kernels[stream[task]]++;
      else if (code === CLASS.copy) copies[stream[task]]++;
      if ((code !== CLASS.wait && code !== CLASS.copy) || endNs[task] <= startNs[task]) continue;
      all[obstacleCount++] = task;
      counts[stream[task]]++;
    }
    this.#ofStream = Array.from(counts, (count) => new Int32Array(count));
    const filled = new Uint32Array(streams.length);
    for (const task of all.subarray(0, obstacleCount)) this.#ofStream[stream[task]][filled[stream[task]]++] = task;
    const numbers = streams.map((_, number) => number).filter((number) => counts[number] > 0);
    this.#starts = this.#ofStream.map((rows) => new TimeCursor(timesOf(rows, startNs)));
    this.#withCopies = numbers.filter((number) => copies[number] > 0);
    this.#feeding = streams.map(({ core, shard }, stream) =>
      core === NONE
        ? []
        : this.#withCopies.filter((other) => {
            return other !== stream && streams[other].core === core && streams[other].shard === shard;
          }),
    );
    const withoutKernels = numbers.filter((number) => kernels[number] === 0);
    this.#before = streams.map(({ kind }, stream) =>
      kind === 'communication' ? withoutKernels : numbers.filter((number) => number === stream),
    );
  }

  /** In the way of ops of this stream. */
  measure(stream: number, gap: Readonly<Gap>): void {
    this.#measureAll(this.#before[stream], gap);
    this.lastFeed = NONE;
    for (const other of this.#feeding[stream]) {
      const { waitNs, longestWait } = this;
      this.#measureOne(other, gap);
      // An engine that waits itself feeds nothing.
      [this.waitNs, this.longestWait] = [waitNs, longestWait];
      const last = this.#lastCopyIn(other, gap);
      if (last === NONE) continue;
      if (this.lastFeed === NONE || this.#tasks.endNs[last] > this.#tasks.endNs[this.lastFeed]) this.lastFeed = last;
    }
  }

  /** Copies on any stream. */
  measureCopies(gap: Readonly<Gap>): void {
    this.#measureAll(this.#withCopies, gap);
  }

  /** Of several streams the one counts on which most stands in the way. */
  #measureAll(streams: readonly number[], gap: Readonly<Gap>): void {
    this.waitNs = this.copyNs = 0;
    this.longestWait = this.longestCopy = NONE;
    for (let i = 0; i < streams.length; i++) this.#measureOne(streams[i], gap);
  }

  #lastCopyIn(stream: number, { startNs, endNs }: Readonly<Gap>): number {
    const [copies, { opClass, endNs: ends }] = [this.#ofStream[stream], this.#tasks];
    for (let at = this.#starts[stream].firstFrom(endNs) - 1; at >= 0 && ends[copies[at]] > startNs; at--) {
      if (opClass[copies[at]] === CLASS.copy && ends[copies[at]] <= endNs) return copies[at];
    }
    return NONE;
  }

  #measureOne(stream: number, { startNs, endNs }: Readonly<Gap>): void {
    const obstacles = this.#ofStream[stream];
    const last = this.#starts[stream].firstFrom(endNs) - 1;
    if (last < 0 || this.#tasks.endNs[obstacles[last]] <= startNs) return;
    const { startNs: starts, endNs: ends, opClass } = this.#tasks;
    let [waitNs, copyNs, longestWaitNs, longestCopyNs] = [0, 0, 0, 0];
    let [longestWait, longestCopy] = [NONE, NONE];
    let countedNs = endNs;
    // Tasks of a stream come one after the other, so ends are in order as starts are.
    for (let at = last; at >= 0 && ends[obstacles[at]] > startNs; at--) {
      const task = obstacles[at];
      const inGapNs = Math.min(ends[task], countedNs) - Math.max(starts[task], startNs);
      countedNs = Math.min(countedNs, starts[task]);
      if (inGapNs <= 0) continue;
      if (opClass[task] === CLASS.wait) {
        waitNs += inGapNs;
        if (inGapNs > longestWaitNs) [longestWait, longestWaitNs] = [task, inGapNs];
      } else {
        copyNs += inGapNs;
        if (inGapNs > longestCopyNs) [longestCopy, longestCopyNs] = [task, inGapNs];
      }
    }
    if (waitNs > this.waitNs) [this.waitNs, this.longestWait] = [waitNs, longestWait];
    if (copyNs > this.copyNs) [this.copyNs, this.longestCopy] = [copyNs, longestCopy];
  }
}

function timesOf(tasks: Int32Array, startNs: Float64Array): Float64Array {
  const times = new Float64Array(tasks.length);
  for (let at = 0; at < tasks.length; at++) times[at] = startNs[tasks[at]];
  return times;
}
