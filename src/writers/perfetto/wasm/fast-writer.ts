import type { ArgsStore } from '../../../timeline/index.ts';
import { ArgsMemory } from '../../args-memory.ts';
import type { Output } from '../../writer.ts';
import type { ShardPacketsOptions } from '../shard-packets.ts';
import { FastBuffer } from './fast-buffer.ts';
import { FastPackets } from './fast-packets.ts';
import { newWriterInstance, type WriterCaller, type WriterInstance } from './writer-module.ts';

/** The WebAssembly twin for all shards of a run, one after the other. Output and args stand in its memory. */
export class FastWriter {
  readonly buffer: FastBuffer;
  readonly #instance: WriterInstance;
  readonly #caller: CallerOfShard;

  /** undefined where WebAssembly is missing. */
  static create(output: Output): FastWriter | undefined {
    const caller = new CallerOfShard();
    const instance = newWriterInstance(caller.imports);
    return instance === undefined ? undefined : new FastWriter(output, instance, caller);
  }

  private constructor(output: Output, instance: WriterInstance, caller: CallerOfShard) {
    this.#instance = instance;
    this.#caller = caller;
    this.buffer = new FastBuffer(output, instance.exports);
  }

  /** Ends the shard before. The buffer must be empty. */
  packetsOf(options: ShardPacketsOptions): FastPackets {
    this.#instance.exports.start(options.shard.timeline.tracks.length);
    this.buffer.lookAgain();
    const packets = new FastPackets(this.#instance, this.buffer, options);
    this.#caller.shard = packets;
    return packets;
  }

  argsMemory(store: ArgsStore): ArgsMemory {
    const { exports, places } = this.#instance;
    return new ArgsMemory(store, () => new Uint8Array(exports.memory.buffer, places.ARGS, places.ARGS_BYTES));
  }
}

/** Passes the twin's calls on to the shard being written. */
class CallerOfShard {
  shard: WriterCaller | undefined;

  readonly imports: WriterCaller = {
    startLane: (track, lane) => this.shard!.startLane(track, lane),
    introduceString: (field, string) => {
      this.shard!.introduceString(field, string);
    },
    appendArgs: (row, outLength) => this.shard!.appendArgs(row, outLength),
    putNumber: (at, from, to) => this.shard!.putNumber(at, from, to),
  };
}
