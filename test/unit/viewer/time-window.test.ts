// Windows of time and the gestures that change them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dragged, pinched, wheelFactor } from '../../../viewer/timeline/gesture-arithmetic.ts';
import { gridFor, isEnough, isNearEdge } from '../../../viewer/timeline/grid.ts';
import {
  fitWindow,
  LEAST_WINDOW_NS,
  lengthOf,
  panBy,
  timeScale,
  windowShowing,
  zoomAt,
} from '../../../viewer/timeline/time-window.ts';
import { ZoomHistory } from '../../../viewer/timeline/zoom-history.ts';

const RUN_END_NS = 3_600e9;
const windows = fc
  .tuple(fc.integer({ min: 0, max: RUN_END_NS - 1000 }), fc.integer({ min: 10, max: 1e10 }))
  .map(([startNs, length]) => fitWindow({ startNs, endNs: startNs + length }, RUN_END_NS));
const shares = fc.double({ min: 0, max: 1, noNaN: true });

describe('zooming', () => {
  test('keeps the time below the pointer within 1 ns', () => {
    const factors = fc.double({ min: 0.2, max: 5, noNaN: true });
    fc.assert(
      fc.property(windows, shares, factors, (window, share, factor) => {
        const zoomed = zoomAt(window, share, factor, RUN_END_NS);
        const [before, after] = [window, zoomed].map((each) => each.startNs + share * lengthOf(each));
        // At the ends of the run there is no farther to go.
        fc.pre(zoomed.startNs > 0 && zoomed.endNs < RUN_END_NS);
        expect(Math.abs(after - before)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('stays whole ns, and stops at 10', () => {
    let window = { startNs: 123_456_789_012, endNs: 123_456_799_999 };
    for (let each = 0; each < 60; each++) window = zoomAt(window, 0.37, 0.7, RUN_END_NS);
    expect(lengthOf(window)).toBe(LEAST_WINDOW_NS);
    expect(Number.isInteger(window.startNs)).toBe(true);
  });

  test('out ends with all of the run in view', () => {
    let window = { startNs: 500, endNs: 600 };
    for (let each = 0; each < 60; each++) window = zoomAt(window, 0.5, 2, 10_000);
    expect(window.startNs).toBeLessThanOrEqual(0);
    expect(window.endNs).toBeGreaterThanOrEqual(10_000);
    expect(zoomAt(window, 0.5, 2, 10_000)).toEqual(window);
  });

  test('by a wheel in and out again ends where it began', () => {
    expect(wheelFactor(100) * wheelFactor(-100)).toBeCloseTo(1, 12);
    expect(wheelFactor(1e9)).toBeLessThan(2);
  });

  test('a run of length 0 has a window, too', () => {
    expect(lengthOf(fitWindow({ startNs: 0, endNs: 0 }, 0))).toBe(LEAST_WINDOW_NS);
  });
});

describe('moving', () => {
  test('to and fro ends where it began', () => {
    const window = { startNs: 1_000_000, endNs: 1_001_000 };
    expect(panBy(panBy(window, 0.2, RUN_END_NS), -0.2, RUN_END_NS)).toEqual(window);
  });

  test('by a drag keeps the length, and the time below the pointer within 1 ns', () => {
    fc.assert(
      fc.property(windows, fc.integer({ min: -2000, max: 2000 }), (window, byPx) => {
        const moved = dragged(window, byPx, 1280);
        expect(lengthOf(moved)).toBe(lengthOf(window));
        const [before, after] = [timeScale(window, 1280).timeAt(500), timeScale(moved, 1280).timeAt(500 + byPx)];
        expect(Math.abs(after - before)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('two fingers keep between them what was between them', () => {
    const window = { startNs: 1_000_000, endNs: 2_000_000 };
    const began = { window, distance: 100, middle: 300 };
    const zoomed = pinched(began, { distance: 200, middle: 400 }, 1000, RUN_END_NS);
    expect(lengthOf(zoomed)).toBe(500_000);
    expect(timeScale(zoomed, 1000).timeAt(400)).toBeCloseTo(timeScale(window, 1000).timeAt(300), 0);
  });

  test('to a slice goes no farther than needed', () => {
    const window = { startNs: 0, endNs: 1000 };
    expect(windowShowing(window, { startNs: 10, endNs: 20 }, 1e6)).toBe(window);
    expect(windowShowing(window, { startNs: 5000, endNs: 5100 }, 1e6)).toEqual({ startNs: 4550, endNs: 5550 });
    const long = windowShowing(window, { startNs: 5000, endNs: 9000 }, 1e6);
    expect([long.startNs < 5000, long.endNs > 9000]).toEqual([true, true]);
  });
});

describe('undoing', () => {
  test('takes back one gesture at a time', () => {
    const zooms = new ZoomHistory();
    const set: number[] = [];
    zooms.changed({ startNs: 1, endNs: 100 }, 1000);
    zooms.changed({ startNs: 2, endNs: 100 }, 1100);
    zooms.changed({ startNs: 3, endNs: 100 }, 5000);
    for (let each = 0; each < 3; each++) zooms.undo(({ startNs }) => set.push(startNs));
    expect(set).toEqual([3, 1]);
  });
});

describe('what is asked for', () => {
  test('reaches beyond the window and has its columns', () => {
    const window = { startNs: 1000, endNs: 2000 };
    const grid = gridFor(window, 500);
    expect(grid).toEqual({ startNs: 750, endNs: 2250, columnCount: 750 });
    expect(isEnough(grid, grid, window)).toBe(true);
    expect(isNearEdge(grid, window)).toBe(false);
  });

  test('is asked for anew after a zoom, and before the edge comes into view', () => {
    const grid = gridFor({ startNs: 1000, endNs: 2000 }, 500);
    const closer = { startNs: 1100, endNs: 1900 };
    expect(isEnough(grid, gridFor(closer, 500), closer)).toBe(false);
    const beside = { startNs: 1200, endNs: 2200 };
    expect(isEnough(grid, gridFor(beside, 500), beside)).toBe(true);
    expect(isNearEdge(grid, beside)).toBe(true);
  });

  test('has whole columns, and not too many for a wide screen', () => {
    const { columnCount } = gridFor({ startNs: 0, endNs: 1e9 }, 7680);
    expect(Number.isInteger(columnCount)).toBe(true);
    expect(columnCount).toBeLessThanOrEqual(8192);
  });
});
