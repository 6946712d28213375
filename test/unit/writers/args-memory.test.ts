import { describe, expect, test } from 'vitest';
import { MemorySource } from '../../../src/base/index.ts';
import { SourceArgs } from '../../../src/timeline/args-store.ts';
import type { Timeline } from '../../../src/timeline/index.ts';
import { ArgsMemory } from '../../../src/writers/args-memory.ts';
import { loadedWindows } from '../../../src/writers/windows.ts';
import { runOf } from './run-of.ts';

/** A block of the file and the margin behind it. */
const BLOCK_BYTES = 1 << 20;
const SLOT_BYTES = BLOCK_BYTES + (1 << 16);

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

const memoryOf = (slots: number): Uint8Array => new Uint8Array(slots * SLOT_BYTES);

/** Reads every row's args from the windows and from the store itself; returns the windows' number. */
async function expectSameArgs(timeline: Timeline, memory: Uint8Array): Promise<number> {
  const { slices, instants, args } = timeline;
  let rows = 0;
  let windows = 0;
  const argsMemory = new ArgsMemory(args, () => memory);
  for await (const { order, args: found } of loadedWindows(timeline, [0], argsMemory)) {
    const sliceRows = [...order].filter((row) => row >= 0);
    const instantRows = [...order].filter((row) => row < 0).map((row) => ~row);
    const expected = [await args.block(slices, sliceRows), await args.block(instants, instantRows)];
    const next = [0, 0];
    order.forEach((row, i) => {
      const kind = row >= 0 ? 0 : 1;
      const at = expected[kind].from[next[kind]++];
      for (let k = 0; k < 8; k++) {
        if (found.bytes[found.from[i] + k] !== expected[kind].bytes[at + k]) expect.fail(`args of row ${row}`);
      }
    });
    rows += order.length;
    windows++;
  }
  expect(rows).toBe(slices.length + instants.length);
  return windows;
}

describe('args of windows', () => {
  test('stand in the memory as whole blocks, also across blocks and files', async () => {
    const places = [0, BLOCK_BYTES - 3, BLOCK_BYTES * 2 - 8, BLOCK_BYTES * 3 - 4, BLOCK_BYTES * 5, BLOCK_BYTES * 6 - 8];
    await expectSameArgs(timelineOf(BLOCK_BYTES * 6, places, [12, 4]), memoryOf(6));
  });

  test('are put together row by row where they lie too far apart', async () => {
    const places = [0, BLOCK_BYTES * 2, BLOCK_BYTES * 4, BLOCK_BYTES * 5];
    await expectSameArgs(timelineOf(BLOCK_BYTES * 6, places, [12]), memoryOf(3));
  });

  test('outside what was read are an error of ours', async () => {
    const timeline = timelineOf(BLOCK_BYTES, [BLOCK_BYTES - 4]);
    await expect(expectSameArgs(timeline, memoryOf(2))).rejects.toThrow(RangeError);
  });

  test('move on with the windows, blocks that are still needed staying', async () => {
    const count = 120_000;
    const upAndDown = Array.from({ length: count }, (_, i) => (i % 2 === 0 ? i * 40 : (count * 2 - i) * 40));
    expect(await expectSameArgs(timelineOf(count * 80 + 48, upAndDown), memoryOf(8))).toBeGreaterThan(2);
  });
});
