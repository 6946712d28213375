import { describe, expect, it } from 'vitest';
import { Diagnostics, MemorySource } from '../../src/base/index.ts';
import { chromeJson } from '../../src/readers/chrome/chrome-json.ts';
import { cutRun, cutTimeline, WHOLE_RANGE } from '../../src/timeline/cut.ts';
import { NONE, type Timeline } from '../../src/timeline/index.ts';
import { assertIntegrity } from '../../src/timeline/integrity.ts';

const EVENTS = [
  { ph: 'M', name: 'process_name', pid: 1, args: { name: 'Host' } },
  { ph: 'M', name: 'process_name', pid: 2, args: { name: 'Device' } },
  { ph: 'M', name: 'thread_name', pid: 2, tid: 7, args: { name: 'Stream 7' } },
  { ph: 'X', name: 'launch1', pid: 1, tid: 1, ts: 0, dur: 10, args: { n: 1 } },
  { ph: 'X', name: 'launch2', pid: 1, tid: 1, ts: 20, dur: 10, args: { n: 2 } },
  { ph: 'X', name: 'kernel1', pid: 2, tid: 7, ts: 15, dur: 10 },
  { ph: 'X', name: 'kernel2', pid: 2, tid: 7, ts: 30, dur: 20, args: { n: 4 } },
  { ph: 'X', name: 'mark', pid: 2, tid: 7, ts: 50, dur: 0 },
  { ph: 'i', name: 'tick', pid: 1, tid: 1, ts: 5, s: 't' },
  { ph: 'i', name: 'tock', pid: 1, tid: 1, ts: 25, s: 't' },
  { ph: 'C', name: 'load', pid: 1, ts: 0, args: { value: 1 } },
  { ph: 'C', name: 'load', pid: 1, ts: 25, args: { value: 2 } },
  { ph: 's', name: 'go', cat: 'c', id: 1, pid: 1, tid: 1, ts: 5 },
  { ph: 'f', name: 'go', cat: 'c', id: 1, pid: 2, tid: 7, ts: 15, bp: 'e' },
  { ph: 's', name: 'go', cat: 'c', id: 2, pid: 1, tid: 1, ts: 25 },
  { ph: 'f', name: 'go', cat: 'c', id: 2, pid: 2, tid: 7, ts: 30, bp: 'e' },
];
const us = 1000;

async function timelineOf(events: readonly object[]): Promise<Timeline> {
  const read = await chromeJson.load();
  const bytes = new TextEncoder().encode(JSON.stringify(events));
  return read([new MemorySource('memory.json', bytes)], new Diagnostics(), { rank: NONE });
}

function namesOf({ slices, strings }: Timeline): string[] {
  return Array.from({ length: slices.length }, (_, row) => strings.get(slices.name[row])).sort();
}

describe('cutting a timeline to a range', () => {
  it('keeps slices that reach into it whole, and what lies inside', async () => {
    const whole = await timelineOf(EVENTS);
    const cut = cutTimeline(whole, { fromNs: 20 * us, toNs: 40 * us });
    assertIntegrity(cut);
    expect(namesOf(cut)).toEqual(['kernel1', 'kernel2', 'launch2']);
    expect(cut.instants.length).toBe(1);
    expect(Array.from(cut.counters.value)).toEqual([2]);
    expect(cut.originNs).toBe(whole.originNs);
    expect(cut.endNs).toBe(50 * us);
  });

  it('keeps an arrow only with both of its slices', async () => {
    const cut = cutTimeline(await timelineOf(EVENTS), { fromNs: 20 * us, toNs: 40 * us });
    const { flows, slices, strings } = cut;
    expect(flows.length).toBe(1);
    const ends = [flows.fromSlice[0], flows.toSlice[0]].map((row) => strings.get(slices.name[row]));
    expect(ends).toEqual(['launch2', 'kernel2']);
  });

  it('is half open: what starts at its end is out, a mark at its start is in', async () => {
    const whole = await timelineOf(EVENTS);
    expect(namesOf(cutTimeline(whole, { fromNs: 10 * us, toNs: 15 * us }))).toEqual([]);
    expect(namesOf(cutTimeline(whole, { fromNs: 50 * us, toNs: 51 * us }))).toEqual(['mark']);
    expect(namesOf(cutTimeline(whole, { fromNs: 40 * us, toNs: 50 * us }))).toEqual(['kernel2']);
  });

  it('still finds the args of the slices it kept', async () => {
    const cut = cutTimeline(await timelineOf(EVENTS), { fromNs: 41 * us, toNs: 42 * us });
    const { bytes, from } = await cut.args.block(cut.slices, [0]);
    expect(new TextDecoder().decode(bytes.subarray(from[0], from[1]))).toBe('{"n":4}');
  });

  it('shares every array of which nothing went', async () => {
    const whole = await timelineOf(EVENTS);
    const cut = cutTimeline(whole, WHOLE_RANGE);
    expect(cut.slices.startNs).toBe(whole.slices.startNs);
    expect(cut.slices.argsFrom).toBe(whole.slices.argsFrom);
    expect(cut.flows.fromSlice).toBe(whole.flows.fromSlice);
    expect(cut.counters.value).toBe(whole.counters.value);
    expect(cut.tracks).toBe(whole.tracks);
    expect(cut.endNs).toBe(whole.endNs);
  });

  it('counts from the start of the run in every part of it', async () => {
    const timeline = await timelineOf(EVENTS);
    const part = { timeline, readerId: 'chrome-json', files: [] };
    const run = {
      originNs: 0n,
      endNs: 150 * us,
      shards: [
        { ...part, shiftNs: 0 },
        { ...part, shiftNs: 100 * us },
      ],
    };
    const cut = cutRun(run, { fromNs: 40 * us, toNs: 105 * us });
    expect(cut.shards.map((shard) => namesOf(shard.timeline))).toEqual([['kernel2', 'mark'], ['launch1']]);
    expect(cut.endNs).toBe(110 * us);
  });
});

describe('cutting a timeline to tracks', () => {
  it('keeps their processes alone and no arrow to the others', async () => {
    const cut = cutTimeline(await timelineOf(EVENTS), WHOLE_RANGE, (process) => process === 'Device');
    assertIntegrity(cut);
    expect(cut.processes.map(({ name }) => name)).toEqual(['Device']);
    expect(cut.tracks.map(({ name }) => name)).toEqual(['Stream 7']);
    expect(namesOf(cut)).toEqual(['kernel1', 'kernel2', 'mark']);
    expect([cut.flows.length, cut.instants.length, cut.counters.length]).toEqual([0, 0, 0]);
  });

  it('may leave nothing', async () => {
    const cut = cutTimeline(await timelineOf(EVENTS), WHOLE_RANGE, () => false);
    assertIntegrity(cut);
    expect([cut.processes.length, cut.tracks.length, cut.slices.length, cut.endNs]).toEqual([0, 0, 0, 0]);
  });
});
