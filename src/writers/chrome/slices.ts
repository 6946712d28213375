import type { Diagnostics } from '../../base/index.ts';
import { type ArgsColumns, type InstantColumns, NONE, type Shard, type SliceColumns } from '../../timeline/index.ts';
import type { WindowArgs } from '../args-memory.ts';
import type { OutputBuffer } from '../output-buffer.ts';
import type { LoadedWindow } from '../windows.ts';
import { ArgsText } from './args-text.ts';
import type { LaneRow } from './layout.ts';
import type { RowText } from './row-text.ts';
import type { StringTexts } from './string-texts.ts';
import type { TimeText } from './time-text.ts';
import type { RowBatch } from './wasm/row-batch.ts';

const INSTANT = ascii(',\n{"ph":"i","s":"t",');
const DURATION = ascii(',"dur":');
const NAME = ascii(',"name":');
const CATEGORY = ascii(',"cat":');
const ARGS = ascii(',"args":');
const CLOSE = 0x7d;

/** Writes the slices and instants of one shard, each as one event with the comma before it. */
export class SliceEvents {
  readonly #buffer: OutputBuffer;
  readonly #slices: SliceColumns;
  readonly #instants: InstantColumns;
  readonly #shiftNs: number;
  readonly #lanes: LaneRow[][];
  readonly #strings: StringTexts;
  readonly #times: TimeText;
  readonly #batch: RowBatch | undefined;
  readonly #argsText: ArgsText;
  readonly #diagnostics: Diagnostics;

  constructor(
    buffer: OutputBuffer,
    { timeline, shiftNs }: Shard,
    lanes: LaneRow[][],
    strings: StringTexts,
    times: TimeText,
    batch: RowBatch | undefined,
    diagnostics: Diagnostics,
  ) {
    this.#buffer = buffer;
    this.#slices = timeline.slices;
    this.#instants = timeline.instants;
    this.#shiftNs = shiftNs;
    this.#lanes = lanes;
    this.#strings = strings;
    this.#times = times;
    this.#batch = batch;
    this.#argsText = new ArgsText(buffer);
    this.#diagnostics = diagnostics;
  }

  /** Writes rows of the window until the buffer is full or all are written. */
  write(window: LoadedWindow): void {
    const { order, args } = window;
    for (; window.at < order.length && !this.#buffer.isFull; window.at++) {
      const row = order[window.at];
      if (row >= 0) this.#slice(row, args, window.at);
      else this.#instant(~row, args, window.at);
    }
    // The args it points to do not outlive the window.
    if (window.at === order.length) this.#batch?.run();
  }

  /** `index`: where the row stands in the window. */
  #slice(row: number, args: WindowArgs, index: number): void {
    const slices = this.#slices;
    const { sliceHead } = this.#lanes[slices.track[row]][slices.lane[row]];
    const time = slices.startNs[row] + this.#shiftNs;
    if (this.#batch !== undefined) {
      if (this.#addToBatch(this.#batch, sliceHead, time, row, args, index)) return;
      this.#batch.run();
    }
    const buffer = this.#buffer;
    buffer.append(sliceHead.bytes);
    this.#times.writeTime(buffer, time);
    buffer.append(DURATION);
    this.#times.writeDuration(buffer, slices.durNs[row]);
    this.#words(slices.name[row], slices.category[row]);
    this.#args(slices, row, args, index);
    buffer.byte(CLOSE);
  }

  #addToBatch(batch: RowBatch, head: RowText, time: number, row: number, args: WindowArgs, index: number): boolean {
    const { durNs, name, category, argsStrict } = this.#slices;
    const size = args.size[index];
    if (size > 0 && (argsStrict[row] === 0 || args.bytes !== batch.argsMemory)) return false;
    return batch.addSlice(head, time, durNs[row], name[row], category[row], args.from[index], size);
  }

  #instant(row: number, args: WindowArgs, index: number): void {
    this.#batch?.run();
    const instants = this.#instants;
    const buffer = this.#buffer;
    buffer.append(INSTANT);
    buffer.append(this.#lanes[instants.track[row]][0].place.bytes);
    this.#times.writeTime(buffer, instants.timeNs[row] + this.#shiftNs);
    this.#words(instants.name[row], instants.category[row]);
    this.#args(instants, row, args, index);
    buffer.byte(CLOSE);
  }

  #words(name: number, category: number): void {
    this.#buffer.append(NAME);
    this.#strings.write(this.#buffer, name);
    if (category === NONE) return;
    this.#buffer.append(CATEGORY);
    this.#strings.write(this.#buffer, category);
  }

  #args(columns: ArgsColumns, row: number, { bytes, from, size }: WindowArgs, index: number): void {
    const start = from[index];
    const end = start + size[index];
    if (start === end) return;
    this.#buffer.append(ARGS);
    if (columns.argsStrict[row] === 1) {
      this.#buffer.append(bytes, start, end);
      return;
    }
    this.#argsText.write(bytes, start, end);
    if (this.#argsText.repaired) this.#diagnostics.add('args_not_strict');
    if (this.#argsText.depthLimited) this.#diagnostics.add('depth_limited');
  }
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
