import { describe, expect, test } from 'vitest';
import { Diagnostics, MemorySource } from '../../../src/base/index.ts';
import { assertIntegrity, NONE, TimelineBuilder, type TrackNaming } from '../../../src/timeline/index.ts';
import { argsTexts, plainSlices, typedValues } from '../../support/plain-timeline.ts';

const naming: TrackNaming = {
  process: ({ key, name, label }) => ({
    name: name || key,
    label,
    side: 'unknown',
    osPid: undefined,
    rank: NONE,
    device: NONE,
  }),
  track: ({ kind, key, name }) => ({ kind, name: name || key, stream: NONE, unit: '' }),
};

const source = (path: string, text: string): MemorySource => new MemorySource(path, new TextEncoder().encode(text));

interface Row {
  readonly tid: string;
  readonly startNs: number;
  readonly durNs: number;
  readonly name: string;
  readonly args?: readonly [from: number, size: number];
}

function addSlice(builder: TimelineBuilder, { tid, startNs, durNs, name, args = [0, 0] }: Row): number {
  const rows = builder.rowsAt(0, 0);
  const row = rows.slices.length;
  const i = rows.slices.next();
  const columns = rows.slices.columns;
  columns.track[i] = builder.tracks.thread(builder.keys.addText('1'), builder.keys.addText(tid));
  columns.startNs[i] = startNs;
  columns.durNs[i] = durNs;
  columns.name[i] = builder.strings.addText(name);
  columns.category[i] = NONE;
  [columns.argsFrom[i], columns.argsBytes[i]] = args;
  return row;
}

describe('the builder', () => {
  test.each([Number.NaN, Number.POSITIVE_INFINITY])('throws for the time %d: that is a bug of the reader', (time) => {
    expect(() => new TimelineBuilder([]).rowsAt(time, 0)).toThrow(RangeError);
  });

  test('makes an empty timeline of nothing', async () => {
    const timeline = await new TimelineBuilder([]).finish(naming, new Diagnostics());
    assertIntegrity(timeline);
    expect([timeline.originNs, timeline.endNs, timeline.tracks.length]).toEqual([0n, 0, 0]);
  });

  test('sorts rows of many blocks by track and time', async () => {
    const builder = new TimelineBuilder([]);
    const count = 100_000;
    for (let i = 0; i < count; i++) {
      addSlice(builder, { tid: String(i % 3), startNs: (i * 7919) % count, durNs: 0, name: `n${i % 10}` });
    }
    const timeline = await builder.finish(naming, new Diagnostics());
    assertIntegrity(timeline);
    expect(timeline.slices.length).toBe(count);
    for (const row of [0, 12_345, count - 1]) {
      const original = timeline.slices.fileOrder[row];
      expect(timeline.slices.startNs[row]).toBe((original * 7919) % count);
      expect(timeline.strings.get(timeline.slices.name[row])).toBe(`n${original % 10}`);
    }
  });

  test('lets keys of several names fill one column', async () => {
    const builder = new TimelineBuilder([
      { key: 'Stream Id', column: 'streamId', kind: 'number' },
      { key: 'stream id', column: 'streamId', kind: 'number' },
      { key: 'Task Type', column: 'taskType', kind: 'text' },
      { key: 'unused', column: 'unused', kind: 'number' },
    ]);
    const rows = builder.rowsAt(0, 0);
    addSlice(builder, { tid: '1', startNs: 5, durNs: 1, name: 'late' });
    rows.typed.set(0, 0, 7);
    addSlice(builder, { tid: '1', startNs: 0, durNs: 1, name: 'early' });
    rows.typed.set(1, 1, builder.strings.addText('AI_CORE'));
    const timeline = await builder.finish(naming, new Diagnostics());
    assertIntegrity(timeline);
    expect(typedValues(timeline, 'streamId')).toEqual([undefined, 7]);
    expect(typedValues(timeline, 'taskType')).toEqual(['AI_CORE', undefined]);
    expect([...timeline.slices.typed.keys()]).toEqual(['streamId', 'taskType']);
  });

  test('gives args back from the file they stand in', async () => {
    const builder = new TimelineBuilder([]);
    const first = builder.openPart(source('a.json', '..{"a":1}..'));
    addSlice(builder, { tid: '1', startNs: 9, durNs: 1, name: 'a', args: [first.base + 2, 7] });
    const second = builder.openPart(source('b.json', '{"b":[2]}'));
    addSlice(builder, { tid: '1', startNs: 0, durNs: 1, name: 'b', args: [second.base, 9] });
    addSlice(builder, { tid: '1', startNs: 20, durNs: 1, name: 'none' });
    const timeline = await builder.finish(naming, new Diagnostics());
    expect(plainSlices(timeline).map(({ name }) => name)).toEqual(['b', 'a', 'none']);
    expect(await argsTexts(timeline)).toEqual(['{"b":[2]}', '{"a":1}', '']);
  });

  test('gives large args back that reach over many blocks, asked in any order', async () => {
    const values = Array.from({ length: 40 }, (_, i) => `{"v":"${String(i).repeat(20_000)}"}`);
    const text = values.join('');
    const builder = new TimelineBuilder([]);
    builder.openPart(source('a.json', text));
    let from = 0;
    for (const [i, value] of values.entries()) {
      addSlice(builder, { tid: '1', startNs: i, durNs: 0, name: 'n', args: [from, value.length] });
      from += value.length;
    }
    const { args, slices } = await builder.finish(naming, new Diagnostics());
    const asked = [39, 0, 20, 20, 7];
    const { bytes, from: at } = await args.block(slices, asked);
    const found = asked.map((_, i) => new TextDecoder().decode(bytes.subarray(at[i], at[i + 1])));
    expect(found).toEqual(asked.map((row) => values[row]));
  });
});
