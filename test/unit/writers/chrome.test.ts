import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteBuffer } from '../../../src/bytes/byte-buffer.ts';
import { TimeText } from '../../../src/writers/chrome/time-text.ts';
import { writeChromeJson } from '../../../src/writers/chrome/write.ts';
import { documentOf, type Event, named, of, oneTrack, textOf } from './chrome-reading.ts';
import { runOf, written } from './run-of.ts';

describe('the document', () => {
  test('is an object with one event per line, the origin and where the run came from', async () => {
    const run = oneTrack({ slices: [{ name: 'op', startNs: 0, durNs: 5 }] });
    const lines = (await textOf(run)).split('\n');
    expect(lines[0]).toMatch(/^\{"displayTimeUnit":"ns","otherData":\{.*\},"traceEvents":\[$/);
    for (const line of lines.slice(1, -2)) expect(() => JSON.parse(line.replace(/,$/, ''))).not.toThrow();
    expect(lines.slice(-2)).toEqual([']}', '']);
    expect((await documentOf(run)).otherData).toEqual({
      converter: 'traceconv',
      originNs: '1700000000000000000',
      reader: 'test',
      files: 'part0.json',
    });
  });

  test('is valid for a run without any event', async () => {
    expect((await documentOf(runOf({ processes: [] }))).traceEvents).toEqual([]);
  });
});

describe('times', () => {
  const text = (write: (times: TimeText, buffer: ByteBuffer) => void, zeroNs = 0n): string => {
    const buffer = new ByteBuffer(1);
    write(new TimeText(zeroNs), buffer);
    return new TextDecoder().decode(buffer.view());
  };
  const exact = (ns: bigint): string => `${ns / 1000n}.${String(ns % 1000n).padStart(3, '0')}`;

  test('are the exact digits of any nanosecond, from the origin or absolute', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.bigInt(0n, 2n ** 63n), (ns, zeroNs) => {
        expect(text((times, buffer) => times.writeTime(buffer, ns))).toBe(exact(BigInt(ns)));
        expect(text((times, buffer) => times.writeDuration(buffer, ns), zeroNs)).toBe(exact(BigInt(ns)));
        expect(text((times, buffer) => times.writeTime(buffer, ns), zeroNs)).toBe(exact(zeroNs + BigInt(ns)));
      }),
    );
  });

  test.each([
    [0, '0.000'],
    [1, '0.001'],
    [999, '0.999'],
    [1_000_000_000, '1000000.000'],
    [1_000_000_999_999, '1000000999.999'],
    [2 ** 53 - 1, '9007199254740.991'],
  ])('%d ns', (ns, digits) => {
    expect(text((times, buffer) => times.writeTime(buffer, ns))).toBe(digits);
  });

  test('before the zero of the clock are still right', () => {
    expect(text((times, buffer) => times.writeTime(buffer, 5), -1005n)).toBe('-1.000');
    expect(text((times, buffer) => times.writeTime(buffer, 1006), -1005n)).toBe('0.001');
  });

  test('are from the origin, or the clock of the capture on request', async () => {
    const run = oneTrack({ slices: [{ name: 'op', startNs: 1234567, durNs: 89 }] });
    expect(await textOf(run)).toContain('"ts":1234.567,"dur":0.089,');
    expect(await textOf(run, { absoluteTime: true })).toContain('"ts":1700000000001234.567,"dur":0.089,');
  });

  test('of a shard count from the origin of the run', async () => {
    const run = oneTrack({ slices: [{ name: 'op', startNs: 1000, durNs: 0 }] });
    const shifted = { ...run, shards: run.shards.map((shard) => ({ ...shard, shiftNs: 500 })) };
    expect(of((await documentOf(shifted)).traceEvents, 'X')[0].ts).toBe(1.5);
  });
});

describe('rows', () => {
  test('overlapping slices go to rows of the same name with neighbouring places', async () => {
    const { traceEvents } = await documentOf(
      runOf({
        processes: [
          {
            tracks: [
              {
                name: 'Stream 3',
                key: '3',
                slices: [
                  { name: 'a', startNs: 0, durNs: 100 },
                  { name: 'b', startNs: 50, durNs: 100 },
                ],
              },
              { name: 'Stream 4', key: '4', slices: [{ name: 'c', startNs: 0, durNs: 1 }] },
            ],
          },
        ],
      }),
    );
    const [a, b] = [named(traceEvents, 'a')[0], named(traceEvents, 'b')[0]];
    expect(a.tid).toBe(3);
    expect(b.tid).not.toBe(a.tid);
    const names = named(traceEvents, 'thread_name').map(({ tid, args }) => [tid, args.name]);
    expect(names).toEqual([
      [3, 'Stream 3'],
      [b.tid, 'Stream 3'],
      [4, 'Stream 4'],
    ]);
    expect(named(traceEvents, 'thread_sort_index').map(({ tid, args }) => [tid, args.sort_index])).toEqual([
      [3, 0],
      [b.tid, 1],
      [4, 2],
    ]);
  });

  test('ids that consumers would mangle are replaced, names keep the truth', async () => {
    const { traceEvents } = await documentOf(
      runOf({
        processes: [
          { key: '4376751100', name: 'Overlap', tracks: [{ key: '18446744073709551615', name: 'Free', slices: [] }] },
          { key: '1', name: 'Host', tracks: [{ key: '0', name: 'main' }] },
        ],
      }),
    );
    for (const { pid, tid = 1 } of traceEvents) {
      for (const id of [pid, tid]) expect(Number.isInteger(id) && id >= 1 && id < 2 ** 31).toBe(true);
    }
    expect(named(traceEvents, 'process_name').map(({ pid, args }) => [pid, args.name])).toEqual([
      [2, 'Overlap'],
      [1, 'Host'],
    ]);
  });

  test('a hostile name comes back as it was', async () => {
    const name = '"}]}\u0000\n\\u0041</script>\u2028\u{1f600}';
    const { traceEvents } = await documentOf(
      oneTrack({ name, slices: [{ name, category: name, startNs: 0, durNs: 0 }] }),
    );
    expect(of(traceEvents, 'X')[0]).toMatchObject({ name, cat: name });
    expect(named(traceEvents, 'thread_name')[0].args.name).toBe(name);
  });
});

describe('instants and counters', () => {
  test('an instant is a mark on its row', async () => {
    const { traceEvents } = await documentOf(
      oneTrack({ instants: [{ name: 'mark', category: 'c', timeNs: 2500, args: '{"a":1}' }] }),
    );
    expect(of(traceEvents, 'i')).toEqual([
      { ph: 'i', s: 't', pid: 1, tid: 1, ts: 2.5, name: 'mark', cat: 'c', args: { a: 1 } },
    ]);
  });

  test('counter samples carry their series, and no row is made for them', async () => {
    const samples = [
      { timeNs: 0, value: 0.125 },
      { timeNs: 1000, value: -3 },
      { timeNs: 2000, value: 2 ** 53 },
    ];
    const { traceEvents } = await documentOf(
      oneTrack({ kind: 'counter', name: 'HBM', series: 'Read(MB/s)', key: '', samples }),
    );
    expect(of(traceEvents, 'C')).toEqual(
      samples.map(({ timeNs, value }) => ({
        ph: 'C',
        pid: 1,
        name: 'HBM',
        ts: timeNs / 1000,
        args: { 'Read(MB/s)': value },
      })),
    );
    expect(named(traceEvents, 'thread_name')).toEqual([]);
  });

  test('two counters that consumers would take for one get an id', async () => {
    const counter = { kind: 'counter', samples: [{ timeNs: 0, value: 1 }] } as const;
    const { traceEvents } = await documentOf(
      runOf({
        processes: [
          {
            tracks: [
              { ...counter, name: 'a', series: 'b c' },
              { ...counter, name: 'a b', series: 'c' },
              { ...counter, name: 'a', series: 'b c' },
            ],
          },
        ],
      }),
    );
    expect(of(traceEvents, 'C').map(({ id }) => id)).toEqual([undefined, '2', '3']);
  });

  test('a value that JSON cannot say is left out and counted', async () => {
    const run = oneTrack({ kind: 'counter', samples: [{ timeNs: 0, value: Number.POSITIVE_INFINITY }] });
    const { bytes, diagnostics } = await written(writeChromeJson, run);
    expect(of(JSON.parse(new TextDecoder().decode(bytes)).traceEvents, 'C')).toEqual([]);
    expect(diagnostics.countOf('counter_not_numeric')).toBe(1);
  });
});

describe('flows', () => {
  const twoTracks = [
    {
      tracks: [
        {
          name: 'host',
          slices: [
            { name: 'launch', startNs: 100, durNs: 100 },
            { name: 'child', startNs: 150, durNs: 10 },
          ],
          instants: [{ name: 'mark', timeNs: 180 }],
        },
        { name: 'device', slices: [{ name: 'kernel', startNs: 300, durNs: 50 }] },
      ],
    },
  ];
  const ends = async (from: number, to: number) => {
    const { traceEvents } = await documentOf(
      runOf({ processes: twoTracks, flows: [{ name: 'f', from: 'launch', to: 'kernel', fromNs: from, toNs: to }] }),
    );
    return traceEvents.filter(({ ph }) => ph === 's' || ph === 'f').map(({ ph, ts, tid }) => [ph, ts * 1000, tid]);
  };

  test('an end keeps its time while its slice is the last that began', async () => {
    expect(await ends(120, 310)).toEqual([
      ['s', 120, 1],
      ['f', 310, 2],
    ]);
  });

  test('an end that a later slice or instant of the row would catch goes to the start of its slice', async () => {
    expect((await ends(155, 300))[0]).toEqual(['s', 100, 1]);
    expect((await ends(170, 300))[0]).toEqual(['s', 100, 1]);
  });

  test('an end outside its slice is moved into it', async () => {
    expect(await ends(20, 999)).toEqual([
      ['s', 100, 1],
      ['f', 350, 2],
    ]);
  });

  test('ids are small, one per arrow; what has no slice at an end is left out and counted', async () => {
    const flows = [
      { name: 'a', category: 'c', from: 'launch', to: 'kernel' },
      { name: 'b', from: 'launch' },
      { name: 'b', to: 'kernel' },
      { name: 'a', category: 'c', from: 'launch', to: 'kernel' },
    ];
    const { bytes, diagnostics } = await written(writeChromeJson, runOf({ processes: twoTracks, flows }));
    const events: Event[] = JSON.parse(new TextDecoder().decode(bytes)).traceEvents;
    expect(of(events, 's').map(({ id, name, cat }) => [id, name, cat])).toEqual([
      [1, 'a', 'c'],
      [2, 'a', 'c'],
    ]);
    expect(of(events, 'f').map(({ id }) => id)).toEqual([1, 2]);
    expect(diagnostics.countOf('flow_unpaired')).toBe(2);
  });

  test('an arrow against time is drawn from the earlier slice and counted', async () => {
    const flows = [{ name: 'a', from: 'kernel', to: 'launch' }];
    const { bytes, diagnostics } = await written(writeChromeJson, runOf({ processes: twoTracks, flows }));
    const events: Event[] = JSON.parse(new TextDecoder().decode(bytes)).traceEvents;
    expect(of(events, 's')[0]).toMatchObject({ tid: 1, ts: 0.1 });
    expect(of(events, 'f')[0]).toMatchObject({ tid: 2, ts: 0.3, bp: 'e' });
    expect(diagnostics.countOf('flow_backwards')).toBe(1);
  });
});
