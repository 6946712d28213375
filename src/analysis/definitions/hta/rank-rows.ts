/**
 * What HTA reads of a rank, one file: every slice whose args name a stream other than -1, in whole microseconds. Starts are
 * rounded up and ends down, so that a slice below 1 us may last -1 us. Of a run with several steps, the last one is dropped:
 * with it go the calls from its start on, and all slices that were launched by none of the others.
 */
import { NONE, type Run, type Shard, type SliceId, type Timeline } from '../../../timeline/index.ts';
import { type DeviceId, deviceIdOf } from '../../device-id.ts';
import { Launches, type ShardLaunches } from '../../launches.ts';
import { mergedOrder } from '../../sorted-merge.ts';
import { kernelTypeOf } from './kernel-type.ts';

const STEP_MARK = /^ProfilerStep#(\d+)/;
/** Categories of what counts in the idle time of a stream: not waiting for one another. */
const WORK = /^(kernel|gpu_memset|gpu_memcpy|memset|memcpy)$/i;
/** Calls that put work on a stream, for the lengths of queues. */
const ENQUEUES =
  /^(cuda(LaunchKernel(ExC)?|Mem(cpy|set)Async)|cuLaunchKernel(Ex)?|hip((ExtModule)?LaunchKernel|Mem(cpy|set)Async|MemcpyWithStream))$/;
/** Calls of which launch statistics are made. */
const LAUNCHES = /^cuda(LaunchKernel(ExC)?|Mem(cpy|set)Async)$/;

/** Columns, in the order of starts. Times are us of the rank's own clock. */
export interface HtaRows extends DeviceId {
  readonly length: number;
  readonly startUs: Float64Array;
  readonly endUs: Float64Array;
  /** Position in KERNEL_TYPES. */
  readonly type: Uint8Array;
  readonly name: Int32Array;
  readonly textOf: (name: number) => string;
  readonly stream: Float64Array;
  /** 1 for kernels and copies. */
  readonly isWork: Uint8Array;
  /** The call that launched it; NaN where none is known. */
  readonly callStartUs: Float64Array;
  readonly callEndUs: Float64Array;
  readonly isEnqueued: Uint8Array;
  readonly isLaunched: Uint8Array;
  /** GB/s as the profiler gives them, 0 where it does not. */
  readonly bandwidth: Float64Array;
  /** Those that were kept. */
  readonly steps: readonly HtaStep[];
}

export interface HtaStep {
  readonly step: string;
  readonly startUs: number;
  readonly endUs: number;
}

/** One entry for each shard whose slices say what launched them. */
export function htaRows(run: Run): HtaRows[] {
  const launches = new Launches(run);
  const ranks = run.shards.flatMap((shard, number) => {
    return shard.timeline.slices.typed.has('correlation') ? [new RankReading(shard, launches.ofShard(number))] : [];
  });
  const dropsLast = new Set(ranks.flatMap(({ steps }) => steps.map(({ step }) => step))).size > 1;
  return ranks.map((rank) => rank.rows(dropsLast)).filter(({ length }) => length > 0);
}

class RankReading {
  readonly steps: readonly HtaStep[];
  readonly #shard: Shard;
  readonly #launches: ShardLaunches;
  readonly #timeline: Timeline;
  readonly #phaseNs: number;
  readonly #enqueues: NamePattern;
  readonly #launchCalls: NamePattern;
  readonly #work: NamePattern;

  constructor(shard: Shard, launches: ShardLaunches) {
    this.#shard = shard;
    this.#launches = launches;
    this.#timeline = shard.timeline;
    const { originNs, slices } = shard.timeline;
    this.#phaseNs = Number(((originNs % 1000n) + 1000n) % 1000n);
    this.#enqueues = new NamePattern(shard.timeline, slices.name, ENQUEUES);
    this.#launchCalls = new NamePattern(shard.timeline, slices.name, LAUNCHES);
    this.#work = new NamePattern(shard.timeline, slices.category, WORK);
    this.steps = this.#findSteps();
  }

  rows(dropsLast: boolean): HtaRows {
    const steps = this.steps;
    const lastUs = dropsLast ? (steps.at(-1)?.startUs ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
    const { sliceRange, tracks, slices } = this.#timeline;
    const kept = new Int32Array(slices.length);
    let length = 0;
    const bounds = [0];
    const streamId = slices.typed.get('streamId');
    for (let track = 0; track < tracks.length && streamId !== undefined; track++) {
      for (let slice = sliceRange[track]; slice < sliceRange[track + 1]; slice++) {
        const stream = streamId.at(slice);
        if (Number.isNaN(stream) || stream === -1) continue;
        if (lastUs === Number.POSITIVE_INFINITY || this.#callStartUs(this.#callOf(slice)) < lastUs) {
          kept[length++] = slice;
        }
      }
      bounds.push(length);
    }
    return this.#columns(this.#inOrder(kept.subarray(0, length), bounds), lastUs);
  }

  #inOrder(kept: Int32Array, bounds: readonly number[]): Int32Array {
    const { startNs, durNs } = this.#timeline.slices;
    const starts = floats(kept.length, (row) => startNs[kept[row]]);
    const lengths = floats(kept.length, (row) => durNs[kept[row]]);
    return Int32Array.from(mergedOrder(bounds, starts, lengths)).map((row) => kept[row]);
  }

  #columns(kept: Int32Array, lastUs: number): HtaRows {
    const { slices, strings } = this.#timeline;
    const { length } = kept;
    const typed = (name: string): Float64Array => {
      const column = slices.typed.get(name);
      return floats(length, (row) => column?.at(kept[row]) ?? Number.NaN);
    };
    const calls = kept.map((slice) => this.#callOf(slice));
    const types: number[] = [];
    const typeOf = (name: number): number => (types[name] ??= kernelTypeOf(strings.get(name)));
    const flags = (is: (row: number) => boolean): Uint8Array => new Uint8Array(length).map((_, row) => Number(is(row)));
    return {
      ...this.#device(kept),
      length,
      startUs: floats(length, (row) => this.#startUs(kept[row])),
      endUs: floats(length, (row) => this.#endUs(kept[row])),
      type: new Uint8Array(length).map((_, row) => typeOf(slices.name[kept[row]])),
      name: kept.map((slice) => slices.name[slice]),
      textOf: (name) => strings.get(name),
      stream: typed('streamId'),
      isWork: flags((row) => this.#work.fits(kept[row])),
      callStartUs: floats(length, (row) => this.#callStartUs(calls[row])),
      callEndUs: floats(length, (row) => (calls[row] === NONE ? Number.NaN : this.#endUs(calls[row]))),
      isEnqueued: flags((row) => this.#enqueues.fits(calls[row])),
      isLaunched: flags((row) => this.#launchCalls.fits(calls[row])),
      bandwidth: typed('bandwidthGBs').map((rate) => rate || 0),
      steps: this.steps.filter(({ startUs }) => startUs < lastUs),
    };
  }

  /** The device that all slices ran on; NONE where they are several's. */
  #device(kept: Int32Array): DeviceId {
    const { tracks, processes, slices } = this.#timeline;
    const found = new Set(
      [...new Set(kept.map((slice) => slices.track[slice]))].map((track) => processes[tracks[track].process]),
    );
    const devices = [...found].filter(({ side }) => side === 'device');
    const [first] = devices.length > 0 ? devices : [...found];
    return deviceIdOf(this.#shard, { rank: first?.rank ?? NONE, device: devices.length === 1 ? first.device : NONE });
  }

  #callOf(slice: SliceId): SliceId {
    return this.#launches.call(slice);
  }

  #callStartUs(call: SliceId): number {
    return call === NONE ? Number.NaN : this.#startUs(call);
  }

  #startUs(slice: SliceId): number {
    return Math.ceil((this.#timeline.slices.startNs[slice] + this.#phaseNs) / 1000);
  }

  #endUs(slice: SliceId): number {
    const { startNs, durNs } = this.#timeline.slices;
    return Math.floor((startNs[slice] + durNs[slice] + this.#phaseNs) / 1000);
  }

  /** By start; a step that devices repeat stands there again. */
  #findSteps(): HtaStep[] {
    const { slices, strings } = this.#timeline;
    const stepOfName: string[] = [];
    const steps: HtaStep[] = [];
    for (let slice = 0; slice < slices.length; slice++) {
      const name = slices.name[slice];
      const step = (stepOfName[name] ??= STEP_MARK.exec(strings.get(name))?.[1] ?? '');
      if (step !== '') steps.push({ step, startUs: this.#startUs(slice), endUs: this.#endUs(slice) });
    }
    return steps.sort((a, b) => a.startUs - b.startUs);
  }
}

/** Whether a text of slices fits a pattern, asked once for each text. */
class NamePattern {
  readonly #timeline: Timeline;
  readonly #textOf: Int32Array;
  readonly #pattern: RegExp;
  readonly #known: (boolean | undefined)[] = [];

  constructor(timeline: Timeline, textOf: Int32Array, pattern: RegExp) {
    this.#timeline = timeline;
    this.#textOf = textOf;
    this.#pattern = pattern;
  }

  fits(slice: SliceId): boolean {
    const text = slice === NONE ? NONE : this.#textOf[slice];
    return text !== NONE && (this.#known[text] ??= this.#pattern.test(this.#timeline.strings.get(text)));
  }
}

function floats(length: number, valueOf: (row: number) => number): Float64Array {
  return new Float64Array(length).map((_, row) => valueOf(row));
}
