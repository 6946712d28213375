import { describe, expect, test } from 'vitest';
import { MemorySource } from '../../../src/base/index.ts';
import { SourceArgs } from '../../../src/timeline/args-store.ts';
import type { Timeline } from '../../../src/timeline/index.ts';
import { pagedWindows } from '../../../src/writers/args-window.ts';
import { runOf } from './run-of.ts';

const PAGE_BYTES = 1 << 16;

/** Slices whose args are eight bytes of a file of `fileBytes` at the given places, and instants at others. */
function timelineOf(fileBytes: number, sliceFrom: readonly number[], instantFrom: readonly number[] = []): Timeline {
  const file = new Uint8Array(fileBytes);
  new Uint32Array(file.buffer, 0, fileBytes >> 2).forEach((_, i, words) => (words[i] = i * 2654435761));
  const half = fileBytes >> 1;
  const parts = [
    { source: new MemorySource('a', file.subarray(0, half), 10_000), base: 0 },
    { source: new MemorySource('b', file.subarray(half)), base: half },
  ];
  const { timeline } = runOf({
    processes: [
      {
        tracks: [
          {
            slices: sliceFrom.map((_, i) => ({ name: 'op', startNs: i * 10, durNs: 1 })),
            instants: instantFrom.map((_, i) => ({ name: 'mark', timeNs: i })),
          },
        ],
      },
    ],
  }).shards[0];
  const columns = (from: readonly number[]) => ({
    argsFrom: Float64Array.from(from),
    argsBytes: Uint32Array.from(from, () => 8),
  });
  return {
    ...timeline,
    slices: { ...timeline.slices, ...columns(sliceFrom) },
    instants: { ...timeline.instants, ...columns(instantFrom) },
    args: new SourceArgs(parts),
  };
}

/** Reads every row's args from the windows and from the store itself; returns whether the memory was used. */
async function expectSameArgs(timeline: Timeline, memory: Uint8Array): Promise<boolean> {
  const { slices, instants, args } = timeline;
  let rows = 0;
  let usesMemory = true;
  for await (const { order, sliceArgs, instantArgs } of pagedWindows(timeline, [0], memory)) {
    let slice = 0;
    let instant = 0;
    for (const row of order) {
      const { bytes, from } = row >= 0 ? sliceArgs : instantArgs;
      const start = row >= 0 ? from[slice++] : from[instant++];
      const expected = await args.block(row >= 0 ? slices : instants, [row >= 0 ? row : ~row]);
      expect([...bytes.subarray(start, start + 8)]).toEqual([...expected.bytes]);
      rows++;
    }
    usesMemory &&= instantArgs.bytes === memory;
  }
  expect(rows).toBe(slices.length + instants.length);
  return usesMemory;
}

describe('args of windows', () => {
  test('stand in the memory as whole pages, also across pages and files', async () => {
    const places = [0, PAGE_BYTES - 3, PAGE_BYTES * 2 - 8, PAGE_BYTES * 3 - 4, PAGE_BYTES * 5, PAGE_BYTES * 6 - 8];
    expect(await expectSameArgs(timelineOf(PAGE_BYTES * 6, places, [12, 4]), new Uint8Array(PAGE_BYTES * 6))).toBe(
      true,
    );
  });

  test('are put together row by row where they lie too far apart', async () => {
    const places = [0, PAGE_BYTES * 2, PAGE_BYTES * 4, PAGE_BYTES * 5];
    expect(await expectSameArgs(timelineOf(PAGE_BYTES * 6, places, [12]), new Uint8Array(PAGE_BYTES * 3))).toBe(false);
  });

  test('outside what was read are an error of ours', async () => {
    const timeline = timelineOf(PAGE_BYTES, [PAGE_BYTES - 4]);
    await expect(expectSameArgs(timeline, new Uint8Array(PAGE_BYTES * 2))).rejects.toThrow(RangeError);
  });

  test('move on with the windows, pages that are still needed staying', async () => {
    const count = 120_000;
    const upAndDown = Array.from({ length: count }, (_, i) => (i % 2 === 0 ? i * 8 : (count * 2 - i) * 8));
    const timeline = timelineOf(count * 16 + 16, upAndDown);
    let windows = 0;
    for await (const { sliceArgs, order } of pagedWindows(timeline, [0], new Uint8Array(PAGE_BYTES * 16))) {
      const { bytes } = await timeline.args.block(timeline.slices, order);
      order.forEach((_, i) => {
        const start = sliceArgs.from[i];
        for (let k = 0; k < 8; k++) if (sliceArgs.bytes[start + k] !== bytes[i * 8 + k]) expect.fail(`row ${order[i]}`);
      });
      windows++;
    }
    expect(windows).toBeGreaterThan(2);
  });
});
