import fc from 'fast-check';
import protobuf from 'protobufjs';
import { describe, expect, test } from 'vitest';
import { Diagnostics, UsageError } from '../../../src/index.ts';
import type { Run } from '../../../src/timeline/index.ts';
import type { WriteOptions } from '../../../src/writers/index.ts';
import { writePerfetto } from '../../../src/writers/perfetto/write.ts';
import { type Annotation, type Packet, SCHEMA } from './perfetto-schema.ts';
import { type PartSpec, runOf, type SliceSpec, type TrackSpec, written } from './run-of.ts';

const Trace = protobuf.parse(SCHEMA, { keepCase: true }).root.lookupType('Trace');

function decode(bytes: Uint8Array): Packet[] {
  const message = Trace.toObject(Trace.decode(bytes), { longs: String, enums: String, arrays: false });
  return (message.packet ?? []) as Packet[];
}

async function packetsOf(run: Run, options?: Partial<WriteOptions>): Promise<Packet[]> {
  return decode((await written(writePerfetto, run, options)).bytes);
}

/** A packet with its time, its track and its strings, as a consumer puts them together from sequence state. */
interface Seen {
  readonly type: string;
  readonly timeNs: string;
  readonly track: string;
  readonly name: string | undefined;
  readonly category: string | undefined;
  readonly args: unknown;
  readonly flows: readonly string[];
  readonly value: number | undefined;
}

function consume(packets: readonly Packet[]): Seen[] {
  interface State {
    timeNs: bigint;
    track: string;
    readonly strings: Map<string, string>;
  }
  const sequences = new Map<number, State>();
  const seen: Seen[] = [];
  for (const packet of packets) {
    const clocks = packet.clock_snapshot?.clocks ?? [];
    const incremental = clocks.find((clock) => clock.clock_id === 64);
    if (packet.trace_packet_defaults !== undefined && incremental !== undefined) {
      expect(packet).toMatchObject({ sequence_flags: 1, trace_packet_defaults: { timestamp_clock_id: 64 } });
      expect(incremental.is_incremental).toBe(true);
      const boottime = clocks.find((clock) => clock.clock_id === 6);
      expect(boottime?.timestamp).toBe(incremental.timestamp);
      const track = String(packet.trace_packet_defaults.track_event_defaults.track_uuid);
      sequences.set(packet.trusted_packet_sequence_id, {
        timeNs: BigInt(incremental.timestamp),
        track,
        strings: new Map(),
      });
    }
    const event = packet.track_event;
    if (event === undefined) continue;
    const state = sequences.get(packet.trusted_packet_sequence_id);
    if (state === undefined) throw new Error('an event before its sequence was started');
    expect(packet.sequence_flags).toBe(2);
    for (const [table, entries] of Object.entries(packet.interned_data ?? {})) {
      for (const { iid, name, str } of entries) {
        expect(state.strings.has(`${table} ${iid}`)).toBe(false);
        state.strings.set(`${table} ${iid}`, name ?? Buffer.from(str ?? '').toString('utf8'));
      }
    }
    const text = (table: string, iid: string | undefined) => {
      if (iid === undefined) return undefined;
      const found = state.strings.get(`${table} ${iid}`);
      if (found === undefined) throw new Error(`no ${table} ${iid} in its sequence`);
      return found;
    };
    state.timeNs += BigInt(packet.timestamp ?? 0);
    seen.push({
      type: event.type,
      timeNs: String(state.timeNs),
      track: state.track,
      name: text('event_names', event.name_iid),
      category: text('event_categories', event.category_iids?.[0]),
      args: event.debug_annotations && annotations(event.debug_annotations, text),
      flows: event.flow_ids ?? [],
      value:
        event.double_counter_value ?? (event.counter_value === undefined ? undefined : Number(event.counter_value)),
    });
  }
  return seen;
}

type Text = (table: string, iid: string | undefined) => string | undefined;

/** Every leaf with its type, so that 1 and 1.0 and "1" differ. */
function annotations(entries: readonly Annotation[], text: Text): Record<string, unknown> {
  const plain = (entry: Annotation): unknown => {
    if (entry.dict_entries !== undefined) return annotations(entry.dict_entries, text);
    if (entry.array_values !== undefined) return entry.array_values.map(plain);
    const string = entry.string_value ?? text('debug_annotation_string_values', entry.string_value_iid);
    if (string !== undefined) return string;
    if (entry.bool_value !== undefined) return entry.bool_value;
    if (entry.int_value !== undefined) return `int ${entry.int_value}`;
    if (entry.uint_value !== undefined) return `uint ${entry.uint_value}`;
    if (entry.double_value !== undefined) return `double ${entry.double_value}`;
    throw new Error('an annotation without a value');
  };
  const named = (entry: Annotation) => entry.name ?? text('debug_annotation_names', entry.name_iid) ?? 'nameless';
  return Object.fromEntries(entries.map((entry) => [named(entry), plain(entry)]));
}

const oneTrack = (track: TrackSpec): Run => runOf({ processes: [{ tracks: [track] }] });
const eventsOf = async (run: Run, options?: Partial<WriteOptions>): Promise<Seen[]> =>
  consume(await packetsOf(run, options));
const story = (events: readonly Seen[]): string[] =>
  events.map(({ type, timeNs, name }) => [timeNs, type.replace('TYPE_', ''), name].filter(Boolean).join(' '));

describe('slices', () => {
  test('nest, follow and end before the next begins', async () => {
    const run = oneTrack({
      slices: [
        { name: 'outer', startNs: 0, durNs: 100 },
        { name: 'inner', startNs: 0, durNs: 40 },
        { name: 'next', startNs: 40, durNs: 60 },
        { name: 'last', startNs: 100, durNs: 1 },
      ],
    });
    expect(story(await eventsOf(run))).toEqual([
      '0 SLICE_BEGIN outer',
      '0 SLICE_BEGIN inner',
      '40 SLICE_END',
      '40 SLICE_BEGIN next',
      '100 SLICE_END',
      '100 SLICE_END',
      '100 SLICE_BEGIN last',
      '101 SLICE_END',
    ]);
  });

  test('of no length begin and end at one time, inside what is open', async () => {
    const run = oneTrack({
      slices: [
        { name: 'a', startNs: 5, durNs: 10 },
        { name: 'tick', startNs: 10, durNs: 0 },
        { name: 'tock', startNs: 10, durNs: 0 },
        { name: 'end', startNs: 15, durNs: 0 },
      ],
    });
    expect(story(await eventsOf(run))).toEqual([
      '5 SLICE_BEGIN a',
      '10 SLICE_BEGIN tick',
      '10 SLICE_BEGIN tock',
      '10 SLICE_END',
      '10 SLICE_END',
      '15 SLICE_END',
      '15 SLICE_BEGIN end',
      '15 SLICE_END',
    ]);
  });

  test('that overlap go to sibling tracks of one name', async () => {
    const run = oneTrack({
      name: 'Stream 3',
      slices: [
        { name: 'a', startNs: 0, durNs: 10 },
        { name: 'b', startNs: 5, durNs: 10 },
      ],
    });
    const packets = await packetsOf(run);
    const lanes = packets.flatMap(({ track_descriptor: d }) => (d?.name === 'Stream 3' ? [d] : []));
    expect(lanes).toHaveLength(2);
    expect(lanes[0].parent_uuid).toBe(lanes[1].parent_uuid);
    expect(lanes[0].sibling_merge_behavior).toBeUndefined();
    const events = consume(packets);
    expect(events.filter(({ name }) => name !== undefined).map(({ track }) => track)).toEqual(
      lanes.map(({ uuid }) => uuid),
    );
  });

  test('keep absolute times on request, and refuse those that the format cannot hold', async () => {
    const run = oneTrack({ slices: [{ name: 'a', startNs: 7, durNs: 1 }] });
    expect(story(await eventsOf(run, { absoluteTime: true }))[0]).toBe('1700000000000000007 SLICE_BEGIN a');
    const early = runOf({ processes: [] }, -1n);
    await expect(packetsOf(early, { absoluteTime: true })).rejects.toBeInstanceOf(UsageError);
  });

  test('keep categories and hostile names, and introduce each string once', async () => {
    const name = '\u0000"\u{1f600}\n';
    const slices = [0, 1, 2].map((i) => ({ name, category: 'cat', startNs: i, durNs: 1 }));
    const { bytes } = await written(writePerfetto, oneTrack({ name, slices }));
    for (const { name: seen, category } of consume(decode(bytes)).filter(({ type }) => type.endsWith('BEGIN'))) {
      expect([seen, category]).toEqual([name, 'cat']);
    }
    expect(Buffer.from(bytes).toString('latin1').split('\x03cat')).toHaveLength(2);
  });

  test('a begin with many args and a long text has its lengths right', async () => {
    const args = JSON.stringify(Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`key ${i}`, 'v'.repeat(i)])));
    const slices = [0, 1, 2].map((i): SliceSpec => ({ name: 'op', startNs: i, durNs: 1, args: i === 1 ? '' : args }));
    const events = (await eventsOf(oneTrack({ slices }))).filter(({ type }) => type.endsWith('BEGIN'));
    expect(events.map((event) => event.args)).toEqual([JSON.parse(args), undefined, JSON.parse(args)]);
  });
});

describe('instants and counters', () => {
  test('an instant stands in its row, behind what has ended', async () => {
    const run = oneTrack({
      slices: [
        { name: 'a', startNs: 0, durNs: 10 },
        { name: 'b', startNs: 10, durNs: 10 },
      ],
      instants: [
        { name: 'at once', timeNs: 10, args: '{"x":1}' },
        { name: 'late', timeNs: 20 },
      ],
    });
    expect(story(await eventsOf(run))).toEqual([
      '0 SLICE_BEGIN a',
      '10 SLICE_END',
      '10 SLICE_BEGIN b',
      '10 INSTANT at once',
      '20 SLICE_END',
      '20 INSTANT late',
    ]);
  });

  test('counters have a unit, whole and other values', async () => {
    const values = [0, -1, 2 ** 53 - 1, 0.1, 2 ** 60, -1e300];
    const samples = values.map((value, i) => ({ timeNs: i, value }));
    const packets = await packetsOf(
      oneTrack({ kind: 'counter', name: 'HBM 0/Read', series: 'Read(MB/s)', unit: 'MB/s', samples }),
    );
    const events = consume(packets);
    expect(events.map(({ value }) => value)).toEqual(values);
    const track = packets.flatMap(({ track_descriptor: d }) => (d?.counter === undefined ? [] : [d]));
    expect(track).toMatchObject([{ uuid: events[0].track, name: 'HBM 0/Read', counter: { unit_name: 'MB/s' } }]);
  });

  test('series of one counter are named apart, equal rows are kept apart', async () => {
    const counter = { kind: 'counter', name: 'memory', unit: 'KB', samples: [{ timeNs: 0, value: 1 }] } as const;
    const packets = await packetsOf(
      runOf({
        processes: [
          {
            tracks: [
              { ...counter, series: 'used' },
              { ...counter, series: 'free' },
              { ...counter, series: 'free' },
            ],
          },
        ],
      }),
    );
    const counters = packets.flatMap(({ track_descriptor: d }) => (d?.counter === undefined ? [] : [d]));
    expect(counters.map(({ name }) => name)).toEqual(['memory used', 'memory free', 'memory free']);
    expect(counters.map((each) => each.sibling_merge_behavior)).toEqual([undefined, undefined, 3]);
  });
});

describe('flows', () => {
  test('every bound arrow has an id of its own at both slices, over all parts of a run', async () => {
    const part: PartSpec = {
      processes: [
        {
          tracks: [
            { slices: [{ name: 'launch', startNs: 0, durNs: 1 }] },
            {
              slices: [
                { name: 'k1', startNs: 5, durNs: 1 },
                { name: 'k2', startNs: 7, durNs: 1 },
              ],
            },
          ],
        },
      ],
      flows: [
        { name: 'f', from: 'launch', to: 'k1' },
        { name: 'f', from: 'k2', to: 'launch' },
        { name: 'f', from: 'launch' },
      ],
    };
    const { bytes, diagnostics } = await written(writePerfetto, runOf([part, part]));
    const ids = consume(decode(bytes)).flatMap(({ name, flows }) => (name ? [[name, ...[...flows].sort()]] : []));
    expect(ids).toEqual([
      ['launch', '1', '2'],
      ['k1', '1'],
      ['k2', '2'],
      ['launch', '3', '4'],
      ['k1', '3'],
      ['k2', '4'],
    ]);
    expect(diagnostics.countOf('flow_unpaired')).toBe(2);
    expect(diagnostics.countOf('flow_backwards')).toBe(2);
  });
});

describe('the tree of tracks', () => {
  test('one process per rank and side, a row per capture process under it, in order', async () => {
    const tracks = [{ slices: [{ name: 'x', startNs: 0, durNs: 1 }] }];
    const rank = (rank: number): PartSpec => ({
      processes: [
        { name: 'Ascend Hardware', side: 'device', label: 'NPU', device: 0, rank, sortKey: 2, tracks },
        { name: 'HBM', side: 'device', label: 'NPU', device: 0, rank, sortKey: 1, tracks },
        { name: 'CANN', side: 'host', label: 'CPU', osPid: 4711, rank, tracks },
      ],
    });
    const packets = await packetsOf(runOf([rank(1), rank(0)]));
    const descriptors = packets.flatMap(({ track_descriptor: d }) => (d === undefined ? [] : [d]));
    const groups = descriptors.filter(({ process }) => process !== undefined);
    const inside = (uuid: string) =>
      descriptors
        .filter(({ parent_uuid }) => parent_uuid === uuid)
        .map(({ name, child_ordering, sibling_order_rank }) => [name, child_ordering, sibling_order_rank ?? 0]);
    expect(
      groups.map(({ uuid, process, sibling_order_rank = 0 }) => [
        process?.process_name,
        sibling_order_rank,
        inside(uuid),
      ]),
    ).toEqual([
      ['rank 0 · host', 0, [['CANN', 3, 0]]],
      [
        'rank 0 · NPU 0',
        1,
        [
          ['HBM', 3, 0],
          ['Ascend Hardware', 3, 1],
        ],
      ],
      ['rank 1 · host', 2, [['CANN', 3, 0]]],
      [
        'rank 1 · NPU 0',
        3,
        [
          ['HBM', 3, 0],
          ['Ascend Hardware', 3, 1],
        ],
      ],
    ]);
    expect(groups.map(({ process }) => process?.pid)).toEqual([4711, 1, 2, 3]);
  });

  test('a process of unknown side is a process of its own and needs no row in between for a single track', async () => {
    const track = { name: 'main', slices: [{ name: 'x', startNs: 0, durNs: 1 }] };
    const packets = await packetsOf(
      runOf({
        processes: [
          { name: 'python', key: '77', tracks: [track] },
          { name: 'other', key: '88', tracks: [track, { ...track, name: 'second' }] },
        ],
      }),
    );
    const descriptors = packets.flatMap(({ track_descriptor: d }) => (d === undefined ? [] : [d]));
    const path = (uuid: string | undefined): (string | undefined)[] => {
      const found = descriptors.find((each) => each.uuid === uuid);
      return found === undefined ? [] : [...path(found.parent_uuid), found.process?.process_name ?? found.name];
    };
    const leaves = consume(packets).flatMap(({ name, track: uuid }) => (name ? [path(uuid)] : []));
    expect(leaves).toEqual([
      ['python', 'main'],
      ['other', 'Tracks', 'main'],
      ['other', 'Tracks', 'second'],
    ]);
  });

  test('facts of the run are attributes, and the wall clock is there for an origin of the epoch', async () => {
    const [first, second] = await packetsOf(runOf({ processes: [], metadata: new Map([['CANN', '"8.5"']]) }));
    expect(first.clock_snapshot?.clocks).toEqual([
      { clock_id: 6, timestamp: '0' },
      { clock_id: 1, timestamp: '1700000000000000000' },
    ]);
    expect(second.trace_attributes?.attribute).toEqual([
      { key: 'converter', string_value: 'traceconv' },
      { key: 'originNs', string_value: '1700000000000000000' },
      { key: 'reader', string_value: 'test' },
      { key: 'files', string_value: 'part0.json' },
      { key: 'metadata CANN', string_value: '"8.5"' },
    ]);
    const [without] = await packetsOf(runOf({ processes: [] }, 12_345n));
    expect(without.clock_snapshot?.clocks).toEqual([{ clock_id: 6, timestamp: '0' }]);
  });
});

describe('args', () => {
  /** The args of several slices in one file, so that later ones meet what earlier ones left behind. */
  async function argsOf(texts: readonly (string | Uint8Array)[]) {
    const slices = texts.map((args, i): SliceSpec => ({ name: 'op', startNs: i, durNs: 1, args, strict: false }));
    const { bytes, diagnostics } = await written(writePerfetto, oneTrack({ slices }));
    const events = consume(decode(bytes)).filter(({ type }) => type.endsWith('BEGIN'));
    return { args: events.map(({ args }) => args), diagnostics };
  }

  test.each([
    ['{"a":0,"b":-1,"c":4294967295,"d":007}', { a: 'int 0', b: 'int -1', c: 'int 4294967295', d: '007' }],
    ['{"a":9007199254740993,"b":-9223372036854775808}', { a: 'int 9007199254740993', b: 'int -9223372036854775808' }],
    [
      '{"a":18446744073709551615,"b":18446744073709551616}',
      { a: 'uint 18446744073709551615', b: '18446744073709551616' },
    ],
    [
      '{"a":1.5,"b":-0.1,"c":1e3,"d":3.14159265358979323846}',
      { a: 'double 1.5', b: 'double -0.1', c: 'double 1000', d: `double ${Math.PI}` },
    ],
    ['{"a":true,"b":false,"c":null,"d":NaN,"e":1e999}', { a: true, b: false, c: 'null', d: 'NaN', e: '1e999' }],
    ['{"a":"x\\n\\u00e9","\\u4e2d":"中","":"e"}', { a: 'x\né', 中: '中', '(no name)': 'e' }],
    ['{"a":{"b":[1,{"c":"d"},[]],"e":{}},"f":[]}', { a: { b: ['int 1', { c: 'd' }, '[]'], e: '{}' }, f: '[]' }],
    ['{ "a" : 1 , "b" : "x" }', { a: 'int 1', b: 'x' }],
    ['{}', undefined],
    ['[1,2]', { args: ['int 1', 'int 2'] }],
    ['"text"', { args: 'text' }],
    ['{"a":1', { args: '{"a":1' }],
    ['{"a":1}}', { args: '{"a":1}}' }],
    ['{"a":1 2}', { args: '{"a":1 2}' }],
  ])('%s', async (text, expected) => {
    const { args } = await argsOf([text, text, text]);
    expect(args).toEqual([expected, expected, expected]);
  });

  test('what had to be changed is counted', async () => {
    const invalid = Uint8Array.of(...new TextEncoder().encode('{"a":"'), 0xff, ...new TextEncoder().encode('"}'));
    const { args, diagnostics } = await argsOf(['{"a":"\\ud800"}', invalid, '{"a":1}', '{"a":"\\ud83d\\ude00"}']);
    expect(args).toEqual([{ a: '\ufffd' }, { a: '\ufffd' }, { a: 'int 1' }, { a: '😀' }]);
    expect(diagnostics.countOf('args_not_strict')).toBe(2);
  });

  test('any JSON objects, repeated and mixed, come back with types', async () => {
    const key = fc.constantFrom('a', 'b', 'Task Type', 'connection_id', '中', 'x"y');
    const text = fc.oneof(
      fc.constantFrom('AI_CORE', 'AI_CPU', 'x'.repeat(64), 'x'.repeat(65)),
      fc.string({ unit: 'binary' }),
    );
    const number = fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
    const leaf = fc.oneof(number, text, fc.boolean(), fc.constant(null));
    const value = fc.oneof(
      { weight: 4, arbitrary: leaf },
      fc.array(leaf, { maxLength: 3 }),
      fc.dictionary(key, leaf, { maxKeys: 3 }),
    );
    const object = fc.dictionary(key, value, { maxKeys: 5 });
    const typed = (json: unknown): unknown => {
      if (json === null) return 'null';
      if (typeof json === 'number')
        return /^-?\d+$/.test(JSON.stringify(json)) ? `int ${BigInt(JSON.stringify(json))}` : `double ${json}`;
      if (Array.isArray(json)) return json.length === 0 ? '[]' : json.map(typed);
      if (typeof json !== 'object') return json;
      const entries = Object.entries(json);
      return entries.length === 0 ? '{}' : Object.fromEntries(entries.map(([name, each]) => [name, typed(each)]));
    };
    const inInt64 = (json: string): boolean => !/\d{17,}/.test(json);
    await fc.assert(
      fc.asyncProperty(
        fc.array(object, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(undefined, 1),
        async (objects, indent) => {
          const texts = objects.map((each) => JSON.stringify(each, null, indent));
          fc.pre(texts.every(inInt64));
          const { args } = await argsOf(texts);
          const expected = objects.map((each) => typed(JSON.parse(JSON.stringify(each))));
          expect(args).toEqual(expected.map((each) => (each === '{}' ? undefined : each)));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('any bytes are kept in some form', async () => {
    const fragment = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ':',
      ',',
      '1',
      '-',
      '.',
      'e',
      '\\',
      'u',
      ' ',
      '{"a":',
      'ÿ',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fragment, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 5 }),
        async (rows) => {
          const { args } = await argsOf(rows.map((row) => row.join('')));
          expect(args).toHaveLength(rows.length);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('more keys than a table of names should hold', async () => {
    const texts = Array.from({ length: 70 }, (_, i) =>
      JSON.stringify(Object.fromEntries(Array.from({ length: 1000 }, (_, k) => [`key ${i * 1000 + k}`, k]))),
    );
    const { args } = await argsOf(texts);
    expect(args[69]).toMatchObject({ 'key 69000': 'int 0', 'key 69999': 'int 999' });
  });

  test('nesting a million deep is cut off as text, without overflowing the stack', async () => {
    const depth = 1_000_000;
    const text = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
    const { args, diagnostics } = await argsOf([text]);
    let value = args[0];
    let levels = 0;
    for (; typeof value === 'object' && value !== null; levels++) value = Object.values(value)[0];
    expect(levels).toBe(95);
    expect(value).toBe(text.slice('{"a":'.length * 95, -95));
    expect(diagnostics.countOf('depth_limited')).toBe(1);
  });
});

test('the output is handed on in pieces, and progress goes from 0 to 1', async () => {
  const slices = Array.from({ length: 100_000 }, (_, i) => ({ name: 'op', startNs: i * 10, durNs: 5 }));
  const sizes: number[] = [];
  const fractions: number[] = [];
  await writePerfetto(
    oneTrack({ slices }),
    { write: async ({ length }) => void sizes.push(length) },
    new Diagnostics(),
    {
      absoluteTime: false,
      onProgress: (fraction) => fractions.push(fraction),
    },
  );
  expect(sizes.length).toBeGreaterThan(1);
  expect(Math.max(...sizes)).toBeLessThan(1.3 * 2 ** 20);
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  expect(fractions.at(-1)).toBe(1);
});
