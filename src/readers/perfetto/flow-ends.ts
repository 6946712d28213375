import { LongInterner } from '../../bytes/index.ts';
import { type EventRows, FLOW_END, NONE, type TimelineBuilder } from '../../timeline/index.ts';
import { groupByTrack, sortByTime } from '../../timeline/order.ts';

/** Name and category of an arrow, of the timeline's strings. */
export interface FlowName {
  readonly name: number;
  readonly category: number;
}

/** Where an end of an arrow is. `slice` is a row, or NONE where the event is none. */
export interface FlowPlace {
  readonly rows: EventRows;
  readonly track: number;
  readonly timeNs: number;
  readonly slice: number;
  readonly name?: number;
  readonly category?: number;
}

/** traceconv's ids count in the lowest 40 bits; above stands whether the arrow points back in time, and what it is called. */
const OWN_ID_BITS = 40;

/**
 * Arrows by id: of those with one id the first in time is the start, the others follow; a terminating one is the last, and
 * the id may be used again (TrackEvent.flow_ids, terminating_flow_ids).
 */
export class FlowEnds {
  readonly #ids = new LongInterner();
  readonly #keyed = new Map<string, number>();
  readonly #noName: number;

  constructor(noName: number) {
    this.#noName = noName;
  }

  /** `end`: of FLOW_END; a step may turn out to be the first or the last. */
  add(low: number, high: number, end: number, at: FlowPlace): void {
    this.#add(this.#ids.add(low, high), end, at);
  }

  /** An arrow whose id is no number. */
  addKeyed(key: string, end: number, at: FlowPlace): void {
    let id = this.#keyed.get(key);
    if (id === undefined) {
      // Next to the highest numbers there are, which no tool counts up to.
      id = this.#ids.add(this.#keyed.size, -1);
      this.#keyed.set(key, id);
    }
    this.#add(id, end, at);
  }

  #add(id: number, end: number, { rows, track, timeNs, slice, name = NONE, category = NONE }: FlowPlace): void {
    const i = rows.flowEnds.next();
    const { columns } = rows.flowEnds;
    columns.key[i] = id;
    columns.track[i] = track;
    columns.timeNs[i] = timeNs;
    columns.end[i] = end;
    columns.name[i] = name === NONE ? this.#noName : name;
    columns.category[i] = category;
    columns.slice[i] = slice;
  }

  /** Which end starts is only known now. `names`: those of traceconv's own arrows, by the number in their ids. */
  finish(builder: TimelineBuilder, names: readonly FlowName[] | undefined): void {
    builder.flowKeyCount = this.#ids.size;
    for (const rows of builder.groups) {
      const { flowEnds } = rows;
      const key = flowEnds.column('key');
      const timeNs = flowEnds.column('timeNs');
      const { order, range } = groupByTrack(key, this.#ids.size);
      for (let id = 0; id < this.#ids.size; id++) {
        sortByTime(order, range[id], range[id + 1], timeNs);
        const ends = order.subarray(range[id], range[id + 1]);
        if (names === undefined) orderEnds(ends, flowEnds.column('end'));
        else this.#orderOwn(ends, rows, Math.floor(this.#ids.numberOf(id) / 2 ** OWN_ID_BITS), names);
      }
    }
  }

  #orderOwn(ends: Uint32Array, { flowEnds }: EventRows, kind: number, names: readonly FlowName[]): void {
    const { name = this.#noName, category = NONE } = names[kind >> 1] ?? {};
    const { columns } = flowEnds;
    const { timeNs, track } = columns;
    ends.sort((a, b) => timeNs[a] - timeNs[b] || track[a] - track[b] || a - b);
    ends.forEach((row, at) => {
      columns.end[row] = (at === 0) === ((kind & 1) === 0) ? FLOW_END.start : FLOW_END.finish;
      columns.name[row] = name;
      columns.category[row] = category;
    });
  }
}

function orderEnds(ends: Uint32Array, end: Uint8Array): void {
  let isOpen = false;
  ends.forEach((row, at) => {
    if (end[row] >= FLOW_END.finish) {
      isOpen = false;
    } else if (!isOpen) {
      end[row] = FLOW_END.start;
      isOpen = true;
    } else if (at === ends.length - 1 && end[row] === FLOW_END.step) {
      end[row] = FLOW_END.finish;
    }
  });
}
