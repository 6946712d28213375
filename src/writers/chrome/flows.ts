import type { ByteBuffer } from '../../bytes/byte-buffer.ts';
import { NONE, type Shard, type SliceId } from '../../timeline/index.ts';
import type { BoundArrows } from '../flow-binding.ts';
import { rangesOfTracks } from '../windows.ts';
import type { LaneRow } from './layout.ts';
import { RowText } from './row-text.ts';
import type { StringTexts } from './string-texts.ts';
import { type TimeText, writeInteger } from './time-text.ts';
import type { RowBatch } from './wasm/row-batch.ts';

const NAME = new TextEncoder().encode(',"name":');
const CATEGORY = new TextEncoder().encode(',"cat":');
const COMMA = 0x2c;
const CLOSE = 0x7d;

/**
 * Writes arrows as pairs of flow events. A consumer binds an end to the slice of the row that began last, whether or
 * not it has ended, so an end keeps its own time only where no later slice or instant would catch it. Of two slices
 * that start together it takes the inner one; the format has no way round that.
 */
export class FlowEvents {
  readonly #buffer: ByteBuffer;
  readonly #shard: Shard;
  readonly #lanes: LaneRow[][];
  readonly #strings: StringTexts;
  readonly #times: TimeText;
  readonly #batch: RowBatch | undefined;
  readonly #instantRange: Uint32Array;
  readonly #start = new RowText(',\n{"ph":"s","id":');
  readonly #finish = new RowText(',\n{"ph":"f","bp":"e","id":');

  constructor(
    buffer: ByteBuffer,
    shard: Shard,
    lanes: LaneRow[][],
    strings: StringTexts,
    times: TimeText,
    batch: RowBatch | undefined,
  ) {
    const { instants, tracks } = shard.timeline;
    this.#buffer = buffer;
    this.#shard = shard;
    this.#lanes = lanes;
    this.#strings = strings;
    this.#times = times;
    this.#batch = batch;
    this.#instantRange = rangesOfTracks(instants.track, instants.length, tracks.length);
  }

  /** Two events; consumers that sort by time keep the first one first. */
  arrow(arrows: BoundArrows, index: number, id: number): void {
    const { flows, slices } = this.#shard.timeline;
    const flow = arrows.flow[index];
    const turned = arrows.backwards[index] === 1;
    const first = turned ? flows.toSlice[flow] : flows.fromSlice[flow];
    const last = turned ? flows.fromSlice[flow] : flows.toSlice[flow];
    let firstNs = this.#bindingTime(first, turned ? flows.toNs[flow] : flows.fromNs[flow]);
    const lastNs = this.#bindingTime(last, turned ? flows.fromNs[flow] : flows.toNs[flow]);
    if (firstNs > lastNs) firstNs = slices.startNs[first];
    this.#end(this.#start, id, flow, first, firstNs);
    this.#end(this.#finish, id, flow, last, lastNs);
  }

  #end(head: RowText, id: number, flow: number, slice: SliceId, timeNs: number): void {
    const { flows, slices } = this.#shard.timeline;
    const { place } = this.#lanes[slices.track[slice]][slices.lane[slice]];
    const time = timeNs + this.#shard.shiftNs;
    const name = flows.name[flow];
    const category = flows.category[flow];
    if (this.#batch !== undefined) {
      if (this.#batch.addFlowEnd(head, id, place, time, name, category)) return;
      this.#batch.run();
    }
    const buffer = this.#buffer;
    buffer.append(head.bytes);
    writeInteger(buffer, id);
    buffer.byte(COMMA);
    buffer.append(place.bytes);
    this.#times.writeTime(buffer, time);
    buffer.append(NAME);
    this.#strings.write(buffer, name);
    if (category !== NONE) {
      buffer.append(CATEGORY);
      this.#strings.write(buffer, category);
    }
    buffer.byte(CLOSE);
  }

  /** The end's own time moved into the slice, or the slice's start where the row goes on to something else by then. */
  #bindingTime(slice: SliceId, timeNs: number): number {
    const { slices, sliceRange } = this.#shard.timeline;
    const startNs = slices.startNs[slice];
    const time = Math.min(Math.max(timeNs, startNs), startNs + slices.durNs[slice]);
    const track = slices.track[slice];
    const lane = slices.lane[slice];
    for (let row = slice + 1; row < sliceRange[track + 1] && slices.startNs[row] <= time; row++) {
      if (slices.lane[row] === lane) return startNs;
    }
    return lane === 0 && this.#hasInstant(track, startNs, time) ? startNs : time;
  }

  #hasInstant(track: number, fromNs: number, toNs: number): boolean {
    const { timeNs } = this.#shard.timeline.instants;
    let low = this.#instantRange[track];
    let high = this.#instantRange[track + 1];
    const end = high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (timeNs[middle] < fromNs) low = middle + 1;
      else high = middle;
    }
    return low < end && timeNs[low] <= toNs;
  }
}
