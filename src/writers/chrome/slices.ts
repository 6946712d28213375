import type { Diagnostics } from '../../base/index.ts';
import { type ArgsColumns, type InstantColumns, NONE, type Shard, type SliceColumns } from '../../timeline/index.ts';
import type { PagedWindow, PlacedArgs } from '../args-window.ts';
import type { OutputBuffer } from '../output-buffer.ts';
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
  write(window: PagedWindow): void {
    const { order, sliceArgs, instantArgs } = window;
    for (; window.at < order.length && !this.#buffer.isFull; window.at++) {
      const row = order[window.at];
      if (row >= 0) this.#slice(row, sliceArgs, window.sliceAt++);
      else this.#instant(~row, instantArgs, window.instantAt++);
    }
    // The args it points to do not outlive the window.
    if (window.at === order.length) this.#batch?.run();
  }

  /** `index`: where the row stands in the block of args. */
  #slice(row: number, args: PlacedArgs, index: number): void {
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

  #addToBatch(batch: RowBatch, head: RowText, time: number, row: number, args: PlacedArgs, index: number): boolean {
    const { durNs, name, category, argsBytes, argsStrict } = this.#slices;
    const size = argsBytes[row];
    if (size > 0 && (argsStrict[row] === 0 || args.bytes !== batch.argsMemory)) return false;
    return batch.addSlice(head, time, durNs[row], name[row], category[row], args.from[index], size);
  }

  #instant(row: number, args: PlacedArgs, index: number): void {
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

  #args(columns: ArgsColumns, row: number, { bytes, from }: PlacedArgs, index: number): void {
    if (columns.argsBytes[row] === 0) return;
    const start = from[index];
    const end = start + columns.argsBytes[row];
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
