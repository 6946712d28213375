import { describe, expect, test } from 'vitest';
import { NONE } from '../../../src/timeline/index.ts';
import { argsTexts, plainInstants, plainSlices } from '../../support/plain-timeline.ts';
import { diagnosticCounts, readEvents, readText } from '../../support/reading.ts';

const slice = (fields: object = {}): object => ({ ph: 'X', name: 'a', pid: 1, tid: 2, ts: 1, dur: 1, ...fields });
const meta = (name: string, args: object, fields: object = {}): object => ({
  ph: 'M',
  name,
  pid: 1,
  tid: 2,
  args,
  ...fields,
});

describe('names', () => {
  test('of processes and threads come from metadata, wherever it stands in the file', async () => {
    const { timeline, diagnostics } = await readEvents('chrome-json', [
      slice(),
      meta('process_name', { name: 'Trainer' }),
      meta('process_labels', { labels: 'GPU 0' }),
      meta('thread_name', { name: 'Main' }),
      meta('process_sort_index', { sort_index: 3 }),
      meta('thread_sort_index', { sort_index: -1 }),
    ]);
    expect(timeline.processes).toMatchObject([
      { name: 'Trainer', label: 'GPU 0', key: '1', osPid: 1, sortKey: 3, device: NONE },
    ]);
    expect(timeline.tracks).toMatchObject([{ name: 'Main', kind: 'thread', key: '2', sortKey: -1 }]);
    expect(diagnostics.list()).toEqual([]);
  });

  test('are made of the ids where there are none', async () => {
    const { timeline } = await readEvents('chrome-json', [slice(), { ph: 'X', name: 'b', ts: 1, dur: 1 }]);
    expect(timeline.processes.map(({ name }) => name).sort()).toEqual(['process', 'process 1']);
    expect(timeline.tracks.map(({ name }) => name).sort()).toEqual(['events', 'thread 2']);
  });

  test.each([
    ['chrome-json', 'lane7'],
    ['ascend-msprof-json', 'lane'],
  ])('of arrows keep the digits of their id, but for those exporters that append it: %s', async (reader, name) => {
    const end = (ph: string, ts: number): object => ({
      ph,
      name: 'lane7',
      cat: 'c',
      id: 7,
      pid: 1,
      tid: 2,
      ts,
      bp: 'e',
    });
    const { timeline } = await readEvents(reader, [slice(), end('s', 1), slice({ ts: 3 }), end('f', 3)]);
    expect(timeline.strings.get(timeline.flows.name[0])).toBe(name);
  });

  test('of other metadata are passed over and told', async () => {
    const { diagnostics } = await readEvents('chrome-json', [slice(), meta('num_cpus', { number: 8 })]);
    expect(diagnostics.list()).toMatchObject([
      { kind: 'field_ignored', places: [{ place: { field: 'metadata event num_cpus' } }] },
    ]);
  });

  test('may be hostile, and stay what they are', async () => {
    const name = '</script><img src=x onerror=alert(1)> \u202e \0 \x1b[31m';
    const { timeline } = await readEvents('chrome-json', [slice({ name }), meta('thread_name', { name })]);
    expect(plainSlices(timeline)).toMatchObject([{ name, track: name }]);
  });
});

describe('instants', () => {
  test.each(['i', 'I', 'R'])('of phase %s stand on their thread', async (ph) => {
    const { timeline } = await readEvents('chrome-json', [
      meta('thread_name', { name: 'Main' }),
      { ph, name: 'mark', pid: 1, tid: 2, ts: 1.5 },
    ]);
    expect(plainInstants(timeline)).toEqual([{ track: 'Main', name: 'mark', timeNs: 1500n }]);
  });

  test('of async slices stand on an async track', async () => {
    const { timeline } = await readEvents('chrome-json', [
      { ph: 'n', name: 'mark', cat: 'c', id: 1, pid: 1, tid: 2, ts: 1 },
    ]);
    expect(plainInstants(timeline)).toMatchObject([{ name: 'mark', timeNs: 1000n }]);
    expect(timeline.tracks.map(({ kind }) => kind)).toEqual(['async']);
  });
});

describe('args', () => {
  test('are kept byte for byte, spaces and all', async () => {
    const args = '{ "a" : [1.50, 18446744073709551615 ,"\\u4e2d"],\n"a":null }';
    const { timeline } = await readText('chrome-json', `[{"ph":"X","ts":1,"dur":1,"args":${args},"name":"a"}]`);
    expect(await argsTexts(timeline)).toEqual([args]);
  });

  test.each(['{}', '{ }', '{\n\t}', 'null'])('%j is none', async (args) => {
    const { timeline } = await readText('chrome-json', `[{"ph":"X","ts":1,"dur":1,"args":${args},"name":"a"}]`);
    expect([...timeline.slices.argsBytes]).toEqual([0]);
  });
});

test('times may be numbers or text, with or without decimals', async () => {
  const { timeline } = await readEvents('chrome-json', [slice({ ts: 5, dur: '2.5' }), slice({ ts: '6.25', dur: 1 })]);
  expect(plainSlices(timeline).map(({ startNs, durNs }) => [startNs, durNs])).toEqual([
    [5000n, 2500],
    [6250n, 1000],
  ]);
});

test('times finer than a nanosecond are counted, once for each event', async () => {
  const events = [slice({ ts: '1.0005' }), slice({ dur: '1.0004' }), slice({ ts: '2.0005', dur: '0.0005' }), slice()];
  const { diagnostics } = await readEvents('chrome-json', events);
  expect(diagnosticCounts(diagnostics)).toEqual({ time_rounded: 3 });
});

test('what stands beside the events is kept as JSON text', async () => {
  const { timeline } = await readText(
    'chrome-json',
    `{"displayTimeUnit":"ns","otherData":{"v":1.0},"traceEvents":[${JSON.stringify(slice())}]}`,
  );
  expect([...timeline.metadata]).toEqual([
    ['displayTimeUnit', '"ns"'],
    ['otherData', '{"v":1.0}'],
  ]);
});

test('fields without a place in the timeline are counted by name', async () => {
  const { diagnostics } = await readEvents('chrome-json', [slice({ tts: 1, cname: 'good' }), slice({ tts: 2 })]);
  expect(diagnostics.list()).toMatchObject([
    {
      kind: 'field_ignored',
      severity: 'info',
      count: 3,
      places: [{ place: { field: 'tts' } }, { place: { field: 'cname' } }],
    },
  ]);
});
