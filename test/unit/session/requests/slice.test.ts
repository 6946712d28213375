import { beforeAll, describe, expect, it } from 'vitest';
import type { SliceDetails, ViewedRun } from '../../../../src/session/requests/index.ts';
import { asked, sliceNamed, trackNamed, viewedFixture, viewedPlanted } from '../../../support/viewed-runs.ts';

let viewed: ViewedRun;
const matMul = (startNs: number, endNs: number) => ({ name: 'MatMul', stream: 2, startNs, endNs });

beforeAll(async () => {
  viewed = await viewedPlanted({
    rank: 0,
    tasks: [
      {
        ...matMul(5_000, 9_000),
        args: { 'Block Num': 24 },
        launch: { startNs: 2_000, endNs: 2_500 },
        operator: { name: 'aten::mm', startNs: 1_000, endNs: 3_000 },
      },
      matMul(10_000, 12_000),
      matMul(20_000, 21_000),
      { name: 'Add', stream: 3, startNs: 13_000, endNs: 13_500 },
    ],
    calls: [{ name: 'AscendCL@aclnnMm', startNs: 1_500, endNs: 2_900 }],
    ranges: [{ name: 'ProfilerStep#7', startNs: 500, endNs: 40_000, thread: 8 }],
  });
});

async function details(track: string, name: string): Promise<SliceDetails> {
  return (await asked(viewed, 'slice', sliceNamed(viewed, trackNamed(viewed, track), name))).json;
}

describe('what is known of a slice', () => {
  it('is where it is, and its args as they stand in the file', async () => {
    const slice = await details('Stream 2', 'MatMul');
    expect(slice).toMatchObject({ process: 'Ascend Hardware', trackName: 'Stream 2', name: 'MatMul', durNs: 4_000 });
    expect(JSON.parse(slice.args)).toEqual({ 'Task Type': 'AI_CORE', 'Block Num': 24 });
    expect(slice.facts).toContainEqual({ key: 'task type', value: 'AI_CORE' });
    expect(slice.facts).toContainEqual({ key: 'class', value: 'unsplit' });
  });

  it('is how long others of its name last on tracks of its kind', async () => {
    const { similar } = await details('Stream 2', 'MatMul');
    expect(similar).toMatchObject({ count: 3, leastNs: 1_000, medianNs: 2_000, mostNs: 4_000 });
    expect(similar.bins.length).toBe(24);
    // (2000 - 1000) / (3000 / 24) = 8
    expect(similar.bins.flatMap((count, bin) => (count === 0 ? [] : [[bin, count]]))).toEqual([
      [0, 1],
      [8, 1],
      [23, 1],
    ]);
  });

  it('is one bin where all last equally long', async () => {
    const { similar } = await details('Stream 3', 'Add');
    expect(similar).toMatchObject({ count: 1, leastNs: 500, medianNs: 500, mostNs: 500 });
    expect(similar.bins[0]).toBe(1);
  });
});

describe('the chain of a task', () => {
  const CHAIN = [
    ['aten::mm', null],
    ['AscendCL@aclnnMm', 500],
    ['Node@launch', 500],
    ['MatMul', 3_000],
  ];
  const shown = ({ chain }: SliceDetails) => chain.map(({ name, latencyNs }) => [name, latencyNs]);

  it('goes from the operator over the calls to the device, each from start to start', async () => {
    expect(shown(await details('Stream 2', 'MatMul'))).toEqual(CHAIN);
  });

  it('is that of every link of it', async () => {
    expect(shown(await details('Thread 7', 'aten::mm'))).toEqual(CHAIN);
    expect(shown(await details('Thread 5', 'AscendCL@aclnnMm'))).toEqual(CHAIN);
    expect(shown(await details('Thread 5', 'Node@launch'))).toEqual(CHAIN);
  });

  it('is empty where nothing launched it, and for what is around all of it', async () => {
    expect(shown(await details('Stream 3', 'Add'))).toEqual([]);
    expect(shown(await details('Thread 8', 'ProfilerStep#7'))).toEqual([]);
  });

  it('has arrows, seen from both ends', async () => {
    const task = await details('Stream 2', 'MatMul');
    const seen = ({ arrows }: SliceDetails) => arrows.map(({ name, isTo, place }) => [name, isTo, place.name]);
    expect(seen(task)).toEqual([
      ['HostToDevice', false, 'Node@launch'],
      ['torch_to_npu', false, 'aten::mm'],
    ]);
    expect(task.arrowCount).toBe(2);
    expect(seen(await details('Thread 7', 'aten::mm'))).toEqual([['torch_to_npu', true, 'MatMul']]);
  });
});

describe('the step of a slice', () => {
  it('is that of its task, and none on the host', async () => {
    expect((await details('Stream 2', 'MatMul')).step).toBe('7');
    expect((await details('Thread 7', 'aten::mm')).step).toBeNull();
  });
});

describe('every slice of a folder of two ranks', () => {
  it('has details that agree with the columns', async () => {
    const ranks = await viewedFixture('ascend-folders/ascend-pt-ranks');
    let count = 0;
    for (const [track, { shard, track: own }] of ranks.tracks.entries()) {
      const { sliceRange, slices, strings } = shard.timeline;
      for (const slice of new Set([sliceRange[own], sliceRange[own + 1] - 1])) {
        if (sliceRange[own] === sliceRange[own + 1]) continue;
        const { json } = await asked(ranks, 'slice', { track, slice });
        expect(json).toMatchObject({
          ...{ track, slice, name: strings.get(slices.name[slice]), durNs: slices.durNs[slice] },
          startNs: slices.startNs[slice] + shard.shiftNs,
        });
        expect(json.similar.bins.reduce((sum, each) => sum + each, 0)).toBe(json.similar.count);
        if (json.args !== '') expect(() => JSON.parse(json.args)).not.toThrow();
        count++;
      }
    }
    expect(count).toBeGreaterThan(10);
  });
});
