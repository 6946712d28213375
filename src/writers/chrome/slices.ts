import type { Diagnostics } from '../../base/index.ts';
import type { ByteBuffer } from '../../bytes/byte-buffer.ts';
import { type ArgsBlock, type ArgsColumns, NONE, type Shard } from '../../timeline/index.ts';
import { ArgsText } from './args-text.ts';
import type { LaneRow } from './layout.ts';
import type { StringTexts } from './string-texts.ts';
import type { TimeText } from './time-text.ts';

const SLICE = ascii('{"ph":"X",');
const INSTANT = ascii('{"ph":"i","s":"t",');
const DURATION = ascii(',"dur":');
const NAME = ascii(',"name":');
const CATEGORY = ascii(',"cat":');
const ARGS = ascii(',"args":');
const CLOSE = 0x7d;

/** Writes the slices and instants of one shard, each as one event without the separator before it. */
export class SliceEvents {
  readonly #buffer: ByteBuffer;
  readonly #shard: Shard;
  readonly #lanes: LaneRow[][];
  readonly #strings: StringTexts;
  readonly #times: TimeText;
  readonly #argsText: ArgsText;
  readonly #diagnostics: Diagnostics;

  constructor(
    buffer: ByteBuffer,
    shard: Shard,
    lanes: LaneRow[][],
    strings: StringTexts,
    times: TimeText,
    diagnostics: Diagnostics,
  ) {
    this.#buffer = buffer;
    this.#shard = shard;
    this.#lanes = lanes;
    this.#strings = strings;
    this.#times = times;
    this.#argsText = new ArgsText(buffer);
    this.#diagnostics = diagnostics;
  }

  /** `index`: where the row stands in the block of args. */
  slice(row: number, args: ArgsBlock, index: number): void {
    const { slices } = this.#shard.timeline;
    const buffer = this.#buffer;
    buffer.append(SLICE);
    buffer.append(this.#lanes[slices.track[row]][slices.lane[row]].place);
    this.#times.writeTime(buffer, slices.startNs[row] + this.#shard.shiftNs);
    buffer.append(DURATION);
    this.#times.writeDuration(buffer, slices.durNs[row]);
    this.#words(slices.name[row], slices.category[row]);
    this.#args(slices, row, args, index);
    buffer.byte(CLOSE);
  }

  instant(row: number, args: ArgsBlock, index: number): void {
    const { instants } = this.#shard.timeline;
    const buffer = this.#buffer;
    buffer.append(INSTANT);
    buffer.append(this.#lanes[instants.track[row]][0].place);
    this.#times.writeTime(buffer, instants.timeNs[row] + this.#shard.shiftNs);
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

  #args(columns: ArgsColumns, row: number, { bytes, from }: ArgsBlock, index: number): void {
    const start = from[index];
    const end = from[index + 1];
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
