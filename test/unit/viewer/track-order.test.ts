// The order of tracks, processes and groups among their like, as short as it can be told.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RunInfo } from '../../../src/session/requests/protocol.ts';
import { inOrder, movedNextTo, orderWith, siblingsOf } from '../../../viewer/timeline/track-order.ts';
import { groupsOf, nodeCount, trackTree, tracksOf } from '../../../viewer/timeline/track-tree.ts';

const track = (group: number, name: string): RunInfo['tracks'][number] => ({
  ...{
    group,
    process: 'p',
    name,
    kind: 'stream',
    rowCount: 1,
    sliceCount: 1,
    series: '',
    unit: '',
    sampleCount: 0,
    instantCount: 0,
  },
});

function infoOf(groups: RunInfo['groups'], tracksEach: number): RunInfo {
  const tracks = groups.flatMap((_, group) => Array.from({ length: tracksEach }, (__, at) => track(group, `t${at}`)));
  return {
    name: '',
    originNs: '0',
    endNs: 1,
    sliceCount: 1,
    devices: [],
    steps: [],
    diagnostics: [],
    bubbleThresholdNs: 10_000,
    work: null,
    hasMetrics: false,
    groups,
    tracks,
  };
}

const RANKS = infoOf(
  [0, 1, 2].flatMap((rank) => [
    { label: `host ${rank}`, rank, device: -1 },
    { label: `NPU ${rank}`, rank, device: rank },
  ]),
  4,
);
const TREE = trackTree(RANKS);
const FIRST_TRACK = nodeCount(TREE, RANKS);

describe('of several ranks', () => {
  test('each is one group, its device, which holds its host', () => {
    expect(TREE.map(({ label, inner }) => [label, inner.map((host) => host.label)])).toEqual(
      [0, 1, 2].map((rank) => [`NPU ${rank}`, [`host ${rank}`]]),
    );
    expect(groupsOf(TREE).flatMap(tracksOf).length).toBeGreaterThan(RANKS.tracks.length);
    expect(TREE.flatMap(tracksOf).sort((a, b) => a - b)).toEqual([...RANKS.tracks.keys()]);
  });

  test('those of more devices stay as they are, and so does a single rank', () => {
    const rankOf = (rank: number) => [
      { label: 'host', rank, device: -1 },
      { label: 'a', rank, device: 2 * rank },
      { label: 'b', rank, device: 2 * rank + 1 },
    ];
    const many = infoOf([0, 1].flatMap(rankOf), 1);
    expect(trackTree(many).map(({ label }) => label)).toEqual(['host', 'a', 'b', 'host', 'a', 'b']);
    const one = infoOf(RANKS.groups.slice(0, 2), 1);
    expect(trackTree(one).map(({ label }) => label)).toEqual(['host 0', 'NPU 0']);
  });
});

describe('an order', () => {
  test('names those that stand first; the others follow as captured', () => {
    expect(orderWith([], [0, 2, 1, 3, 4])).toEqual([0, 2]);
    expect(orderWith([], [4, 0, 1, 2, 3])).toEqual([4]);
    expect(orderWith([], [0, 1, 2])).toEqual([]);
    expect(orderWith([9, 0], [1, 0, 2])).toEqual([9, 1]);
  });

  test('gives back every order that its like are brought into, and is nothing where that is the captured one', () => {
    const families = [TREE.map(({ node }) => node), [0, 1, 2, 3].map((at) => FIRST_TRACK + 4 + at)];
    const orders = fc.tuple(...families.map((family) => fc.shuffledSubarray(family, { minLength: family.length })));
    fc.assert(
      fc.property(orders, (wanted) => {
        let order: number[] = [];
        for (const family of wanted) order = orderWith(order, family);
        const tree = inOrder(TREE, order, FIRST_TRACK);
        for (const family of wanted) expect(siblingsOf(tree, family[0], FIRST_TRACK)).toEqual(family);
        for (const family of families) order = orderWith(order, family);
        expect(order).toEqual([]);
      }),
    );
  });

  test('that anybody made up loses nothing and adds nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 100 })), (order) => {
        const tracks = inOrder(TREE, order, FIRST_TRACK).flatMap(tracksOf);
        expect(tracks.sort((a, b) => a - b)).toEqual([...RANKS.tracks.keys()]);
      }),
    );
  });

  test('moves one next to another', () => {
    expect(movedNextTo([1, 2, 3, 4], 1, 3, 'after')).toEqual([2, 3, 1, 4]);
    expect(movedNextTo([1, 2, 3, 4], 4, 2, 'before')).toEqual([1, 4, 2, 3]);
  });
});
