/** Which slice is under the pointer. */
import type { WideSlice, WindowAnswer } from './window-answer.ts';

export type Hit =
  | ({ readonly isExact: true } & WideSlice)
  /** The longest of those that share the column. */
  | { readonly isExact: false; readonly slice: number };

/** So far from the pointer a slice that is too narrow to be met is still taken. */
const REACH_PX = 3;

/** `row` of the answer; `nsPerPx` of the screen, which may show the answer larger or smaller than it was asked for. */
export function sliceAt(answer: WindowAnswer, row: number, timeNs: number, nsPerPx: number): Hit | undefined {
  if (row < 0 || row >= answer.rowCount) return undefined;
  for (const position of answer.wideOf(row)) {
    const wide = answer.wide(position);
    if (timeNs >= wide.startNs && timeNs < wide.startNs + wide.durNs) return { isExact: true, ...wide };
  }
  const { startNs, endNs, columnCount } = answer.ask;
  const reach = Math.max(0, Math.round((REACH_PX * nsPerPx * columnCount) / (endNs - startNs)));
  const column = answer.columnAt(timeNs);
  for (let away = 0; away <= reach; away++) {
    for (const each of away === 0 ? [column] : [column - away, column + away]) {
      if (each < 0 || each >= columnCount) continue;
      const slice = answer.slice[row * columnCount + each];
      if (slice >= 0) return { isExact: false, slice };
    }
  }
  return undefined;
}
