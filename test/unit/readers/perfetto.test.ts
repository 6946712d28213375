// What may be wrong with packets, and what names of tracks tell.
import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { encode, type Field, trace, varint } from '../../../fixtures/generate/perfetto/message.ts';
import { InputError } from '../../../src/base/index.ts';
import { readers } from '../../../src/readers/index.ts';
import { NONE } from '../../../src/timeline/index.ts';
import { folderWith, open } from '../../support/opening.ts';
import { plainSlices } from '../../support/plain-timeline.ts';
import { diagnosticCounts } from '../../support/reading.ts';
import { perfettoBytes, readPerfetto } from '../../support/round-trip.ts';

type Packet = readonly Field[];
const descriptor = (...fields: Field[]): Packet => [[60, fields]];
const event = (
  timeNs: number | bigint,
  track: number,
  fields: readonly Field[],
  more: readonly Field[] = [],
): Packet => [[8, timeNs], [10, 1], ...more, [11, [[11, track], ...fields]]];
const begin = (timeNs: number, track: number, name: string, ...more: Field[]): Packet =>
  event(timeNs, track, [[9, 1], [23, name], ...more]);
const end = (timeNs: number, track: number): Packet => event(timeNs, track, [[9, 2]]);
const op = (track: number): Packet[] => [begin(10, track, 'op'), end(30, track)];

async function slicesOf(packets: readonly Packet[]): Promise<string[]> {
  const { timeline } = await readPerfetto(trace(packets), 7);
  return plainSlices(timeline).map(({ name, startNs, durNs }) => `${name} ${startNs}+${durNs}`);
}

async function argsOf(annotation: readonly Field[]): Promise<unknown> {
  const { timeline } = await readPerfetto(trace([begin(10, 1, 'op', [4, annotation]), end(30, 1)]));
  const { bytes, from } = await timeline.args.block(timeline.slices, [0]);
  return JSON.parse(new TextDecoder().decode(bytes.subarray(from[0], from[1])));
}

describe('damage', () => {
  test('a length beyond the file ends the packets, and nothing is allocated for it', async () => {
    const whole = trace(op(1));
    const bytes = Uint8Array.from([...whole, 0x0a, ...varint(2n ** 62n), 1, 2, 3]);
    const { timeline, diagnostics } = await readPerfetto(bytes, 5);
    expect(timeline.slices.length).toBe(1);
    expect(diagnosticCounts(diagnostics)).toEqual({ packet_truncated: 1 });
    expect(diagnostics.list()[0].places[0].place.offset).toBe(whole.length);
  });

  test('a tag that is none ends the packets', async () => {
    const { diagnostics } = await readPerfetto(Uint8Array.from([...trace(op(1)), 0x0b, 0xff, 0xff, 0xff]));
    expect(diagnosticCounts(diagnostics)).toEqual({ packets_unreadable: 1 });
  });

  test('a number of eleven bytes costs its packet alone', async () => {
    const packet = [0x40, ...Array.from({ length: 11 }, () => 0xff), 0x01];
    const bytes = Uint8Array.from([0x0a, packet.length, ...packet, ...trace(op(1))]);
    const { timeline, diagnostics } = await readPerfetto(bytes);
    expect(timeline.slices.length).toBe(1);
    expect(diagnosticCounts(diagnostics)).toEqual({ packet_malformed: 1 });
  });

  test('annotations 10,000 deep are cut, in either form', async () => {
    let dictionary: readonly Field[] = [
      [10, 'leaf'],
      [4, 1],
    ];
    let nested: readonly Field[] = [[5, 1]];
    let bytes: Uint8Array = encode(dictionary);
    let nestedBytes: Uint8Array = encode(nested);
    for (let depth = 0; depth < 10_000; depth++) {
      dictionary = [
        [10, 'd'],
        [11, bytes],
      ];
      bytes = encodeFast(dictionary, bytes);
      nested = [[4, nestedBytes]];
      nestedBytes = encodeFast(nested, nestedBytes);
    }
    for (const field of [
      bytes,
      Uint8Array.from([0x52, 1, 0x6e, 0x42, ...varint(BigInt(nestedBytes.length)), ...nestedBytes]),
    ]) {
      const packets = trace([begin(10, 1, 'op', [4, field]), end(30, 1)]);
      const { timeline, diagnostics } = await readPerfetto(packets);
      expect(diagnosticCounts(diagnostics)).toEqual({ depth_limited: 1 });
      const { bytes: json, from } = await timeline.args.block(timeline.slices, [0]);
      const text = new TextDecoder().decode(json.subarray(from[0], from[1]));
      expect(text).toContain('nested too deep');
      expect(() => JSON.parse(text) as unknown).not.toThrow();
    }
  });

  test('a packet that unpacks to gigabytes is left out', { timeout: 30_000 }, async () => {
    const bomb = new Uint8Array(deflateSync(new Uint8Array(100 << 20)));
    const { timeline, diagnostics } = await readPerfetto(trace([[[50, bomb]], ...op(1)]));
    expect(timeline.slices.length).toBe(1);
    expect(diagnostics.list().flatMap(({ kind, places }) => places.map(({ detail }) => `${kind}: ${detail}`))).toEqual([
      'packet_malformed: more than 64 MB',
    ]);
  });

  test('no packet at all, and no event at all, are refused', async () => {
    await expect(readPerfetto(Uint8Array.of(0x0a, 0x7f))).rejects.toThrow(InputError);
    await expect(
      readPerfetto(
        trace([
          [
            [10, 1],
            [13, 1],
          ],
        ]),
      ),
    ).rejects.toThrow(InputError);
  });

  test('ancestors in a circle of any length are cut once', async () => {
    const circle = Array.from({ length: 5 }, (_, i) => descriptor([1, i + 1], [2, `t${i}`], [5, ((i + 1) % 5) + 1]));
    const { diagnostics } = await readPerfetto(trace([...circle, ...op(3)]));
    expect(diagnosticCounts(diagnostics)).toEqual({ track_own_ancestor: 1 });
  });

  test('times at the end of 64 bits cost their own packet, and times far apart are two worlds', async () => {
    const far = event(2n ** 63n, 1, [
      [9, 3],
      [23, 'far'],
    ]);
    const { timeline, diagnostics } = await readPerfetto(trace([...op(1), far, event(2n ** 64n - 1n, 1, [[9, 3]])]));
    expect(timeline.instants.length).toBe(0);
    expect(diagnosticCounts(diagnostics)).toEqual({ packet_time_bad: 2 });
  });
});

test('a stray time of 0 does not cost those of the epoch', async () => {
  const epoch = 1_787_504_006_000_000_001n;
  const instant = (ns: bigint): Packet =>
    event(ns, 1, [
      [9, 3],
      [23, 'mark'],
    ]);
  const { timeline, diagnostics } = await readPerfetto(trace([instant(0n), instant(epoch), instant(epoch + 5n)]));
  expect(timeline.originNs).toBe(epoch);
  expect([...timeline.instants.timeNs]).toEqual([0, 5]);
  expect(diagnosticCounts(diagnostics)).toEqual({ time_far_away: 1 });
});

/** encode() spreads its bytes, which is too slow for messages that hold all those before. */
function encodeFast([first, ...rest]: readonly Field[], inner: Uint8Array): Uint8Array {
  const [head, field] = rest.length > 0 ? [encode([first]), rest[0][0]] : [new Uint8Array(0), first[0]];
  const lengthBytes = [...varint(BigInt((field << 3) | 2)), ...varint(BigInt(inner.length))];
  const bytes = new Uint8Array(head.length + lengthBytes.length + inner.length);
  bytes.set(head);
  bytes.set(lengthBytes, head.length);
  bytes.set(inner, head.length + lengthBytes.length);
  return bytes;
}

describe('slices', () => {
  test('packets out of order are matched by time where their order makes no sense', async () => {
    expect(await slicesOf([end(30, 1), begin(10, 1, 'late')])).toEqual(['late 10+20']);
    expect(await slicesOf([begin(20, 1, 'inner'), end(30, 1), begin(10, 1, 'outer'), end(40, 1)])).toEqual([
      'outer 10+30',
      'inner 20+10',
    ]);
  });

  test('what never ends lasts as long as the trace', async () => {
    expect(await slicesOf([begin(10, 1, 'open'), begin(20, 2, 'op'), end(90, 2)])).toEqual(['open 10+80', 'op 20+70']);
  });
});

test.each<[string, readonly Field[], unknown]>([
  ['int', [4, -5] as never, -5],
  ['text', [6, 'a"b'] as never, 'a"b'],
  ['double', [5, { double: 0.1 }] as never, 0.1],
  ['json that is none', [9, '{x'] as never, '{x'],
])('an annotation of %s', async (_kind, field, value) => {
  expect(await argsOf([[10, 'key'], field as unknown as Field])).toEqual({ key: value });
});

describe('names tell devices', () => {
  test.each([
    ['COMPUTE AGENT [4] STREAM [1] (GPU)', 'device', 4, 'stream'],
    ['COPY to AGENT [0] STREAM [1] (CPU)', 'unknown', NONE, 'other'],
    ['HSA queue 2', 'device', 0, 'stream'],
    ['Stream 7', 'device', 0, 'stream'],
    ['GPU 3', 'device', 3, 'other'],
    ['THREAD 3 (815)', 'unknown', NONE, 'other'],
    ['Video stream decoder', 'unknown', NONE, 'other'],
  ])('%s', async (name, side, device, kind) => {
    const { timeline } = await readPerfetto(trace([descriptor([1, 9], [2, name]), ...op(9)]));
    const [track] = timeline.tracks;
    expect([timeline.processes[track.process].side, timeline.processes[track.process].device, track.kind]).toEqual([
      side,
      device,
      kind,
    ]);
  });
});

test('an earlier .pftrace beside a capture is left alone, and read when it is named', async () => {
  const json = '[{"ph":"X","name":"op","pid":1,"tid":1,"ts":1,"dur":2}]';
  const { run } = await open(folderWith({ 'a.json': json }));
  const output = await perfettoBytes(run);
  const folder = folderWith({ 'a.json': json, 'a.pftrace': output });
  const both = await open(folder);
  expect(both.run.shards.length).toBe(1);
  const named = await open(`${folder}/a.pftrace`);
  expect(named.run.shards[0].readerId).toBe('perfetto-trace');
  expect(plainSlices(named.run.shards[0].timeline)).toEqual(plainSlices(run.shards[0].timeline));
});

test('a name is a hint, packets are the proof', () => {
  const { sniff } = readers.get('perfetto-trace')!;
  expect(sniff('a.pftrace', new Uint8Array(10)).confidence).toBe(1);
  expect(sniff('a.bin', trace(op(1))).confidence).toBe(3);
  expect(sniff('a.bin', new TextEncoder().encode('\n[{"ph":"X"}]')).confidence).toBe(0);
});
