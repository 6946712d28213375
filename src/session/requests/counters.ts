import { CounterDetail } from '../../analysis/detail/counter-detail.ts';
import { columnsOf } from '../../analysis/detail/time-columns.ts';
import { assertOrdered, cellCount } from './checks.ts';
import { lazily, perRun } from './per-run.ts';
import type { AnswerTo, Ask } from './protocol.ts';
import type { ViewedRun } from './viewed-run.ts';

const detailsOfCounters = perRun((viewed: ViewedRun) =>
  lazily((number) => {
    const { shard, track } = viewed.tracks[number];
    const { counters, counterRange } = shard.timeline;
    const [from, to] = [counterRange[track], counterRange[track + 1]];
    return new CounterDetail(counters.timeNs.subarray(from, to), counters.value.subarray(from, to));
  }),
);

export function counters(viewed: ViewedRun, ask: Ask<'counters'>): AnswerTo<'counters'> {
  assertOrdered(ask);
  const { columnCount } = ask;
  const length = cellCount(ask.tracks.length, ask);
  const [least, most, last] = [new Float64Array(length), new Float64Array(length), new Float64Array(length)];
  const range = new Float64Array(2 * ask.tracks.length);
  for (const [row, number] of ask.tracks.entries()) {
    const { shiftNs } = viewed.tracks[number].shard;
    const own = (all: Float64Array): Float64Array => all.subarray(row * columnCount, (row + 1) * columnCount);
    const detail = detailsOfCounters(viewed)(number);
    detail.draw(columnsOf(ask, shiftNs), viewed.run.endNs - shiftNs, {
      least: own(least),
      most: own(most),
      last: own(last),
    });
    range.set(detail.range, 2 * row);
  }
  return { json: {}, columns: { least, most, last, range } };
}
