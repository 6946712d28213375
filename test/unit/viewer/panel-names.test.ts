import { describe, expect, test } from 'vitest';
import type { RunInfo } from '../../../src/session/requests/protocol.ts';
import { viewerPanels } from '../../../src/locale/viewer-panels.ts';
import { GROUPINGS, groupingOf } from '../../../viewer/panels/op-grouping.ts';
import { deviceAt, deviceLabel } from '../../../viewer/panels/device-names.ts';

const INFO: RunInfo = {
  ...{
    name: 'run',
    originNs: '0',
    endNs: 1,
    sliceCount: 0,
    groups: [],
    tracks: [],
    steps: [],
    diagnostics: [],
    bubbleThresholdNs: 10_000,
    work: null,
    hasMetrics: false,
  },
  devices: [
    { label: 'rank 0 · NPU 0', rank: 0, device: 0 },
    { label: 'rank 1 · NPU 0 · run1', rank: 1, device: 0 },
    { label: 'rank 1 · NPU 0 · run2', rank: 1, device: 0 },
    { label: 'NPU 3', rank: -1, device: 3 },
  ],
};

describe('a device that a report names', () => {
  test('is found by rank and number, and by its capture where these do not tell', () => {
    expect(deviceAt(INFO, { rank: 0, device: 0, capture: null })).toBe(0);
    expect(deviceAt(INFO, { rank: 1, device: 0, capture: 'run2' })).toBe(2);
    expect(deviceAt(INFO, { rank: null, device: 3, capture: null })).toBe(3);
  });

  test('may be none of the run', () => {
    expect(deviceAt(INFO, { rank: 7, device: 0, capture: null })).toBe(-1);
    expect(deviceLabel(INFO, { rank: 7, device: null, capture: null })).toBe('rank 7');
  });
});

describe('what ops are grouped by', () => {
  test('is what the state says', () => {
    expect(groupingOf('shape')).toBe('shape');
    expect(groupingOf('arg:Block Num')).toEqual({ arg: 'Block Num' });
  });

  test('is the type where an address says anything else', () => {
    expect(groupingOf('arg:')).toBe('type');
    expect(groupingOf('__proto__')).toBe('type');
  });

  test('has a name in each language', () => {
    for (const { groupings } of Object.values(viewerPanels)) {
      expect(Object.keys(groupings)).toEqual([...GROUPINGS, 'arg']);
    }
  });
});
