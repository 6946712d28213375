// Which slice is under the pointer, and which track.
import { describe, expect, test } from 'vitest';
import type { TrackInfo } from '../../../src/session/requests/protocol.ts';
import { tracksBetween } from '../../../viewer/timeline/area.ts';
import { Arrangement } from '../../../viewer/timeline/arrangement.ts';
import { sliceAt } from '../../../viewer/timeline/hit-test.ts';
import { heightOf, HEIGHTS, rowAt, rowLayout, rowsBetween, trackRows } from '../../../viewer/timeline/rows.ts';
import { trackTree } from '../../../viewer/timeline/track-tree.ts';
import { WindowAnswer } from '../../../viewer/timeline/window-answer.ts';

const NONE = -1;

/** Two tracks of one row each, 10 columns of 100 ns; one wide slice from 205 to 595 on the second. */
const answer = new WindowAnswer(
  { startNs: 0, endNs: 1000, columnCount: 10, tracks: [4, 9], colourBy: 'kind' },
  {
    json: { rowCounts: [1, 1], names: ['MatMul'] },
    columns: {
      coverage: new Uint8Array(20),
      colour: new Uint8Array(20),
      slice: Int32Array.from([
        ...[NONE, 7, NONE, NONE, NONE, NONE, NONE, NONE, NONE, 8],
        ...[NONE, NONE, 3, 3, 3, 3, NONE, NONE, NONE, NONE],
      ]),
      wideRow: Uint32Array.of(1),
      wideSlice: Int32Array.of(3),
      wideStartNs: Float64Array.of(205),
      wideDurNs: Float64Array.of(390),
      wideName: Uint32Array.of(0),
    },
  },
);

describe('the slice at a place', () => {
  test('is the wide one from its first ns to its last', () => {
    const exact = { isExact: true, slice: 3, startNs: 205, durNs: 390, name: 'MatMul' };
    expect(sliceAt(answer, 1, 205, 1)).toEqual(exact);
    expect(sliceAt(answer, 1, 594.9, 1)).toEqual(exact);
  });

  test('is the longest of a column where slices are narrow', () => {
    expect(sliceAt(answer, 0, 150, 100)).toEqual({ isExact: false, slice: 7 });
  });

  test('may be some pixels away, but not more', () => {
    expect(sliceAt(answer, 0, 399, 100)).toEqual({ isExact: false, slice: 7 });
    expect(sliceAt(answer, 0, 550, 100)).toBeUndefined();
    expect(sliceAt(answer, 0, 350, 1)).toBeUndefined();
  });

  test('is none outside of the rows and columns that are known', () => {
    expect(sliceAt(answer, 2, 150, 1)).toBeUndefined();
    expect(sliceAt(answer, 0, -5000, 1)).toBeUndefined();
    expect(sliceAt(answer, 0, 5000, 1)).toBeUndefined();
  });

  test('rows are those of the tracks that were asked for', () => {
    expect(answer.rowsOf(9)).toEqual({ first: 1, count: 1 });
    expect(answer.rowsOf(5)).toBeUndefined();
  });
});

const track = (group: number, process: string, name: string, rowCount = 1, sliceCount = 1): TrackInfo => ({
  ...{
    group,
    process,
    name,
    kind: 'stream',
    rowCount,
    sliceCount,
    series: '',
    unit: '',
    sampleCount: 0,
    instantCount: 0,
  },
});
const TRACKS = [
  track(0, 'Python', 'Thread 1', 3),
  track(0, 'CANN', 'Thread 2'),
  track(1, 'Hardware', 'Stream 1'),
  track(1, 'Hardware', 'Stream 2', 1, 0),
  track(1, 'HCCL', 'Group 0'),
];
const INFO = {
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
} as const;
const TREE = trackTree({
  ...{ ...INFO, tracks: TRACKS },
  groups: [
    { label: 'host', rank: 0, device: -1 },
    { label: 'NPU 0', rank: 0, device: 0 },
  ],
});

const names = (shown: { trackFilter?: string; collapsed?: number[] }): string[] =>
  rowLayout(TREE, TRACKS, { trackFilter: '', collapsed: [], ...shown }).rows.map((row) => {
    switch (row.kind) {
      case 'group':
        return row.group.label;
      case 'process':
        return row.name;
      case 'track':
        return TRACKS[row.track].name;
    }
  });

describe('rows', () => {
  test('are groups, their processes and their tracks; what is empty is left out', () => {
    expect(names({})).toEqual([
      ...['host', 'Python', 'Thread 1', 'CANN', 'Thread 2'],
      ...['NPU 0', 'Hardware', 'Stream 1', 'HCCL', 'Group 0'],
    ]);
  });

  test('say a name once: an only process that is called as its group has no row of its own', () => {
    const tracks = [track(0, 'Spans', 'Thread 1'), track(1, 'Hardware', 'Stream 1')];
    const groups = [
      { label: 'Spans', rank: 0, device: -1 },
      { label: 'NPU 0', rank: 0, device: 0 },
    ];
    const tree = trackTree({ ...INFO, tracks, groups });
    const layout = rowLayout(tree, tracks, { trackFilter: '', collapsed: [] });
    expect(layout.rows.map(({ kind, level }) => [kind, level])).toEqual([
      ...[['group', 0] as const, ['track', 1] as const],
      ...[['group', 0] as const, ['process', 1] as const, ['track', 2] as const],
    ]);
    expect([0, 1].map((each) => layout.rowOfTrack(each))).toEqual([1, 4]);
  });

  test('of marks alone are there, too', () => {
    const tracks = [{ ...track(0, 'Marks', 'Thread 1', 0, 0), instantCount: 2 }];
    expect(trackTree({ ...INFO, tracks, groups: [{ label: 'host', rank: 0, device: -1 }] })).toHaveLength(1);
  });

  test('fold into what is closed', () => {
    const hardware = TREE[1].processes[0].node;
    expect(names({ collapsed: [0, hardware] })).toEqual(['host', 'NPU 0', 'Hardware', 'HCCL', 'Group 0']);
    const layout = rowLayout(TREE, TRACKS, { trackFilter: '', collapsed: [0, hardware] });
    expect([0, 1, 2, 4].map((each) => layout.rowOfTrack(each))).toEqual([0, 0, 2, 4]);
  });

  test('are those whose names hold a text, closed or not', () => {
    expect(names({ trackFilter: 'thread', collapsed: [0] })).toEqual([
      'host',
      'Python',
      'Thread 1',
      'CANN',
      'Thread 2',
    ]);
    expect(names({ trackFilter: 'hccl' })).toEqual(['NPU 0', 'HCCL', 'Group 0']);
    expect(names({ trackFilter: 'no such' })).toEqual([]);
  });

  test('are found by height', () => {
    const layout = rowLayout(TREE, TRACKS, { trackFilter: '', collapsed: [] });
    for (let row = 0; row < layout.rows.length; row++) {
      expect(rowAt(layout, layout.topsPx[row])).toBe(row);
      expect(rowAt(layout, layout.topsPx[row + 1] - 0.01)).toBe(row);
    }
    expect(rowAt(layout, -1)).toBe(-1);
    expect(rowsBetween(layout, 0, heightOf(layout))).toEqual({ first: 0, last: layout.rows.length - 1 });
  });
});

describe('the screen', () => {
  const main = rowLayout(TREE, TRACKS, { trackFilter: '', collapsed: [] });
  const pinned = trackRows([4], TRACKS);
  const arrangement = new Arrangement(main, pinned, true, 50, 200);

  test('keeps steps and pinned tracks at the top, the others scroll below them', () => {
    expect(arrangement.at(5)).toBeUndefined();
    expect(arrangement.at(arrangement.stepsPx + 1)).toMatchObject({ isPinned: true, row: { track: 4 } });
    const first = arrangement.at(arrangement.fixedPx)!;
    expect(first.isPinned).toBe(false);
    expect(first.yPx).toBeLessThanOrEqual(arrangement.fixedPx);
    expect(arrangement.ofTrack(4)!.isPinned).toBe(true);
  });

  test('asks for the rows in view alone', () => {
    const many = Array.from({ length: 60_000 }, (_, at) => track(1, 'Hardware', `Stream ${at}`));
    const long = new Arrangement(trackRows([...many.keys()], many), trackRows([], many), false, 600_000, 400);
    const rows = long.scrollingRows();
    expect(rows).toHaveLength(20);
    expect(rows[0].row).toMatchObject({ track: 600_000 / (HEIGHTS.slices + HEIGHTS.gap) });
  });

  test('gives an area the tracks that it touches, and those that are folded into a row', () => {
    const closed = new Arrangement(
      rowLayout(TREE, TRACKS, { trackFilter: '', collapsed: [0] }),
      trackRows([], TRACKS),
      false,
      0,
      400,
    );
    expect(tracksBetween(closed, TREE, 0, 5)).toEqual([0, 1]);
    const stream = closed.ofTrack(2)!;
    expect(tracksBetween(closed, TREE, stream.yPx + 2, stream.yPx + 5)).toEqual([2]);
    expect(tracksBetween(closed, TREE, 0, 400)).toEqual([0, 1, 2, 4]);
  });
});
