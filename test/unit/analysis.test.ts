import { describe, expect, it } from 'vitest';
import { countRows, describeRun } from '../../src/analysis/index.ts';
import { Diagnostics, MemorySource } from '../../src/base/index.ts';
import { ascendMsprofJson } from '../../src/readers/ascend/msprof-json.ts';
import type { Run } from '../../src/timeline/index.ts';

const DEVICE = 640551328;
const HOST = 640551167;
const named = (pid: number, name: string, labels: string): object[] => [
  { name: 'process_name', pid, tid: 0, ph: 'M', args: { name } },
  { name: 'process_labels', pid, tid: 0, ph: 'M', args: { labels } },
];
const slice = (pid: number, tid: number, name: string, us: number, dur: number, args: object = {}): object => ({
  name,
  pid,
  tid,
  ts: `1787504006100${us}.000`,
  dur,
  ph: 'X',
  args,
});
const flow = (ph: 's' | 'f', pid: number, tid: number, us: number, id: string): object => ({
  name: 'HostToDevice',
  ph,
  pid,
  tid,
  id,
  cat: 'HostToDevice',
  ts: `1787504006100${us}.000`,
  bp: 'e',
});

async function runOf(events: readonly object[]): Promise<Run> {
  const read = await ascendMsprofJson.load();
  const bytes = new TextEncoder().encode(JSON.stringify(events));
  const timeline = await read([new MemorySource('memory.json', bytes)], new Diagnostics(), { rank: 2 });
  const shard = { timeline, readerId: ascendMsprofJson.id, files: ['memory.json'], shiftNs: 0 };
  return { originNs: timeline.originNs, endNs: timeline.endNs, shards: [shard] };
}

describe('what a run holds', () => {
  it('is counted as it stood in the file: a start that serves two finishes is one event', async () => {
    const run = await runOf([
      ...named(DEVICE, 'Ascend Hardware', 'NPU 0'),
      ...named(HOST, 'CANN', 'CPU'),
      slice(HOST, 5, 'launch', 100, 9),
      slice(DEVICE, 49, 'MatMul', 110, 10),
      slice(DEVICE, 49, 'Add', 130, 0),
      flow('s', HOST, 5, 101, '7'),
      flow('f', DEVICE, 49, 110, '7'),
      flow('f', DEVICE, 49, 130, '7'),
      flow('s', HOST, 5, 108, '8'),
      { name: 'AI Core Freq', pid: DEVICE + 32, tid: 0, ts: '1787504006100100.000', ph: 'C', args: { MHz: 1800 } },
    ]);
    expect(countRows(run)).toEqual({
      slices: 3,
      zeroLengthSlices: 1,
      instants: 0,
      counterSamples: 1,
      boundFlows: 2,
      unboundFlows: 1,
      events: 8,
    });
  });

  it('is described by track, in times of the run', async () => {
    const run = await runOf([
      ...named(DEVICE, 'Ascend Hardware', 'NPU 3'),
      slice(DEVICE, 49, 'MatMul', 110, 10),
      slice(DEVICE, 49, 'Add', 130, 5),
    ]);
    const facts = describeRun(run);
    expect(facts).toMatchObject({ ranks: [2], devices: [3] });
    expect(facts.tracks).toMatchObject([
      { process: 'Ascend Hardware', kind: 'stream', rows: 2, firstNs: 0, lastNs: 25_000 },
    ]);
  });
});
