import { describe, expect, test } from 'vitest';
import { type PlainSample, plainSamples } from '../../support/plain-timeline.ts';
import { diagnosticCounts, readEvents } from '../../support/reading.ts';

const counter = (name: string, args: object, fields: object = {}): object => ({
  ph: 'C',
  name,
  pid: 1,
  ts: 1,
  args,
  ...fields,
});

async function samplesOf(readerId: string, ...events: (object | string)[]): Promise<PlainSample[]> {
  const { timeline } = await readEvents(readerId, events);
  return plainSamples(timeline);
}

describe('the series of a counter', () => {
  test('are one for each key of its args', async () => {
    const samples = await samplesOf(
      'chrome-json',
      counter('memory', { used: 10, free: 90.5 }),
      counter('memory', { used: 12 }, { ts: 2 }),
    );
    expect(samples).toMatchObject([
      { counter: 'memory', series: 'free', timeNs: 1000n, value: 90.5 },
      { counter: 'memory', series: 'used', timeNs: 1000n, value: 10 },
      { counter: 'memory', series: 'used', timeNs: 2000n, value: 12 },
    ]);
  });

  test('of an id are its own', async () => {
    const events = [1, 2].map((id) => counter('queue', { depth: id }, { id }));
    expect((await samplesOf('chrome-json', ...events)).map(({ counter: name, value }) => [name, value])).toEqual([
      ['queue id 1', 1],
      ['queue id 2', 2],
    ]);
  });

  test('of two processes are apart', async () => {
    const { timeline } = await readEvents('chrome-json', [counter('c', { v: 1 }), counter('c', { v: 2 }, { pid: 2 })]);
    expect(timeline.processes.length).toBe(2);
    expect(timeline.tracks.length).toBe(2);
  });

  test.each(['acc_id', 'PA Link ID', 'PCIE ID'])(
    'of Ascend are told apart by %s, which is no series',
    async (selector) => {
      const events = [0, 1].map((id) => counter('read_bandwidth', { value: 100 + id, [selector]: id }));
      expect(await samplesOf('ascend-msprof-json', ...events)).toMatchObject([
        { counter: `read_bandwidth ${selector} 0`, series: 'value', value: 100 },
        { counter: `read_bandwidth ${selector} 1`, series: 'value', value: 101 },
      ]);
    },
  );

  test('of Chrome traces are not: acc_id is a series there', async () => {
    const samples = await samplesOf('chrome-json', counter('c', { value: 1, acc_id: 0 }));
    expect(samples.map(({ series }) => series)).toEqual(['acc_id', 'value']);
  });

  test('stay apart in a capture with more names than a 16-bit number holds', async () => {
    const names = Array.from({ length: 70_000 }, (_, i) => ({ ph: 'i', name: `name ${i}`, pid: 1, tid: 1, ts: 1 }));
    const first = [counter('first', { v: 1 }), counter('first', { v: 2 }, { pid: 2 })];
    const late = [counter('late', { v: 3 }), counter('late', { v: 4 }, { pid: 2 })];
    const samples = await samplesOf('chrome-json', ...first, ...names, ...late);
    expect(samples.map(({ counter: name, value }) => [name, value])).toEqual([
      ['first', 1],
      ['late', 3],
      ['first', 2],
      ['late', 4],
    ]);
  });

  test('are named as the text says, not as it was escaped', async () => {
    const [sample] = await samplesOf(
      'chrome-json',
      '{"ph":"C","name":"\\u5185\\u5b58","pid":1,"ts":1,"args":{"\\u5df2\\u7528\\/KB":1}}',
    );
    expect(sample).toMatchObject({ counter: '内存', series: '已用/KB' });
  });

  test('are all read, be they thousands', async () => {
    const args = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`core ${i}`, i]));
    expect((await samplesOf('chrome-json', counter('load', args))).length).toBe(5000);
  });
});

describe('values', () => {
  test.each([
    ['1', 1],
    ['-0.5', -0.5],
    ['1.5e3', 1500],
    ['"12.5"', 12.5],
    ['18446744073709551615', 2 ** 64],
    ['0.30000000000000004', 0.30000000000000004],
  ])('%s is %d', async (text, value) => {
    const samples = await samplesOf('chrome-json', `{"ph":"C","name":"c","pid":1,"ts":1,"args":{"v":${text}}}`);
    expect(samples.map((sample) => sample.value)).toEqual([value]);
  });

  test('that are no numbers cost themselves only', async () => {
    const { timeline, diagnostics } = await readEvents('chrome-json', [
      counter('c', { a: 1, b: 'high', c: [2], d: true, e: 5 }),
    ]);
    expect(plainSamples(timeline).map(({ series, value }) => [series, value])).toEqual([
      ['a', 1],
      ['e', 5],
    ]);
    expect(diagnosticCounts(diagnostics)).toEqual({ counter_not_numeric: 3 });
  });

  test('of a series are in order of time, and at one time in order of the file', async () => {
    const events = [
      [3, 1],
      [1, 2],
      [1, 3],
      [2, 4],
    ].map(([ts, v]) => counter('c', { v }, { ts }));
    expect((await samplesOf('chrome-json', ...events)).map(({ value }) => value)).toEqual([2, 3, 4, 1]);
  });
});

describe('units', () => {
  test.each([
    ['Read(MB/s)', 'MB/s'],
    ['Hit Rate(%)', '%'],
    ['Aicore Voltage (mV) ', 'mV'],
    ['MHz', 'MHz'],
    ['KB', 'KB'],
    ['value', ''],
    ['f(x) of y', ''],
  ])('%j is in %j', async (series, unit) => {
    expect(await samplesOf('ascend-msprof-json', counter('c', { [series]: 1 }))).toMatchObject([{ series, unit }]);
  });
});
