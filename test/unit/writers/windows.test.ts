import { expect, test } from 'vitest';
import type { Timeline } from '../../../src/timeline/index.ts';
import { loadedWindows } from '../../../src/writers/windows.ts';
import { runOf } from './run-of.ts';

/** Slices and instants by name, window by window. */
async function windowsOf(timeline: Timeline): Promise<string[][]> {
  const { slices, instants, strings } = timeline;
  const windows: string[][] = [];
  for await (const { order } of loadedWindows(timeline, [...timeline.tracks.keys()])) {
    windows.push([...order].map((row) => strings.get(row >= 0 ? slices.name[row] : instants.name[~row])));
  }
  return windows;
}

test('a small timeline is one window, track by track, an instant behind the slice it lies in', async () => {
  const run = runOf({
    processes: [
      {
        tracks: [
          {
            slices: [
              { name: 'a', startNs: 0, durNs: 10 },
              { name: 'b', startNs: 10, durNs: 10 },
            ],
            instants: [
              { name: 'in a', timeNs: 0 },
              { name: 'in b', timeNs: 10 },
              { name: 'after', timeNs: 99 },
            ],
          },
          { slices: [{ name: 'c', startNs: 5, durNs: 1 }] },
        ],
      },
    ],
  });
  expect(await windowsOf(run.shards[0].timeline)).toEqual([['a', 'in a', 'b', 'in b', 'after', 'c']]);
});

test('windows advance in time over all tracks and hold every row once', async () => {
  const count = 100_000;
  const slices = Array.from({ length: count }, (_, i) => ({ name: `${i}`, startNs: i * 10, durNs: 10 }));
  const run = runOf({
    processes: [
      {
        tracks: [{ slices: slices.filter((_, i) => i % 2 === 0) }, { slices: slices.filter((_, i) => i % 2 === 1) }],
      },
    ],
  });
  const windows = await windowsOf(run.shards[0].timeline);
  expect(windows.length).toBeGreaterThan(2);
  let last = -1;
  for (const names of windows) {
    const rows = names.map(Number).sort((a, b) => a - b);
    expect(rows[0]).toBe(last + 1);
    last = rows[rows.length - 1];
    expect(rows.length).toBe(last - rows[0] + 1);
  }
  expect(last).toBe(count - 1);
});

test('rows of one single time are still split, so that args of a window stay few', async () => {
  const slices = Array.from({ length: 400 }, (_, i) => ({ name: `s${i}`, startNs: 0, durNs: 0 }));
  const instants = Array.from({ length: 100_000 }, (_, i) => ({ name: `i${i}`, timeNs: 0 }));
  const run = runOf({ processes: [{ tracks: [{ slices }, { instants }] }] });
  const windows = await windowsOf(run.shards[0].timeline);
  expect(Math.max(...windows.map((names) => names.length))).toBeLessThan(70_000);
  expect(windows.flat().length).toBe(100_400);
  expect(new Set(windows.flat()).size).toBe(100_400);
});
