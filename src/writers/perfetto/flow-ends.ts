import type { ByteBuffer } from '../../bytes/byte-buffer.ts';
import { putFixed64 } from '../../bytes/proto.ts';
import { type FlowColumns, NONE, type SliceColumns, type StringTable, type Timeline } from '../../timeline/index.ts';
import type { BoundArrows } from '../flow-binding.ts';

/** TrackEvent.flow_ids. */
const FLOW_IDS = [0xf9, 0x02];
const FLOW_BYTES = 2 + 8;

/** The arrows at each slice: slice s has the ids [range[s], range[s + 1]). */
export interface FlowEnds {
  readonly range: Uint32Array;
  readonly ids: Float64Array;
}

/** Ids count in the lowest 40 bits; above stands what FlowNames and `isTurned` say. */
const COUNT_LIMIT = 2 ** 40;

/** Sorts the ends of all arrows by slice, counting instead of comparing. Arrows are numbered from `firstId`; `laneUuids` by track and lane. */
export function flowEnds(
  { flows, slices }: Pick<Timeline, 'flows' | 'slices'>,
  arrows: BoundArrows,
  names: FlowNames,
  laneUuids: readonly (readonly number[])[],
  firstId: number,
): FlowEnds {
  const { fromSlice, toSlice } = flows;
  const { length, flow } = arrows;
  const sliceCount = slices.length;
  const range = new Uint32Array(sliceCount + 1);
  for (let arrow = 0; arrow < length; arrow++) {
    range[fromSlice[flow[arrow]]]++;
    range[toSlice[flow[arrow]]]++;
  }
  for (let slice = 1; slice <= sliceCount; slice++) range[slice] += range[slice - 1];
  const ids = new Float64Array(length * 2);
  // range[s] is now the end of slice s and walks back to its start.
  for (let arrow = 0; arrow < length; arrow++) {
    const row = flow[arrow];
    const isTurned = isBefore(toSlice[row], fromSlice[row], slices, laneUuids) ? 1 : 0;
    const id = (names.numberOf(flows, row) * 2 + isTurned) * COUNT_LIMIT + firstId + arrow;
    ids[--range[fromSlice[row]]] = id;
    ids[--range[toSlice[row]]] = id;
  }
  return { range, ids };
}

/** Readers take for the start what comes first by time, then by track, then by row. */
function isBefore(a: number, b: number, slices: SliceColumns, laneUuids: readonly (readonly number[])[]): boolean {
  const uuid = (slice: number): number => laneUuids[slices.track[slice]][slices.lane[slice]];
  return (slices.startNs[a] - slices.startNs[b] || uuid(a) - uuid(b) || a - b) < 0;
}

/** More names than this are ids in disguise; ids have to stay below 2^53. */
const MOST_NAMES = 1 << 12;

/** Names and categories of arrows, by numbers that go into their ids: Perfetto's arrows have neither. */
export class FlowNames {
  /** By number; what is not among them has 0. */
  readonly all: (readonly [name: string, category: string | null])[] = [['', null]];
  readonly #strings: StringTable;
  readonly #numbers = new Map<number, number>();

  constructor({ flows, strings }: Timeline, known: FlowNames | undefined) {
    this.#strings = strings;
    if (known !== undefined) this.all = known.all;
    for (let row = 0; row < flows.length; row++) this.#add(flows, row);
  }

  numberOf({ name, category }: FlowColumns, row: number): number {
    return this.#numbers.get(keyOf(name[row], category[row])) ?? 0;
  }

  #add({ name, category }: FlowColumns, row: number): void {
    const key = keyOf(name[row], category[row]);
    if (this.#numbers.has(key)) return;
    const texts = [
      this.#strings.get(name[row]),
      category[row] === NONE ? null : this.#strings.get(category[row]),
    ] as const;
    let number = this.all.findIndex((each) => each[0] === texts[0] && each[1] === texts[1]);
    if (number < 0) number = this.all.length < MOST_NAMES ? this.all.push(texts) - 1 : 0;
    this.#numbers.set(key, number);
  }
}

function keyOf(name: number, category: number): number {
  return (category + 1) * 2 ** 26 + name;
}

/** Appends the ids of the arrows that start or end at the slice to its packet. */
export function appendFlows(buffer: ByteBuffer, { range, ids }: FlowEnds, slice: number): void {
  const from = range[slice];
  const to = range[slice + 1];
  if (from === to) return;
  buffer.reserve((to - from) * FLOW_BYTES);
  const bytes = buffer.bytes;
  let at = buffer.length;
  for (let end = from; end < to; end++) {
    bytes[at++] = FLOW_IDS[0];
    bytes[at++] = FLOW_IDS[1];
    at = putFixed64(bytes, at, ids[end]);
  }
  buffer.length = at;
}
