// Marks without a length are found by their names, beside slices.
import { expect, it } from 'vitest';
import { readFiles } from '../../../support/reading.ts';
import { asked, viewedRun } from '../../../support/viewed-runs.ts';

it('finds instants, the first in time first, with their track', async () => {
  const events = [
    { ph: 'X', pid: 1, tid: 1, ts: 0, dur: 9, name: 'slice' },
    { ph: 'i', pid: 1, tid: 1, ts: 5, s: 't', name: 'Iteration Start: late' },
    { ph: 'i', pid: 1, tid: 1, ts: 2, s: 't', name: 'Iteration Start: early' },
    { ph: 'i', pid: 1, tid: 1, ts: 3, s: 't', name: 'other' },
  ];
  const bytes = new TextEncoder().encode(JSON.stringify(events));
  const { timeline } = await readFiles('chrome-json', [{ path: 'a.json', bytes }]);
  const shard = { timeline, readerId: 'chrome-json', files: ['a.json'], shiftNs: 0 };
  const viewed = viewedRun({ originNs: timeline.originNs, endNs: timeline.endNs, shards: [shard] });
  const { json } = await asked(viewed, 'find', { text: 'iteration', limit: 1 });
  expect([json.total, json.instantCount]).toEqual([0, 2]);
  expect(json.instants).toEqual([{ track: 0, timeNs: 2_000, name: 'Iteration Start: early' }]);
});
