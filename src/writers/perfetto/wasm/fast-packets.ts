import { ByteBuffer } from '../../../bytes/byte-buffer.ts';
import type { LoadedWindow } from '../../windows.ts';
import { putNumber } from '../annotation-number.ts';
import { Annotations } from '../annotations.ts';
import type { ShardPackets, ShardPacketsOptions } from '../shard-packets.ts';
import type { FastBuffer } from './fast-buffer.ts';
import { FastStrings } from './fast-strings.ts';
import { RowColumns } from './row-columns.ts';
import type { WriterCaller, WriterInstance } from './writer-module.ts';

/** From so many rows on copying columns is faster than copying rows. */
const SHORTEST_RUN = 16;

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
  /** Addresses by track. */
  readonly #counterSequences: number[] = [];
  #tracksToEnd: number;
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
    this.#tracksToEnd = options.shard.timeline.tracks.length;
  }

  write(window: LoadedWindow): void {
    const { exports } = this.#instance;
    const { shiftNs } = this.#options.shard;
    if (window !== this.#window) this.#enter(window);
    while (window.at < window.order.length && !this.#buffer.isFull) {
      if (window.at === this.#to) this.#fill(window);
      exports.setOutLength(this.#buffer.length);
      window.at = this.#from + exports.writeRows(window.at - this.#from, this.#to - this.#from, shiftNs);
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
    const count = Math.min(order.length - at, this.#instance.places.ROWS);
    this.#fillFlows(order, at, count);
    const { slices, instants } = this.#options.shard.timeline;
    const columns = new RowColumns(this.#instance, count);
    columns.argsFrom.set(args.from.subarray(at, at + count));
    columns.argsBytes.set(args.size.subarray(at, at + count));
    for (let i = 0; i < count;) {
      const row = order[at + i];
      if (row < 0) {
        columns.putInstant(i++, instants, ~row);
        continue;
      }
      let end = i + 1;
      while (end < count && order[at + end] === row + end - i) end++;
      if (end - i >= SHORTEST_RUN) columns.putSlices(i, slices, row, end - i);
      else for (let k = i; k < end; k++) columns.putSlice(k, slices, row + k - i);
      i = end;
    }
    this.#from = at;
    this.#to = at + count;
  }

  #fillFlows(order: Int32Array, at: number, count: number): void {
    const { exports, places } = this.#instance;
    const { flows } = this.#options;
    if (flows === undefined) {
      new Uint32Array(exports.memory.buffer, places.ROW_FLOWS_TO, count).fill(0);
      return;
    }
    const { range, ids } = flows;
    let total = 0;
    for (let i = at; i < at + count; i++) if (order[i] >= 0) total += range[order[i] + 1] - range[order[i]];
    const place = exports.flowsFor(total);
    const flowIds = new Float64Array(exports.memory.buffer, place, total);
    const flowsTo = new Uint32Array(exports.memory.buffer, places.ROW_FLOWS_TO, count);
    let done = 0;
    for (let i = 0; i < count; i++) {
      const row = order[at + i];
      if (row >= 0) for (let end = range[row]; end < range[row + 1]; end++) flowIds[done++] = ids[end];
      flowsTo[i] = done;
    }
  }

  endNextTrack(): boolean {
    const { exports } = this.#instance;
    if (this.#tracksToEnd === 0) return false;
    exports.setOutLength(this.#buffer.length);
    exports.endTrack(--this.#tracksToEnd);
    this.#takeOutput();
    return true;
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

  startLane(track: number, lane: number): number {
    this.#takeOutput();
    const id = this.#options.startLane(track, lane);
    this.#instance.exports.setOutLength(this.#buffer.length);
    return id;
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

  putNumber(at: number, from: number, to: number): number {
    const { memory } = this.#buffer;
    return putNumber(memory, at, memory, from, to);
  }
}
