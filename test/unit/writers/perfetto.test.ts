import { describe, expect, test } from 'vitest';
import { Diagnostics, UsageError } from '../../../src/index.ts';
import { writePerfetto } from '../../../src/writers/perfetto/write.ts';
import { consume, decode, eventsOf, oneTrack, packetsOf, story } from './perfetto-reading.ts';
import { type PartSpec, runOf, type SliceSpec, written } from './run-of.ts';

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
