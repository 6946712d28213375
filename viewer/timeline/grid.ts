/** The evenly wide columns that are asked for: those of the screen, and some more to either side for those who pan. */
import type { Window } from '../../src/session/requests/protocol.ts';
import { lengthOf, type TimeWindow } from './time-window.ts';

const MARGIN = 0.25;
const MOST_COLUMNS = 8192;

export function gridFor(window: TimeWindow, columnsInView: number): Window {
  const columns = Math.max(1, Math.min(Math.round(columnsInView), Math.floor(MOST_COLUMNS / (1 + 2 * MARGIN))));
  const marginColumns = Math.floor(columns * MARGIN);
  const marginNs = Math.round((lengthOf(window) * marginColumns) / columns);
  return {
    startNs: window.startNs - marginNs,
    endNs: window.endNs + marginNs,
    columnCount: columns + 2 * marginColumns,
  };
}

const columnNs = (grid: Window): number => (grid.endNs - grid.startNs) / grid.columnCount;

/** Whether an answer is as fine as what would be asked now, and reaches as far as is seen. */
export function isEnough(grid: Window, wanted: Window, window: TimeWindow): boolean {
  const isAsFine = Math.abs(columnNs(grid) / columnNs(wanted) - 1) < 1e-3;
  return isAsFine && grid.startNs <= window.startNs && grid.endNs >= window.endNs;
}

/** Whether it is time to ask for what lies beyond: less than a third of the margin is left. */
export function isNearEdge(grid: Window, window: TimeWindow): boolean {
  const leastNs = (lengthOf(window) * MARGIN) / 3;
  return window.startNs - grid.startNs < leastNs || grid.endNs - window.endNs < leastNs;
}
