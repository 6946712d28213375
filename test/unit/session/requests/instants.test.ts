// Marks without a length are found by their names, beside slices, and asked for by window.
import { describe, expect, it } from 'vitest';
import type { ViewedRun } from '../../../../src/session/requests/index.ts';
import { readFiles } from '../../../support/reading.ts';
import { asked, viewedRun } from '../../../support/viewed-runs.ts';

async function viewedEvents(events: readonly object[]): Promise<ViewedRun> {
  const bytes = new TextEncoder().encode(JSON.stringify(events));
  const { timeline } = await readFiles('chrome-json', [{ path: 'a.json', bytes }]);
  const shard = { timeline, readerId: 'chrome-json', files: ['a.json'], shiftNs: 0 };
  return viewedRun({ originNs: timeline.originNs, endNs: timeline.endNs, shards: [shard] });
}

it('finds instants, the first in time first, with their track', async () => {
  const events = [
    { ph: 'X', pid: 1, tid: 1, ts: 0, dur: 9, name: 'slice' },
    { ph: 'i', pid: 1, tid: 1, ts: 5, s: 't', name: 'Iteration Start: late' },
    { ph: 'i', pid: 1, tid: 1, ts: 2, s: 't', name: 'Iteration Start: early' },
    { ph: 'i', pid: 1, tid: 1, ts: 3, s: 't', name: 'other' },
  ];
  const viewed = await viewedEvents(events);
  const { json } = await asked(viewed, 'find', { text: 'iteration', limit: 1 });
  expect([json.total, json.instantCount]).toEqual([0, 2]);
  expect(json.instants).toEqual([{ track: 0, timeNs: 2_000, name: 'Iteration Start: early' }]);
});

describe('instants of a window', () => {
  const track = { pid: 1, tid: 1 };
  const mark = (ts: number, name: string, tid = 1) => ({ ph: 'i', pid: 1, tid, ts, s: 't', name });

  it('are the first of each column, and how many there are', async () => {
    const viewed = await viewedEvents([
      { ph: 'X', ...track, ts: 0, dur: 100, name: 'slice' },
      ...[mark(10, 'a'), mark(12, 'b'), mark(19, 'c'), mark(20, 'd'), mark(45, 'e', 2), mark(99, 'a')],
    ]);
    const { json: info } = await asked(viewed, 'run', {});
    expect(info.tracks.map(({ instantCount }) => instantCount)).toEqual([5, 1]);
    const ask = { startNs: 0, endNs: 100_000, columnCount: 10, tracks: [0, 1] };
    const { json, columns } = await asked(viewed, 'instants', ask);
    const found = [...columns.track].map((each, at) => [
      ...[each, columns.timeNs[at], columns.count[at], json.names[columns.name[at]]],
    ]);
    expect(found).toEqual([
      [0, 10_000, 3, 'a'],
      [0, 20_000, 1, 'd'],
      [0, 99_000, 1, 'a'],
      [1, 45_000, 1, 'e'],
    ]);
    expect(new Set(json.names).size).toBe(json.names.length);
  });

  it('are those of the window alone, however narrow its columns are', async () => {
    const viewed = await viewedEvents([
      mark(0, 'before'),
      mark(10, 'at its start'),
      mark(10.001, 'inside'),
      mark(10.003, 'at its end'),
    ]);
    const ask = { startNs: 10_000, endNs: 10_003, columnCount: 4000, tracks: [0] };
    const { json, columns } = await asked(viewed, 'instants', ask);
    expect([...columns.name].map((name) => json.names[name])).toEqual(['at its start', 'inside']);
    expect([...columns.count]).toEqual([1, 1]);
  });

  it('are never more than columns, and none is lost', async () => {
    const viewed = await viewedEvents(Array.from({ length: 5000 }, (_, at) => mark(at / 10, `mark ${at % 7}`)));
    const ask = { startNs: 0, endNs: 600_000, columnCount: 97, tracks: [0] };
    const { columns } = await asked(viewed, 'instants', ask);
    expect(columns.count.length).toBeLessThanOrEqual(97);
    expect([...columns.count].reduce((sum, count) => sum + count, 0)).toBe(5000);
  });
});
