// What is open at first, and what tracks are called.
import { describe, expect, test } from 'vitest';
import type { RunInfo, TrackInfo } from '../../../src/session/requests/protocol.ts';
import { initialState } from '../../../viewer/run-state.ts';
import { trackName } from '../../../viewer/timeline/track-names.ts';
import { trackTree } from '../../../viewer/timeline/track-tree.ts';

const stream = (process: string, name: string): TrackInfo => ({
  ...{ group: 0, process, name, kind: 'stream', rowCount: 1, sliceCount: 1, series: '', unit: '' },
  ...{ sampleCount: 0, instantCount: 0 },
});
const counter = (name: string, series: string): TrackInfo => ({
  ...stream('Memory', name),
  ...{ kind: 'counter', rowCount: 0, sliceCount: 0, sampleCount: 3, series },
});
const infoOf = (tracks: readonly TrackInfo[]): RunInfo => ({
  ...{
    name: '',
    originNs: '0',
    endNs: 9,
    sliceCount: 1,
    steps: [],
    diagnostics: [],
    bubbleThresholdNs: 10_000,
    work: null,
    hasMetrics: false,
    tracks,
  },
  groups: [{ label: 'NPU 0', rank: 0, device: 0 }],
  devices: [{ label: 'NPU 0', rank: 0, device: 0 }],
});

describe('at first', () => {
  test('counters are closed, so that what ran is in view', () => {
    const info = infoOf([stream('Hardware', 'Stream 2'), counter('APP', 'Reserved(B)')]);
    const [{ processes }] = trackTree(info);
    expect(initialState(info, 0).collapsed).toEqual([processes.find(({ name }) => name === 'Memory')?.node]);
  });

  test('all of a run is in view, but where devices work in a small part of it only', () => {
    const windowOf = (startNs: number, endNs: number): readonly number[] => {
      const state = initialState({ ...infoOf([]), endNs: 1_000_000, work: { startNs, endNs } }, 0);
      return [state.startNs, state.endNs];
    };
    expect(windowOf(100_000, 120_000)).toEqual([-5_000, 1_005_000]);
    expect(windowOf(100_000, 110_000)).toEqual([99_000, 111_000]);
  });

  test('counters are open where there is nothing else', () => {
    expect(initialState(infoOf([counter('APP', 'Reserved(B)')]), 0).collapsed).toEqual([]);
  });
});

describe('a counter', () => {
  test.each([
    ['HBM 0/Read', 'Read(MB/s)', 'HBM 0/Read'],
    ['APP', 'Reserved(B)', 'APP Reserved(B)'],
    ['Power', 'Power', 'Power'],
    ['Read', '', 'Read'],
  ])('%s with the series %j is called %s', (name, series, called) => {
    expect(trackName(infoOf([counter(name, series)]), 0)).toBe(called);
  });
});
