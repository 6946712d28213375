import { type TimeWindow, zoomAt } from './time-window.ts';

const WHEEL_ZOOM = 0.0022;
const MOST_WHEEL_PX = 240;

/** One notch of a wheel zooms by a quarter or so; trackpads send many small steps. */
export function wheelFactor(deltaPx: number): number {
  return Math.exp(Math.max(-MOST_WHEEL_PX, Math.min(MOST_WHEEL_PX, deltaPx)) * WHEEL_ZOOM);
}

/** From where it was when the drag began, so that no rounding adds up. */
export function dragged({ startNs, endNs }: TimeWindow, byPx: number, widthPx: number): TimeWindow {
  const byNs = Math.round((byPx * (endNs - startNs)) / Math.max(widthPx, 1));
  return { startNs: startNs - byNs, endNs: endNs - byNs };
}

interface Fingers {
  /** Between two fingers, and the pixel in the middle. */
  readonly distance: number;
  readonly middle: number;
}

/** What was between the fingers stays between them. */
export function pinched(
  began: Fingers & { readonly window: TimeWindow },
  now: Fingers,
  widthPx: number,
  runEndNs: number,
): TimeWindow {
  const moved = dragged(began.window, now.middle - began.middle, widthPx);
  return zoomAt(moved, now.middle / widthPx, began.distance / Math.max(now.distance, 1), runEndNs);
}
