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

  it('is how long others of its type last', async () => {
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

  it('says what is taken for the same op', async () => {
    const numbered = (name: string, at: number, lastsNs: number) => ({
      ...{ name, stream: 2, startNs: at * 10_000, endNs: at * 10_000 + lastsNs },
      operator: { name: `aten::add_${at}`, startNs: at * 10_000 - 5_000, endNs: at * 10_000 - 5_000 + lastsNs },
    });
    const ops = await viewedPlanted({
      rank: 0,
      tasks: [
        numbered('MatMul_17', 1, 1_000),
        numbered('MatMul_18', 2, 3_000),
        numbered('net/block/MatMul19', 3, 2_000),
        numbered('Add_1', 4, 500),
        numbered('=HYPERLINK("http://evil/","click")', 5, 700),
      ],
    });
    const similarOf = async (track: string, name: string) => {
      const { similar } = (await asked(ops, 'slice', sliceNamed(ops, trackNamed(ops, track), name))).json;
      return [similar.by, similar.key, similar.count, similar.leastNs, similar.medianNs, similar.mostNs];
    };
    expect(await similarOf('Stream 2', 'MatMul_18')).toEqual(['type', 'MatMul', 3, 1_000, 2_000, 3_000]);
    expect(await similarOf('Stream 2', 'Add_1')).toEqual(['type', 'Add', 1, 500, 500, 500]);
    const hostile = '=HYPERLINK("http://evil/","click")';
    expect(await similarOf('Stream 2', hostile)).toEqual(['type', hostile, 1, 700, 700, 700]);
    expect(await similarOf('Thread 7', 'aten::add_3')).toEqual(['name', 'aten::add', 5, 500, 1_000, 3_000]);
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

describe('the sides of a collective', async () => {
  const collective = (startNs: number, endNs: number, number = 1) => ({
    ...{ name: `hcom_allReduce__586_0_${number}`, startNs, endNs },
  });
  const op = (startNs: number) => ({ name: 'MatMul', stream: 2, startNs, endNs: startNs + 10 });
  const ranks = await viewedPlanted(
    { rank: 0, tasks: [op(0)], collectives: [collective(20, 120), collective(200, 230, 2)] },
    { rank: 1, tasks: [op(0)], collectives: [collective(80, 120), collective(200, 240, 2)] },
    { rank: 2, tasks: [op(0)], collectives: [collective(50, 120), collective(200, 230, 2)] },
  );
  const tracks = ranks.tracks.flatMap(({ shard, track }, at) =>
    shard.timeline.tracks[track].kind === 'communication' ? [at] : [],
  );

  it('are found on all ranks, from any of them, with what each waits and transfers', async () => {
    expect(tracks.length).toBe(3);
    for (const track of tracks) {
      const { json } = await asked(ranks, 'slice', sliceNamed(ranks, track, 'hcom_allReduce__586_0_1'));
      const { counterparts } = json;
      expect(counterparts.map(({ rank, durNs, waitNs, transferNs }) => [rank, durNs, waitNs, transferNs])).toEqual([
        [0, 100, 60, 40],
        [1, 40, 0, 40],
        [2, 70, 30, 40],
      ]);
      expect(counterparts.filter(({ isThis }) => isThis).map(({ place }) => place)).toEqual([
        { track, slice: json.slice, name: json.name, startNs: json.startNs, durNs: json.durNs },
      ]);
      for (const { place } of counterparts) {
        if (place === null) throw new Error('each side has its place');
        const other = await asked(ranks, 'slice', { track: place.track, slice: place.slice });
        expect(other.json.counterparts.map((each) => each.place)).toEqual(counterparts.map((each) => each.place));
      }
    }
  });

  it('are none of what does not communicate', async () => {
    const { json } = await asked(ranks, 'slice', sliceNamed(ranks, trackNamed(ranks, 'Stream 2'), 'MatMul'));
    expect(json.counterparts).toEqual([]);
  });

  it('is one where one rank was read', async () => {
    const one = await viewedPlanted({ rank: 0, tasks: [op(0)], collectives: [collective(20, 120)] });
    const track = one.tracks.findIndex(({ shard, track: own }) => shard.timeline.tracks[own].kind === 'communication');
    const { counterparts } = (await asked(one, 'slice', sliceNamed(one, track, 'hcom_allReduce__586_0_1'))).json;
    expect(counterparts.map(({ rank, waitNs, isThis }) => [rank, waitNs, isThis])).toEqual([[0, null, true]]);
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
