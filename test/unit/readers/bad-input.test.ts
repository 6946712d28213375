// What no trace should contain and some do. The rest is kept, each loss is counted and located; where nothing useful
// can be read there is an InputError that says where and what was expected.
import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/base/index.ts';
import { argsTexts, plainSamples, plainSlices } from '../../support/plain-timeline.ts';
import { diagnosticCounts, type ReadResult, readFiles, readText } from '../../support/reading.ts';

const good = (name: string, ts = 1): string => `{"ph":"X","name":"${name}","pid":1,"tid":1,"ts":${ts},"dur":2}`;
const names = ({ timeline }: ReadResult): string[] => plainSlices(timeline).map(({ name }) => name);

// All that read Trace Event JSON.
describe.each(['ascend-msprof-json', 'chrome-json'])('%s', (readerId) => {
  const read = (text: string): Promise<ReadResult> => readText(readerId, text);

  describe('nothing useful', () => {
    test.each([
      ['an empty file', '', 0, 'no_trace'],
      ['white space', ' \n ', 3, 'no_trace'],
      ['text', 'Hello, world', 0, 'no_trace'],
      ['a JSON document that is no trace', '{"benchmarks":[{"name":"x"}],"n":1}', 35, 'no_trace'],
      ['a number', '  42', 2, 'no_trace'],
      ['an object whose traceEvents are no array', '{"traceEvents":{}}', 18, 'no_trace'],
      ['broken JSON before the events', '{"a":},"traceEvents":[]}', 5, 'no_trace'],
      ['no events in an array', '[]', 2, 'no_events'],
      ['no events in an object', '{"traceEvents":[]}', 18, 'no_events'],
      ['an array that stops at once', '[', 1, 'no_events'],
      ['an object that stops before its events', '{"traceEvents":[', 16, 'no_events'],
    ])('%s', async (_, text, offset, code) => {
      const error = await read(text).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(InputError);
      expect(error).toMatchObject({ code, at: { path: 'trace.json', offset } });
    });

    test('binary junk', async () => {
      const bytes = Uint8Array.from({ length: 10_000 }, (_, i) => (i * 7919) ^ (i >> 3));
      await expect(readFiles(readerId, [{ path: 'junk.bin', bytes }])).rejects.toMatchObject({
        name: 'InputError',
        at: { path: 'junk.bin', offset: 0 },
      });
    });

    test('one file of several', async () => {
      const files = [good('a'), 'junk'].map((text, i) => ({
        path: `part_${i}.json`,
        bytes: new TextEncoder().encode(i === 0 ? `[${text}]` : text),
      }));
      await expect(readFiles(readerId, files)).rejects.toMatchObject({ at: { path: 'part_1.json', offset: 0 } });
    });
  });

  describe('a bad event is lost, located, and nothing else', () => {
    const cases: [title: string, event: string, kind: string, detail: string | undefined][] = [
      ['no ts', '{"ph":"X","name":"bad","dur":1}', 'time_bad', 'no ts'],
      ['a ts that is a word', '{"ph":"X","name":"bad","ts":"now","dur":1}', 'time_bad', undefined],
      ['a ts that is null', '{"ph":"X","name":"bad","ts":null,"dur":1}', 'time_bad', undefined],
      ['a ts of NaN', '{"ph":"X","name":"bad","ts":NaN,"dur":1}', 'time_bad', undefined],
      ['a ts beyond all exponents', '{"ph":"X","name":"bad","ts":1e999999,"dur":1}', 'time_bad', undefined],
      ['a ts of twenty digits', '{"ph":"X","name":"bad","ts":17364088836881779300,"dur":1}', 'time_bad', undefined],
      ['no dur', '{"ph":"X","name":"bad","ts":1}', 'duration_bad', 'no dur'],
      ['a negative dur', '{"ph":"X","name":"bad","ts":1,"dur":-0.001}', 'duration_bad', undefined],
      ['a dur of Infinity', '{"ph":"X","name":"bad","ts":1,"dur":Infinity}', 'duration_bad', undefined],
      ['a dur that is an object', '{"ph":"X","name":"bad","ts":1,"dur":{"value":1}}', 'duration_bad', undefined],
      ['no phase', '{"name":"bad","ts":1,"dur":1}', 'phase_missing', undefined],
      ['an unknown phase', '{"ph":"Z","name":"bad","ts":1}', 'phase_unsupported', 'Z'],
      ['a phase of two letters', '{"ph":"XX","name":"bad","ts":1,"dur":1}', 'phase_unsupported', undefined],
      ['a phase that is a number', '{"ph":1,"name":"bad","ts":1,"dur":1}', 'phase_unsupported', '1'],
      ['an end without begin', '{"ph":"E","name":"bad","pid":1,"tid":1,"ts":1}', 'end_without_begin', undefined],
      ['a counter without values', '{"ph":"C","name":"bad","ts":1,"args":{}}', 'counter_not_numeric', 'no values'],
      ['a counter without args', '{"ph":"C","name":"bad","ts":1}', 'counter_not_numeric', 'no values'],
      ['a counter of text', '{"ph":"C","name":"bad","ts":1,"args":{"v":"high"}}', 'counter_not_numeric', '"high"'],
      ['a counter of null', '{"ph":"C","name":"bad","ts":1,"args":{"v":null}}', 'counter_not_numeric', 'null'],
      [
        'a counter beyond all numbers',
        '{"ph":"C","name":"bad","ts":1,"args":{"v":1e999}}',
        'counter_not_numeric',
        '1e999',
      ],
    ];

    test.each(cases)('%s', async (_, event, kind, detail) => {
      const result = await read(`[${good('first')},${event},${good('last', 5)}]`);
      expect(names(result)).toEqual(['first', 'last']);
      expect(result.timeline.counters.length).toBe(0);
      const place = { path: 'trace.json', offset: good('first').length + 2 };
      expect(result.diagnostics.list()).toMatchObject([
        { kind, severity: 'data_loss', count: 1, places: [{ place, detail }] },
      ]);
    });
  });

  test('a truncated array keeps the events before the cut', async () => {
    const text = `[${good('a')},${good('b', 5)},${good('c', 9)}`;
    const result = await read(text.slice(0, -3));
    expect(names(result)).toEqual(['a', 'b']);
    expect(diagnosticCounts(result.diagnostics)).toEqual({ event_truncated: 1, array_not_closed: 1 });
  });

  test('a file that is truncated in its first event has no events', async () => {
    await expect(read('[{"ph":"X","name":"a')).rejects.toMatchObject({ code: 'no_events' });
  });

  test('a trailing comma, stray bytes and pieces are all told', async () => {
    const result = await read(`[${good('a')},][${good('b', 5)}]</html>`);
    expect(names(result)).toEqual(['a', 'b']);
    expect(diagnosticCounts(result.diagnostics)).toEqual({ trailing_comma: 1, pieces_joined: 1, text_after_end: 1 });
  });

  test('unescaped quotes become apostrophes', async () => {
    const result = await read(`[${good('a')},${good('say "hi"')},${good('b', 5)}]`);
    expect(names(result)).toEqual(['a', "say 'hi'", 'b']);
    expect(diagnosticCounts(result.diagnostics)).toEqual({ quotes_mended: 1 });
  });

  test('NaN in args is kept as it stands', async () => {
    const { timeline, diagnostics } = await read('[{"ph":"X","name":"a","ts":1,"dur":1,"args":{"loss":NaN}}]');
    expect(await argsTexts(timeline)).toEqual(['{"loss":NaN}']);
    expect([...timeline.slices.argsStrict]).toEqual([0]);
    expect(diagnostics.list()).toEqual([]);
  });

  test('args that are no object are passed over and told', async () => {
    const event = (args: string): string => `{"ph":"X","name":"a","ts":1,"dur":1,"args":${args}}`;
    const { diagnostics } = await read(`[${event('["list"]')},${event('"text"')},${event('null')},${event('{}')}]`);
    expect(diagnostics.list()).toMatchObject([
      {
        kind: 'field_ignored',
        count: 2,
        places: [{ place: { offset: 1, field: 'args' }, detail: '["list"]' }, { detail: '"text"' }],
      },
    ]);
  });

  test('a byte order mark and pretty printing change nothing', async () => {
    const plain = `[${good('a')},${good('b', 5)}]`;
    const pretty = `\ufeff${JSON.stringify(JSON.parse(plain), null, '\t')}\r\n`;
    const result = await read(pretty);
    expect(plainSlices(result.timeline)).toEqual(plainSlices((await read(plain)).timeline));
    expect(result.diagnostics.list()).toEqual([]);
  });

  test('args nested a million deep are kept byte for byte', async () => {
    const args = `{"a":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`;
    const { timeline } = await read(`[{"ph":"X","name":"a","ts":1,"dur":1,"args":${args}},${good('b', 5)}]`);
    const [text] = await argsTexts(timeline);
    expect(text === args).toBe(true);
    expect(timeline.slices.length).toBe(2);
  });

  test('an event of 50 MB is read', { timeout: 20_000 }, async () => {
    const huge = `{"ph":"X","name":"huge","pid":1,"tid":1,"ts":3,"dur":1,"args":{"text":"${'x'.repeat(50_000_000)}"}}`;
    const bytes = new TextEncoder().encode(`[${good('a')},${huge},${good('b', 9)}]`);
    const result = await readFiles(readerId, [{ path: 'trace.json', bytes }], { chunkBytes: 1 << 16 });
    expect(plainSlices(result.timeline).map(({ name }) => name)).toEqual(['a', 'huge', 'b']);
    expect(result.timeline.slices.argsBytes[1]).toBe(50_000_011);
  });

  test('text that is no Unicode is repaired and counted once per event', async () => {
    const encoder = new TextEncoder();
    const bytes = Uint8Array.from([
      ...encoder.encode('[{"ph":"X","ts":1,"dur":1,"name":"a'),
      0xff,
      ...encoder.encode('"},{"ph":"X","ts":2,"dur":1,"name":"\\ud800"}]'),
    ]);
    const { timeline, diagnostics } = await readFiles(readerId, [{ path: 'trace.json', bytes }]);
    expect(plainSlices(timeline).map(({ name }) => name)).toEqual(['a\ufffd', '\ufffd']);
    expect(diagnosticCounts(diagnostics)).toEqual({ text_repaired: 2 });
  });

  test('a file of lost events only is an empty timeline with its losses', async () => {
    const { timeline, diagnostics } = await read('[{"ph":"Z"},{"ph":"X","ts":"x","dur":1}]');
    expect(plainSamples(timeline)).toEqual([]);
    expect([timeline.slices.length, timeline.endNs, diagnostics.lossCount]).toEqual([0, 0, 2]);
  });
});
