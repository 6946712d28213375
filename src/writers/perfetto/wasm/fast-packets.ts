import { ByteBuffer } from '../../../bytes/byte-buffer.ts';
import type { LoadedWindow } from '../../windows.ts';
import { putNumber } from '../annotation-number.ts';
import { Annotations } from '../annotations.ts';
import { appendFlows } from '../flow-ends.ts';
import type { ShardPackets, ShardPacketsOptions } from '../shard-packets.ts';
import type { FastBuffer } from './fast-buffer.ts';
import { FastStrings } from './fast-strings.ts';
import type { WriterCaller, WriterInstance } from './writer-module.ts';

const INSTANT_DEPTH = -1;
const NOT_STARTED = 0;

/**
 * The packets of one shard by the WebAssembly twin (assembly/index.ts). It is given rows in columns, and calls back for
 * what is not usual. All state is on its side: sequences, numbers of strings, open slices.
 */
export class FastPackets implements ShardPackets, WriterCaller {
  readonly #instance: WriterInstance;
  readonly #buffer: FastBuffer;
  readonly #options: ShardPacketsOptions;
  readonly #strings: FastStrings;
  readonly #annotations: Annotations;
  readonly #argsScratch = new ByteBuffer();
  /** Addresses by track and lane. */
  readonly #sequences: number[][];
  readonly #counterSequences: number[] = [];
  #window: LoadedWindow | undefined;
  /** The rows of the window that stand in the columns. */
  #from = 0;
  #to = 0;
  /** Where the window's args are when they do not fit the twin's memory. */
  #foreignArgs: Uint8Array | undefined;

  constructor(instance: WriterInstance, buffer: FastBuffer, options: ShardPacketsOptions) {
    this.#instance = instance;
    this.#buffer = buffer;
    this.#options = options;
    this.#strings = new FastStrings(instance.exports, buffer);
    this.#annotations = new Annotations(buffer, this.#strings, options.diagnostics);
    this.#sequences = options.shard.timeline.tracks.map(() => []);
  }

  write(window: LoadedWindow): void {
    const { exports } = this.#instance;
    if (window !== this.#window) this.#enter(window);
    while (window.at < window.order.length && !this.#buffer.isFull) {
      if (window.at === this.#to) this.#fill(window);
      exports.setOutLength(this.#buffer.length);
      window.at = this.#from + exports.writeRows(window.at - this.#from, this.#to - this.#from);
      this.#takeOutput();
    }
  }

  #enter(window: LoadedWindow): void {
    const isOwn = window.args.bytes.buffer === this.#instance.exports.memory.buffer;
    this.#foreignArgs = isOwn ? undefined : window.args.bytes;
    this.#window = window;
    this.#from = 0;
    this.#to = 0;
  }

  #takeOutput(): void {
    this.#buffer.lookAgain();
    this.#buffer.length = this.#instance.exports.outLength.value;
  }

  /** Puts the window's next rows into the columns. */
  #fill({ order, args, at }: LoadedWindow): void {
    const { places } = this.#instance;
    const { buffer } = this.#instance.exports.memory;
    const count = Math.min(order.length - at, places.ROWS);
    const i32 = (place: number) => new Int32Array(buffer, place, count);
    const timeNs = new Float64Array(buffer, places.ROW_TIME, count);
    const endNs = new Float64Array(buffer, places.ROW_END, count);
    const depth = i32(places.ROW_DEPTH);
    const sequence = i32(places.ROW_SEQUENCE);
    const name = i32(places.ROW_NAME);
    const category = i32(places.ROW_CATEGORY);
    const argsFrom = i32(places.ROW_ARGS_FROM);
    const argsBytes = i32(places.ROW_ARGS_BYTES);
    const hasFlows = new Uint8Array(buffer, places.ROW_HAS_FLOWS, count);
    const { flows, shard } = this.#options;
    const { slices, instants } = shard.timeline;
    for (let i = 0; i < count; i++) {
      const row = order[at + i];
      argsFrom[i] = places.ARGS + args.from[at + i];
      argsBytes[i] = args.size[at + i];
      if (row >= 0) {
        timeNs[i] = slices.startNs[row] + shard.shiftNs;
        endNs[i] = timeNs[i] + slices.durNs[row];
        depth[i] = slices.depth[row];
        sequence[i] = this.#sequenceOf(slices.track[row], slices.lane[row]);
        name[i] = slices.name[row];
        category[i] = slices.category[row];
        hasFlows[i] = flows !== undefined && flows.range[row] < flows.range[row + 1] ? 1 : 0;
      } else {
        timeNs[i] = instants.timeNs[~row] + shard.shiftNs;
        depth[i] = INSTANT_DEPTH;
        sequence[i] = this.#sequenceOf(instants.track[~row], 0);
        name[i] = instants.name[~row];
        category[i] = instants.category[~row];
        hasFlows[i] = 0;
      }
    }
    this.#from = at;
    this.#to = at + count;
  }

  #sequenceOf(track: number, lane: number): number {
    const lanes = this.#sequences[track];
    return lane < lanes.length ? lanes[lane] : NOT_STARTED;
  }

  endNextTrack(): boolean {
    const { exports } = this.#instance;
    const lanes = this.#sequences.pop();
    exports.setOutLength(this.#buffer.length);
    for (const sequence of lanes ?? []) exports.endAll(sequence);
    this.#takeOutput();
    return lanes !== undefined;
  }

  writeSamples(track: number, from: number, to: number): number {
    const { exports, places } = this.#instance;
    const { shard, startCounter, diagnostics } = this.#options;
    const { timeNs, value } = shard.timeline.counters;
    this.#counterSequences[track] ??= exports.newSequence(startCounter(track));
    const count = Math.min(to - from, places.ROWS);
    const { buffer } = exports.memory;
    new Float64Array(buffer, places.ROW_TIME, count).set(timeNs.subarray(from, from + count));
    new Float64Array(buffer, places.SAMPLE_VALUE, count).set(value.subarray(from, from + count));
    exports.setOutLength(this.#buffer.length);
    const done = exports.writeSamples(this.#counterSequences[track], 0, count, shard.shiftNs);
    this.#takeOutput();
    const skipped = exports.skippedCount.value;
    if (skipped > 0) diagnostics.add('counter_not_numeric', undefined, undefined, skipped);
    return from + done;
  }

  /** Lanes are filled from the first, so a new one comes right behind the last. */
  startSequence(row: number): number {
    const { exports } = this.#instance;
    const { slices, instants } = this.#options.shard.timeline;
    const index = this.#window!.order[this.#from + row];
    const track = index >= 0 ? slices.track[index] : instants.track[~index];
    const lane = index >= 0 ? slices.lane[index] : 0;
    const lanes = this.#sequences[track];
    this.#takeOutput();
    while (lanes.length <= lane) lanes.push(exports.newSequence(this.#options.startLane(track, lanes.length)));
    exports.setOutLength(this.#buffer.length);
    return lanes[lane];
  }

  introduceString(field: number, string: number): void {
    this.#strings.introduce(field, string + 1, this.#options.shard.timeline.strings.utf8(string));
  }

  appendArgs(row: number, outLength: number): number {
    const { args } = this.#window!;
    const index = this.#from + row;
    const from = args.from[index] + (this.#foreignArgs === undefined ? this.#instance.places.ARGS : 0);
    // A copy stays where it is when the twin's memory grows.
    this.#argsScratch.length = 0;
    this.#argsScratch.append(this.#foreignArgs ?? this.#buffer.memory, from, from + args.size[index]);
    this.#buffer.lookAgain();
    this.#buffer.length = outLength;
    this.#annotations.write(this.#argsScratch.bytes, 0, this.#argsScratch.length);
    return this.#buffer.length;
  }

  appendFlows(row: number, outLength: number): number {
    this.#buffer.lookAgain();
    this.#buffer.length = outLength;
    appendFlows(this.#buffer, this.#options.flows!, this.#window!.order[this.#from + row]);
    return this.#buffer.length;
  }

  putNumber(at: number, from: number, to: number): number {
    const { memory } = this.#buffer;
    return putNumber(memory, at, memory, from, to);
  }
}
