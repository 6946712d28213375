import { describe, expect, test } from 'vitest';
import { diagnosticLines } from '../../support/reading.ts';
import { type ScanResult, scanBytes, scanText } from '../../support/scanned-events.ts';

const names = ({ events }: ScanResult): (string | undefined)[] => events.map(({ name }) => name);
const good = (name: string): string => `{"name":"${name}","ph":"X","ts":1,"dur":2,"args":{"x":[{"y":1}]}}`;

/** Checks that chunks of any size change nothing, and gives the result. */
function scan(text: string): ScanResult {
  const whole = scanText(text);
  for (const chunkBytes of [1, 2, 3, 5, 8, 13]) {
    const inChunks = scanText(text, { chunkBytes });
    expect(inChunks.events).toEqual(whole.events);
    expect(diagnosticLines(inChunks.diagnostics)).toEqual(diagnosticLines(whole.diagnostics));
    expect(inChunks.ignored).toEqual(whole.ignored);
  }
  return whole;
}

describe('the root of a trace', () => {
  test.each([
    ['an array', `[${good('a')},${good('b')}]`],
    ['an object', `{"traceEvents":[${good('a')},${good('b')}]}`],
    ['an object with the events first', `{"traceEvents":[${good('a')},${good('b')}],"z":{"traceEvents":1}}`],
    ['a byte order mark and white space', `\ufeff \n\t[${good('a')}\n,\r\n${good('b')} ] \n`],
  ])('may be %s', (_, text) => {
    const result = scan(text);
    expect(names(result)).toEqual(['a', 'b']);
    expect(result.diagnostics.list()).toEqual([]);
  });

  test('gives the other members of an object as JSON text', () => {
    const { metadata } = scan(`{"displayTimeUnit":"ns","traceEvents":[],"otherData":{"v":[1,2]},"n":1.0}`);
    expect([...metadata]).toEqual([
      ['displayTimeUnit', '"ns"'],
      ['otherData', '{"v":[1,2]}'],
      ['n', '1.0'],
    ]);
  });

  test.each([
    ['text', 'hello', 0],
    ['a number', '  12', 2],
    ['something behind an object without events', '{"a":1} x', 8],
    ['zero bytes', '\0\0\0\0', 0],
  ])('is none where there is %s', (_, text, offset) => {
    const { scanner, events } = scan(text);
    expect([scanner.foundEvents, scanner.foundJunkAt, events.length]).toEqual([false, offset, 0]);
  });

  test.each(['', '   ', '{', '{}', '{"traceEvents":1}', '{"traceEvents":{"a":[]}}'])('is none in %j', (text) => {
    expect(scan(text).scanner).toMatchObject({ foundEvents: false });
  });
});

describe('several documents in one file', () => {
  test.each([
    ['arrays', `[${good('a')}][${good('b')}]`],
    ['arrays with commas', `[${good('a')}],\n[${good('b')}]`],
    ['objects', `{"traceEvents":[${good('a')}]}\n{"traceEvents":[${good('b')}]}`],
    ['an array and an object', `[${good('a')}]{"traceEvents":[${good('b')}]}`],
  ])('are all read: %s', (_, text) => {
    const result = scan(text);
    expect(names(result)).toEqual(['a', 'b']);
    expect(result.diagnostics.list()).toMatchObject([{ kind: 'pieces_joined', severity: 'warning', count: 1 }]);
  });

  test('an object without events behind a trace is lost and located', () => {
    const { diagnostics } = scan(`[${good('a')}],{"name":"b","ph":"X"}`);
    expect(diagnosticLines(diagnostics)).toContain('data_loss text_after_end: 1');
  });
});

describe('what is broken', () => {
  const broken: [title: string, event: string, at: string][] = [
    [
      'an unescaped quote in a name, and a list of objects in its args',
      `{"name":"a"b","args":{"x":[{"y":1}]}}`,
      'b","args',
    ],
    ['a missing colon', '{"name" "a"}', '"a"}'],
    ['a missing comma between members', '{"name":"a" "ph":"X"}', '"ph"'],
    ['a key without quotes', '{name:"a"}', 'name:'],
    ['brackets that do not match', '{"args":{"a":[1}}}', '}}}'],
    ['a missing value', '{"name":,"ph":"X"}', ',"ph"'],
    ['a trailing comma in the event', '{"name":"a",}', '}'],
    ['a trailing comma in the args', '{"args":{"a":1,}}', '}}'],
    ['a comment', '{"name":"a" /* b */}', '/*'],
  ];

  test.each(broken)('%s costs that event only', (_, event, at) => {
    for (const [before, after] of [
      ['[', ']'],
      ['{"traceEvents":[', ']}'],
    ]) {
      const text = `${before}${good('first')},${event},${good('second')},${good('third')}${after}`;
      const result = scan(text);
      expect(names(result)).toEqual(['first', 'second', 'third']);
      const eventAt = text.indexOf(event);
      expect(result.diagnostics.list()).toMatchObject([
        { kind: 'event_malformed', count: 1, places: [{ place: { offset: eventAt + event.lastIndexOf(at) } }] },
      ]);
    }
  });

  test.each(broken)('%s in the last event', (_, event) => {
    for (const [before, after] of [
      ['[', ']'],
      ['{"traceEvents":[', ']}'],
    ]) {
      const result = scan(`${before}${good('first')},${event}${after}`);
      expect(names(result)).toEqual(['first']);
      expect(result.diagnostics.list().map(({ kind }) => kind)).toEqual(['event_malformed']);
    }
  });

  test.each([
    ['in a name', '{"name":"a"b","ph":"X"}', "a'b", '"b'],
    ['in the name of a call', '{"name":"f("a", "b")","ph":"X"}', "f('a', 'b')", '"a"'],
    ['of a whole dictionary in a name', '{"ph":"X","name":"{"a": 1, "b": 2}","ts":1}', "{'a': 1, 'b': 2}", '"a"'],
    ['at both ends of a name', '{"ph":"X", "name": ""a"" , "ts":1}', "'a'", '"a'],
    ['in args, which are left out', '{"ph":"X","name":"a","args":{"file":"x"y"z","b":[1]}}', 'a', '"y'],
    ['in a list of the args', '{"ph":"X","name":"a","args":{"list":["x"y", "z"],"b":"c"d"}}', 'a', '"y'],
  ])('quotes that were not escaped %s are mended', (_, event, name, at) => {
    const text = `[${good('first')},${event},${good('second')}]`;
    const result = scan(text);
    expect(names(result)).toEqual(['first', name, 'second']);
    expect(result.diagnostics.list()).toMatchObject([
      { kind: 'quotes_mended', count: 1, places: [{ place: { offset: text.indexOf(event) + event.indexOf(at) } }] },
    ]);
  });

  test.each([
    ['a text that runs on into the next event', '{"ph":"X","name":"a'],
    ['one that runs on without a comma between events', '{"ph":"X","name":"a" b}{"ph":"X","name":"c" d}'],
    ['a line end in the text', '{"ph":"X","name":"a"\nb","ts":1}'],
    ['quotes that make another event of it', '{"ph":"X","name":"{"a": "x", "b": 2}","ts":1}'],
  ])('%s is not mended', (_, event) => {
    const result = scan(`[${good('first')},${event},${good('second')},${good('third')}]`);
    expect(names(result).at(-1)).toBe('third');
    expect(result.diagnostics.countOf('quotes_mended')).toBe(0);
    expect(result.diagnostics.countOf('event_malformed')).toBeGreaterThanOrEqual(1);
  });

  test('a missing comma between events costs nothing', () => {
    expect(names(scan(`[${good('a')}${good('b')}\n${good('c')}]`))).toEqual(['a', 'b', 'c']);
  });

  test('bytes between events are located, and the next event is found', () => {
    const result = scan(`[${good('a')} junk ${good('b')},${good('c')}]`);
    expect(result.diagnostics.countOf('event_malformed')).toBe(1);
    expect(names(result)).toContain('c');
  });

  test('a trailing comma is located at the comma', () => {
    const text = `[${good('a')} , \n]`;
    expect(scan(text).diagnostics.list()).toMatchObject([
      { kind: 'trailing_comma', severity: 'data_loss', places: [{ place: { offset: text.indexOf(' , ') + 1 } }] },
    ]);
  });

  test.each([
    ['null', 'null'],
    ['numbers', '12'],
    ['text', '"text with } and {"'],
    ['arrays', '[[{}],1]'],
  ])('%s in place of an event are dropped and located', (_, element) => {
    const result = scan(`[${good('a')},${element},${good('b')}]`);
    expect(names(result)).toEqual(['a', 'b']);
    expect(result.diagnostics.list()).toMatchObject([
      { kind: 'event_not_object', count: 1, places: [{ place: { offset: good('a').length + 2 } }] },
    ]);
  });

  test('an array that stops between events is not closed', () => {
    const text = `[${good('a')},${good('b')},`;
    const result = scan(text);
    expect(names(result)).toEqual(['a', 'b']);
    expect(result.diagnostics.list()).toMatchObject([
      { kind: 'array_not_closed', places: [{ place: { offset: text.length } }] },
    ]);
  });

  test('any cut through an event keeps the events before it', () => {
    const text = `[${good('a')},${good('b')}]`;
    for (let end = good('a').length + 3; end < text.length - 1; end++) {
      const result = scanText(text.slice(0, end));
      expect(names(result), `cut at ${end}`).toEqual(['a']);
      expect(result.diagnostics.list().map(({ kind }) => kind)).toEqual(['event_truncated', 'array_not_closed']);
    }
  });

  test('an object that ends behind its events is not closed', () => {
    expect(scan(`{"traceEvents":[${good('a')}]`).diagnostics.list()).toMatchObject([{ kind: 'document_not_closed' }]);
    expect(scan(`{"traceEvents":[${good('a')}],"x":{"y`).diagnostics.list()).toMatchObject([
      { kind: 'document_not_closed' },
    ]);
  });

  test('bytes behind the end are located and quoted', () => {
    const result = scan(`[${good('a')}] and much more text behind it`);
    expect(result.diagnostics.list()).toMatchObject([
      { kind: 'text_after_end', count: 1, places: [{ detail: 'and much more text b' }] },
    ]);
  });
});

describe('text', () => {
  const nameOf = (jsonString: string): ScanResult => scan(`[{"name":${jsonString}}]`);

  test.each([
    ['"a\\"b\\\\c\\/d"', 'a"b\\c/d'],
    ['"\\u4e2d\\ud83d\\ude42"', '中🙂'],
    ['"raw\ttab and\nline"', 'raw\ttab and\nline'],
    ['"\\u0000"', '\0'],
    ['12.50', '12.50'],
    ['true', 'true'],
    ['""', ''],
    // An escape that JSON does not know stands as it is.
    ['"a\\qb"', 'a\\qb'],
    ['"C:\\path\\x"', 'C:\\path\\x'],
  ])('%s reads as %j', (json, name) => {
    const result = nameOf(json);
    expect(names(result)).toEqual([name]);
    expect(result.diagnostics.list()).toEqual([]);
  });

  test.each(['"\\ud800"', '"a\\ude42b"', '"\\ud800\\u0041"'])('%s is no Unicode: repaired and counted', (json) => {
    const { events, scanner } = nameOf(json);
    expect(events[0].name).toContain('\ufffd');
    expect(scanner.events.strings.repairedCount).toBe(1);
  });

  test('counts every event whose name is no UTF-8', () => {
    const broken = [...new TextEncoder().encode('{"name":"a'), 0xff, ...new TextEncoder().encode('"}')];
    const comma = 0x2c;
    const { events, scanner } = scanBytes(Uint8Array.from([0x5b, ...broken, comma, ...broken, 0x5d]), {
      chunkBytes: 4,
    });
    expect(events.map(({ name }) => name)).toEqual(['a\ufffd', 'a\ufffd']);
    expect(scanner.events.strings.repairedCount).toBe(2);
  });

  test('fields that are not known are counted by name', () => {
    const { ignored } = scan('[{"ph":"X","tts":1,"cname":{"a":[]}},{"tts":"2"},{"tts":}]');
    expect(ignored).toEqual({ tts: 2, cname: 1 });
  });
});

describe('ids of processes and threads', () => {
  const idOf = (json: string): string | undefined => scan(`[{"pid":${json}}]`).events[0].pid;

  test.each([
    ['12', '12'],
    ['"12"', '12'],
    ['4376751100', '4376751100'],
    ['18446744073709551615', '18446744073709551615'],
    ['"2_1071532"', '2_1071532'],
    ['-1', '-1'],
    ['"a\\u0062"', 'ab'],
    ['"00"', '00'],
    ['1.0', '1.0'],
  ])('%s is %s', (json, key) => {
    expect(idOf(json)).toBe(key);
  });

  test('the same digits are the same id, in quotes or not', () => {
    const { events, scanner } = scan('[{"pid":7},{"pid":"7"},{"tid":7},{"pid":"\\u0037"}]');
    expect(events.map(({ pid, tid }) => pid ?? tid)).toEqual(['7', '7', '7', '7']);
    expect(scanner.events.keys.size).toBe(1);
  });
});

describe('size', () => {
  test('an event of 50 MB in small chunks is not scanned anew for each of them', { timeout: 20_000 }, () => {
    const text = `[${good('a')},{"name":"huge","args":{"list":[${'1234567,'.repeat(6_250_000)}0]}},${good('b')}]`;
    const bytes = new TextEncoder().encode(text);
    let bytesScanned = 0;
    const result = scanBytes(bytes, { chunkBytes: 1 << 16, onScan: (size) => (bytesScanned += size) });
    expect(names(result)).toEqual(['a', 'huge', 'b']);
    expect(bytesScanned).toBeLessThan(4 * bytes.length);
  });

  test('a million brackets deep is only deep', () => {
    const deep = `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`;
    const { events, diagnostics } = scanText(`[{"name":"deep","args":{"a":${deep}}},${good('b')}]`, {
      chunkBytes: 10_000,
    });
    expect(events.map(({ name }) => name)).toEqual(['deep', 'b']);
    expect(events[0].args?.length).toBe(2_000_006);
    expect(diagnostics.list()).toEqual([]);
  });

  test('a million brackets that never close are one truncated event', () => {
    const { diagnostics } = scanText(`[{"args":{"a":${'{"a":'.repeat(1_000_000)}`, { chunkBytes: 10_000 });
    expect(diagnostics.list().map(({ kind }) => kind)).toEqual(['event_truncated', 'array_not_closed']);
  });
});
