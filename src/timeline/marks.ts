import type { Diagnostics, Place } from '../base/index.ts';
import type { EventRows } from './event-rows.ts';
import { NONE } from './model.ts';
import { groupByTrack, sortByTime } from './order.ts';

/** A slice made of a begin mark and its end mark. `endMark` is NONE where the end is missing. */
export interface MatchedSlice {
  readonly beginMark: number;
  readonly endMark: number;
  readonly track: number;
  readonly startNs: number;
  readonly durNs: number;
}

/**
 * Matches begins with ends within each group in the order of time. An end closes the innermost open slice of its
 * name, or simply the innermost where it has no name. What stays open ends with the trace.
 */
export function matchMarks(rows: EventRows, traceEndNs: number, diagnostics: Diagnostics): MatchedSlice[] {
  const { marks } = rows;
  const groups = denseGroups(marks.column('group'));
  const timeNs = marks.column('timeNs');
  const { order, range } = groupByTrack(groups.of, groups.count);
  const matched: MatchedSlice[] = [];
  for (let group = 0; group < groups.count; group++) {
    sortByTime(order, range[group], range[group + 1], timeNs);
    matchGroup(order.subarray(range[group], range[group + 1]));
  }
  return matched;

  function matchGroup(inOrder: Uint32Array): void {
    const open: number[] = [];
    let track = NONE;
    for (const row of inOrder) {
      if (marks.at('begins', row) === 1) {
        if (open.length === 0) track = marks.at('track', row);
        open.push(row);
        continue;
      }
      const at = openSliceFor(row, open);
      if (at === NONE) diagnostics.add('end_without_begin', placeOf(row));
      else close(open.splice(at, 1)[0], row, timeNs[row], track);
    }
    for (const row of open) {
      diagnostics.add('slice_not_ended', placeOf(row));
      close(row, NONE, Math.max(traceEndNs, timeNs[row]), track);
    }
  }

  function placeOf(row: number): Place {
    return { path: rows.pathOfMark(row), offset: marks.at('fileOffset', row) };
  }

  function openSliceFor(row: number, open: number[]): number {
    const name = marks.at('name', row);
    if (name === NONE) return open.length - 1;
    for (let k = open.length - 1; k >= 0; k--) if (marks.at('name', open[k]) === name) return k;
    return NONE;
  }

  function close(beginMark: number, endMark: number, endNs: number, track: number): void {
    const startNs = timeNs[beginMark];
    matched.push({ beginMark, endMark, track, startNs, durNs: endNs - startNs });
  }
}

/** Group numbers as they come are sparse; matching wants them dense. */
function denseGroups(group: Int32Array): { of: Int32Array; count: number } {
  const dense = new Map<number, number>();
  const of = group.map((value) => {
    const known = dense.get(value) ?? dense.size;
    dense.set(value, known);
    return known;
  });
  return { of, count: dense.size };
}
