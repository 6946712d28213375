// Slices among others: found by name, stepped through, counted in an area.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Place, ViewedRun } from '../../../../src/session/requests/index.ts';
import type { PlantedRank } from '../../../support/planted-run.ts';
import { asked, sliceNamed, trackNamed, viewedPlanted } from '../../../support/viewed-runs.ts';

const RANK: PlantedRank = {
  rank: 0,
  tasks: [
    { name: 'MatMul', stream: 2, startNs: 0, endNs: 100 },
    { name: 'Add', stream: 2, startNs: 100, endNs: 130 },
    { name: 'MatMul', stream: 3, startNs: 120, endNs: 320 },
    { name: 'MatMul', stream: 2, startNs: 300, endNs: 350 },
    { name: 'MatMul', stream: 3, startNs: 320, endNs: 330 },
  ],
  ranges: [
    { name: 'outer', startNs: 10, endNs: 90 },
    { name: 'MatMul', startNs: 20, endNs: 40 },
    { name: 'matmul', startNs: 50, endNs: 60 },
    { name: 'MatMul', startNs: 200, endNs: 200 },
  ],
};

let viewed: ViewedRun;
let [two, three, host] = [0, 0, 0];
beforeAll(async () => {
  viewed = await viewedPlanted(RANK);
  [two, three, host] = ['Stream 2', 'Stream 3', 'Thread 7'].map((name) => trackNamed(viewed, name));
});

describe('find', () => {
  it('finds names whatever their case, what takes most time first', async () => {
    const { json } = await asked(viewed, 'find', { text: 'mATmul', limit: 10 });
    expect(json.total).toBe(7);
    expect(json.names).toEqual([
      { name: 'MatMul', count: 6, totalNs: 380 },
      { name: 'matmul', count: 1, totalNs: 10 },
    ]);
    expect(json.places.map(({ startNs }) => startNs)).toEqual([0, 20, 50, 120, 200, 300, 320]);
    expect(json.places[3]).toEqual({
      track: three,
      slice: expect.any(Number),
      startNs: 120,
      durNs: 200,
      name: 'MatMul',
    });
  });

  it('gives no more than was asked for, and says how many there are', async () => {
    const { json } = await asked(viewed, 'find', { text: 'm', limit: 2 });
    expect(json.total).toBe(7);
    expect(json.places.map(({ startNs }) => startNs)).toEqual([0, 20]);
    expect((await asked(viewed, 'find', { text: 'm', limit: 0 })).json).toMatchObject({
      total: 7,
      names: [],
      places: [],
    });
  });

  it('finds tracks by what they and their processes are called', async () => {
    expect((await asked(viewed, 'find', { text: 'stream', limit: 9 })).json).toMatchObject({
      ...{ total: 0, tracks: [two, three], places: [] },
    });
    expect((await asked(viewed, 'find', { text: 'ascend hardware', limit: 1 })).json.tracks.length).toBe(1);
  });

  it('takes texts for texts', async () => {
    for (const text of ['.*', '[', '\\', '\0', '__proto__']) {
      expect((await asked(viewed, 'find', { text, limit: 9 })).json.total).toBe(0);
    }
    expect((await asked(viewed, 'find', { text: '', limit: 9 })).json).toEqual({
      ...{ total: 0, names: [], tracks: [], places: [], instantCount: 0, instants: [] },
    });
  });
});

describe('neighbour', () => {
  async function steps(from: { track: number; slice: number }, direction: -1 | 1): Promise<(readonly number[])[]> {
    const visited: (readonly number[])[] = [];
    let at = from;
    for (;;) {
      const next: Place | null = (await asked(viewed, 'neighbour', { ...at, direction })).json;
      if (next === null) return visited;
      visited.push([next.track, next.startNs]);
      at = { track: next.track, slice: next.slice };
    }
  }

  it('goes through those of a name on tracks of a kind, in the order of time', async () => {
    const first = sliceNamed(viewed, two, 'MatMul');
    const all = await steps(first, 1);
    expect(all).toEqual([
      [three, 120],
      [two, 300],
      [three, 320],
    ]);
    const last = await asked(viewed, 'find', { text: 'MatMul', limit: 99 });
    const { track, slice } = last.json.places[last.json.places.length - 1];
    expect(await steps({ track, slice }, -1)).toEqual([
      [two, 300],
      [three, 120],
      [two, 0],
    ]);
  });

  it('leaves other kinds of tracks alone', async () => {
    expect(await steps(sliceNamed(viewed, host, 'MatMul'), 1)).toEqual([[host, 200]]);
  });

  it('visits each of several that begin at one time once', async () => {
    const ranks = [0, 1, 2].map((rank) => ({
      rank,
      tasks: [0, 1].map((at) => ({ name: 'Add', stream: 2, startNs: 0, endNs: at })),
    }));
    const own = viewed;
    viewed = await viewedPlanted(...ranks);
    const [first] = (await asked(viewed, 'find', { text: 'Add', limit: 1 })).json.places;
    const forth = await steps({ track: first.track, slice: first.slice }, 1);
    expect(forth.length).toBe(5);
    viewed = own;
  });
});

describe('selection', () => {
  it('counts what touches the area, with the time that is in it', async () => {
    const { json } = await asked(viewed, 'selection', { startNs: 50, endNs: 310, tracks: [two, three, host, two] });
    expect(json.tracks).toEqual([
      { track: two, count: 3, busyNs: 50 + 30 + 10 },
      { track: three, count: 1, busyNs: 190 },
      // One nests in the other, and one has no length.
      { track: host, count: 3, busyNs: 40 },
    ]);
    expect(json.ops).toEqual([
      { name: 'MatMul', count: 4, totalNs: 50 + 190 + 10, maxNs: 190 },
      { name: 'outer', count: 1, totalNs: 40, maxNs: 40 },
      { name: 'Add', count: 1, totalNs: 30, maxNs: 30 },
      { name: 'matmul', count: 1, totalNs: 10, maxNs: 10 },
    ]);
    expect(json.opCount).toBe(4);
  });

  it('leaves out what only touches its edges', async () => {
    const { json } = await asked(viewed, 'selection', { startNs: 100, endNs: 120, tracks: [two, three] });
    expect(json.tracks.map(({ count, busyNs }) => [count, busyNs])).toEqual([
      [1, 20],
      [0, 0],
    ]);
  });

  it('sees slices that began long before', async () => {
    const short = Array.from({ length: 1000 }, (_, i) => ({ name: 'short', startNs: 10 * i, endNs: 10 * i + 5 }));
    const run = await viewedPlanted({
      rank: 0,
      tasks: [],
      ranges: [{ name: 'long', startNs: 0, endNs: 20_000 }, ...short],
    });
    const { json } = await asked(run, 'selection', {
      startNs: 9_000,
      endNs: 30_000,
      tracks: [trackNamed(run, 'Thread 7')],
    });
    expect(json.tracks[0]).toMatchObject({ count: 101, busyNs: 11_000 });
  });
});
