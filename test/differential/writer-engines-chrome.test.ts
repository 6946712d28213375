// The WebAssembly twin of the Chrome writer's rows against the TypeScript one, which is its specification: the same
// bytes and diagnostics, whatever the run.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Run, Timeline, WriteOptions } from '../../src/index.ts';
import { newRowsInstance } from '../../src/writers/chrome/wasm/rows-module.ts';
import { writeChromeJson } from '../../src/writers/chrome/write.ts';
import { titledCaptures } from '../support/fixtures.ts';
import { diagnosticLines, readFiles } from '../support/reading.ts';
import { ASCEND_TIMELINES, noticeWhenAbsent, readSample, samplesLike, TORCH_TRACES } from '../support/samples.ts';
import { type PartSpec, runOf, type TrackSpec, written } from '../unit/writers/run-of.ts';

noticeWhenAbsent('both engines of the Chrome writer on real captures');

test('this machine runs the WebAssembly rows, or all that follows says nothing', () => {
  expect(newRowsInstance(0n)).toBeDefined();
});

describe('every fixture', () => {
  test.each(titledCaptures())('$title', async ({ capture: { readerId, files } }) => {
    await expectSame(runOfTimeline((await readFiles(readerId, files)).timeline));
  });
});

describe('every sample', { timeout: 300_000 }, () => {
  test.each([...samplesLike(ASCEND_TIMELINES), ...samplesLike(TORCH_TRACES)])('%s', async (path) => {
    const readerId = path.startsWith('ascend') ? 'ascend-msprof-json' : 'chrome-json';
    await expectSame(runOfTimeline((await readFiles(readerId, [{ path, bytes: readSample(path) }])).timeline));
  });
});

const oneIn = <T>(n: number, odd: fc.Arbitrary<T>, usual: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: n - 1, arbitrary: usual }, { weight: 1, arbitrary: odd });

/** Each digit count, and what lies beside its ends. */
const wholeNumber = fc
  .tuple(fc.nat(15), fc.constantFrom(-1, 0, 1, 123), fc.integer({ min: 1, max: 9 }))
  .map(([digits, beside, factor]) => Math.min(Math.max(0, 10 ** digits * factor + beside), 2 ** 50));
const name = oneIn(
  6,
  fc.constantFrom('', '"', 'a\tb', '\\', '\ud800', '中文', 'x'.repeat(2045), 'x'.repeat(2046), 'x'.repeat(2047)),
  fc.constantFrom('op', 'MatMul_MatMulV3_with_a_long_name', 'exactly 16 bytes', 'void at::native<int, 4>()'),
);
const category = fc.option(name, { nil: undefined, freq: 3 });
const args = oneIn<{ args: string; strict: boolean }>(
  6,
  fc.record({
    args: fc.constantFrom('{"a":NaN}', '{"a":1,}', '[1]', '{"id":18446744073709551615}', '{"a":"\ud800"}'),
    strict: fc.constant(false),
  }),
  fc.record({
    args: fc.constantFrom('', '{}', '{"a":1}', '{"Task Type":"AI_CORE","Task Id":4294967295,"名":"中"}'),
    strict: fc.constant(true),
  }),
);
const row = fc.record({ name, category, args }).map(({ args, category, ...rest }) => ({
  ...rest,
  ...args,
  ...(category === undefined ? {} : { category }),
}));
const sliceOf = fc.tuple(row, wholeNumber, wholeNumber).map(([each, startNs, durNs]) => ({ ...each, startNs, durNs }));
const instantOf = fc.tuple(row, wholeNumber).map(([each, timeNs]) => ({ ...each, timeNs }));
const value = fc.oneof(wholeNumber, fc.double(), fc.constantFrom(-0, -1, 0.1, 48256.875, 1e21, 2 ** 53, 1e-7));
const sampleOf = fc.record({ timeNs: wholeNumber, value });
const byTime = <T extends { timeNs: number }>(rows: T[]): T[] => rows.toSorted((a, b) => a.timeNs - b.timeNs);

const trackOf: fc.Arbitrary<TrackSpec> = fc.oneof(
  fc
    .record({ slices: fc.array(sliceOf, { maxLength: 60 }), instants: fc.array(instantOf, { maxLength: 3 }) })
    .map(({ slices, instants }) => ({ slices, instants: byTime(instants) })),
  fc
    .record({ name, series: name, samples: fc.array(sampleOf, { maxLength: 60 }) })
    .map(({ samples, ...rest }) => ({ ...rest, kind: 'counter' as const, samples: byTime(samples) })),
);
const flowOf = fc.record({
  flow: fc.record({ name, category }),
  from: fc.nat(200),
  to: fc.nat(200),
  lateNs: fc.constantFrom(0, 1, 1000),
});

/** Arrows know their slices by unique names, so every other slice gets one. */
const partOf: fc.Arbitrary<PartSpec> = fc
  .tuple(fc.array(trackOf, { minLength: 1, maxLength: 5 }), fc.array(flowOf, { maxLength: 20 }))
  .map(([tracks, flows]) => {
    const starts = new Map<string, number>();
    const named = tracks.map(({ slices = [], ...rest }) => ({
      ...rest,
      slices: slices.map((slice, i) => {
        const own = i % 2 === 0 ? { ...slice, name: `unique ${starts.size}` } : slice;
        if (i % 2 === 0) starts.set(own.name, own.startNs);
        return own;
      }),
    }));
    const unique = [...starts.keys()];
    const arrows = flows.slice(0, unique.length).map(({ flow: { name, category }, from, to, lateNs }) => ({
      name,
      ...(category === undefined ? {} : { category }),
      from: unique[from % unique.length],
      to: unique[to % (unique.length + 1)] ?? 'missing',
      fromNs: starts.get(unique[from % unique.length])! + lateNs,
    }));
    return { processes: [{ tracks: named }], flows: arrows };
  });

test('any run, of one part or several, on any clock', async () => {
  const origin = fc.constantFrom(0n, 1n, 999_999_999n, 1_700_000_000_123_456_789n, -5_000n, 2n ** 63n - 1n, 2n ** 63n);
  const parts = fc.array(partOf, { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(parts, origin, fc.constantFrom(0, 7, -2000), async (specs, originNs, shiftNs) => {
      const run = runOf(specs, originNs);
      await expectSame({ ...run, shards: run.shards.map((shard, i) => ({ ...shard, shiftNs: i * shiftNs })) });
    }),
    { numRuns: 150, seed: 7 },
  );
});

test('more text than is kept at a time', async () => {
  const nameOf = (i: number): string => `${i} ${'long '.repeat(350)}`;
  const slices = Array.from({ length: 6000 }, (_, i) => ({ name: nameOf(i % 4000), startNs: i, durNs: 1 }));
  const samples = Array.from({ length: 10_000 }, (_, i) => ({ timeNs: i, value: i / 3 }));
  await expectSame(runOf({ processes: [{ tracks: [{ slices }, { kind: 'counter', samples }] }] }));
});

test('args of every size, among them more than any memory for them holds', async () => {
  const sizes = [...Array.from({ length: 300 }, (_, i) => i), 1 << 16, (1 << 18) - 10, 1 << 18, 1 << 19, 5 << 20];
  const sliceOfSize = (size: number, i: number) => ({
    name: 'op',
    startNs: i,
    durNs: 1,
    args: `{"a":"${'x'.repeat(size)}"}`,
  });
  const slices = [...sizes, ...Array.from<number>({ length: 100 }).fill(60_000), ...sizes].map(sliceOfSize);
  await expectSame(runOf({ processes: [{ tracks: [{ slices }] }] }));
  const tooMany = Array.from<number>({ length: 9 })
    .fill(4 << 20)
    .map(sliceOfSize);
  await expectSame(runOf({ processes: [{ tracks: [{ slices: tooMany }] }] }));
});

function runOfTimeline(timeline: Timeline): Run {
  const shard = { timeline, readerId: 'test', files: ['trace.json'], shiftNs: 0 };
  return { originNs: timeline.originNs, endNs: timeline.endNs, shards: [shard] };
}

async function expectSame(run: Run): Promise<void> {
  for (const absoluteTime of [false, true]) {
    const expected = await outcome(run, { absoluteTime, engine: 'typescript' });
    const found = await outcome(run, { absoluteTime, engine: 'wasm' });
    expect(found.diagnostics).toEqual(expected.diagnostics);
    // Of megabytes, the first that differ say it all.
    const at = found.bytes.findIndex((byte, i) => byte !== expected.bytes[i]);
    if (at !== -1) expect(near(found.bytes, at)).toBe(near(expected.bytes, at));
    expect(found.bytes.length).toBe(expected.bytes.length);
  }
}

function near(bytes: Uint8Array, at: number): string {
  return new TextDecoder().decode(bytes.subarray(Math.max(0, at - 200), at + 100));
}

async function outcome(run: Run, options: WriteOptions): Promise<{ bytes: Uint8Array; diagnostics: string[] }> {
  const { bytes, diagnostics } = await written(writeChromeJson, run, options);
  return { bytes, diagnostics: diagnosticLines(diagnostics) };
}
