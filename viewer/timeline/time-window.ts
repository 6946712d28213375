/** The stretch of time that is looked at, and what gestures make of it. Times stay integer ns, so zooming never drifts. */
export interface TimeWindow {
  readonly startNs: number;
  readonly endNs: number;
}

export const LEAST_WINDOW_NS = 10;
/** How much of the run's length may be seen of the time before and after it. */
const BEYOND = 0.5;
const AROUND_WHOLE = 0.005;

export const lengthOf = ({ startNs, endNs }: TimeWindow): number => endNs - startNs;

/** Whole ns, not too short, and some of the run in it. */
export function fitWindow({ startNs, endNs }: TimeWindow, runEndNs: number): TimeWindow {
  const whole = Math.max(runEndNs, LEAST_WINDOW_NS);
  const length = Math.round(Math.min(Math.max(endNs - startNs, LEAST_WINDOW_NS), whole * (1 + 2 * BEYOND)));
  const beyond = Math.min(length * BEYOND, whole * BEYOND);
  const start = Math.round(Math.min(Math.max(startNs, -beyond), whole + beyond - length));
  return { startNs: start, endNs: start + length };
}

/** All of a run, and so much around it that what is at its ends is not hidden by the edges of the picture. */
export function wholeWindow(runEndNs: number): TimeWindow {
  const aroundNs = Math.ceil(runEndNs * AROUND_WHOLE);
  return fitWindow({ startNs: -aroundNs, endNs: runEndNs + aroundNs }, runEndNs);
}

/** Makes the window `factor` times as long; the time at `share` of its width stays where it is. */
export function zoomAt(window: TimeWindow, share: number, factor: number, runEndNs: number): TimeWindow {
  const length = Math.max(LEAST_WINDOW_NS, Math.round(lengthOf(window) * factor));
  const anchorNs = window.startNs + share * lengthOf(window);
  const startNs = Math.round(anchorNs - share * length);
  return fitWindow({ startNs, endNs: startNs + length }, runEndNs);
}

/** Moves the window by a part of its own length. */
export function panBy(window: TimeWindow, share: number, runEndNs: number): TimeWindow {
  const byNs = Math.round(share * lengthOf(window));
  return fitWindow({ startNs: window.startNs + byNs, endNs: window.endNs + byNs }, runEndNs);
}

/** A time with some of what is around it. */
export function windowAround({ startNs, endNs }: TimeWindow, runEndNs: number, margin = 0.3): TimeWindow {
  const aroundNs = Math.max((endNs - startNs) * margin, LEAST_WINDOW_NS);
  return fitWindow({ startNs: Math.floor(startNs - aroundNs), endNs: Math.ceil(endNs + aroundNs) }, runEndNs);
}

/** Moves no farther than needed to show a time; the window keeps its length unless the time is longer. */
export function windowShowing(window: TimeWindow, shown: TimeWindow, runEndNs: number): TimeWindow {
  if (shown.startNs >= window.startNs && shown.endNs <= window.endNs) return window;
  if (lengthOf(shown) > lengthOf(window)) return windowAround(shown, runEndNs);
  const startNs = Math.round((shown.startNs + shown.endNs - lengthOf(window)) / 2);
  return fitWindow({ startNs, endNs: startNs + lengthOf(window) }, runEndNs);
}

/** Pixels and times of a window that is drawn on a width. */
export interface TimeScale extends TimeWindow {
  readonly widthPx: number;
  /** May lie outside of the width. */
  x(timeNs: number): number;
  timeAt(x: number): number;
  readonly nsPerPx: number;
}

export function timeScale({ startNs, endNs }: TimeWindow, widthPx: number): TimeScale {
  const nsPerPx = (endNs - startNs) / Math.max(widthPx, 1);
  return {
    ...{ startNs, endNs, widthPx, nsPerPx },
    x: (timeNs) => (timeNs - startNs) / nsPerPx,
    timeAt: (x) => startNs + x * nsPerPx,
  };
}
