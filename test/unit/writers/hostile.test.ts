// What captures should not contain but do, through both writers, judged by Perfetto's own engine.
import { describe, expect, test } from 'vitest';
import type { Run } from '../../../src/timeline/index.ts';
import { writeChromeJson } from '../../../src/writers/chrome/write.ts';
import type { Write } from '../../../src/writers/index.ts';
import { writePerfetto } from '../../../src/writers/perfetto/write.ts';
import { traceFacts } from '../../oracle/trace-facts.ts';
import { TraceProcessor } from '../../oracle/trace-processor.ts';
import { type PartSpec, type ProcessSpec, runOf, type SliceSpec, type TrackSpec, written } from './run-of.ts';

const engineAbsent = !TraceProcessor.available();
if (engineAbsent) console.warn('SKIPPED: trace_processor is absent; run node scripts/fetch-trace-processor.mjs');

/** What the engine should find in the outputs; it stores an instant as a slice without duration. */
function factsOf(run: Run) {
  const timelines = run.shards.map(({ timeline }) => timeline);
  const sum = (count: (timeline: (typeof timelines)[0]) => number) =>
    timelines.reduce((total, timeline) => total + count(timeline), 0);
  return {
    sliceCount: sum(({ slices, instants }) => slices.length + instants.length),
    unclosedCount: 0,
    durationSumNs: BigInt(sum(({ slices }) => slices.durNs.reduce((total, ns) => total + ns, 0))),
    maxDepth: Math.max(-1, ...timelines.flatMap(({ slices }) => [...slices.depth])),
    flowCount: sum(
      ({ flows }) => [...flows.fromSlice].filter((slice, i) => slice >= 0 && flows.toSlice[i] >= 0).length,
    ),
    counterValueCount: sum(({ counters }) => counters.length),
    errors: [],
  };
}

const hostileNames = ['', '\u0000\n"\\', '\u{1f600}\u2028', 'a.b[0]', '{"ph":"E"}', 'x'.repeat(100_000)];
const hostileArgs = [
  '{"":1,"a.b":{"":2},"[0]":[[1],{"x":null}]}',
  '{"u64":18446744073709551615,"i64":-9223372036854775808,"big":123456789012345678901234567890}',
  '{"nan":NaN,"inf":-Infinity,"huge":1e999,"tiny":1e-400}',
  '{"raw":"a\tb","half":"\\ud800","bad":"\\x"}',
  `${'['.repeat(5000)}${']'.repeat(5000)}`,
  `{"deep":${'{"a":'.repeat(300)}1${'}'.repeat(300)}}`,
  '{"a":1,"a":2}',
  '{"cut":',
];

const slice = (name: string, startNs: number, durNs: number, more: Partial<SliceSpec> = {}): SliceSpec => ({
  name,
  startNs,
  durNs,
  ...more,
});

const oddSlices: TrackSpec = {
  name: 'odd',
  slices: [
    ...hostileNames.map((name, i) => slice(name, i * 10, 10, { category: name })),
    ...hostileArgs.map((args, i) => slice(`args ${i}`, 1000 + i, 1, { args, strict: false })),
  ],
};
const touching: TrackSpec = {
  name: 'same name',
  slices: [
    slice('parent', 0, 100),
    slice('twin', 0, 100),
    slice('zero at start', 0, 0),
    slice('child', 10, 90),
    slice('zero in child', 10, 0),
    slice('zero again', 10, 0),
    slice('zero at end', 100, 0),
    slice('next', 100, 1),
  ],
  instants: [0, 5, 10, 100, 101, 102].map((timeNs) => ({ name: 'mark', timeNs, args: '{"a":1}' })),
};
const overlapping: TrackSpec = {
  name: 'same name',
  slices: Array.from({ length: 50 }, (_, i) => slice('overlap', i * 3, 100 - i)),
};
const deep: TrackSpec = {
  name: 'deep',
  slices: Array.from({ length: 1200 }, (_, i) => slice('level', i, 5000 - 2 * i)),
};
const host: TrackSpec = {
  name: 'host',
  key: '99999999999999999999',
  slices: [
    slice('launch', 0, 50),
    slice('launch at once', 60, 10),
    slice('late launch', 900, 10),
    slice('busy', 1000, 100),
    slice('inside', 1010, 10),
  ],
};
const device: TrackSpec = {
  name: 'stream',
  key: '-1',
  slices: [
    slice('kernel 1', 60, 10),
    slice('kernel 2', 70, 0),
    slice('kernel 3', 71, 9),
    slice('kernel 4', 80, 10),
    slice('kernel 5', 2000, 10),
  ],
};
const counter: TrackSpec = {
  kind: 'counter',
  name: 'c',
  series: 'v',
  unit: '%',
  samples: [
    { timeNs: 0, value: 0 },
    { timeNs: 0, value: -1.5 },
    { timeNs: 10, value: 1e300 },
  ],
};
const processes: readonly ProcessSpec[] = [
  { name: '', key: '0', tracks: [oddSlices, touching, overlapping, deep] },
  { name: 'host\u0000', key: '4294967296', side: 'host', rank: 0, tracks: [host, counter, counter] },
  { name: 'device', key: '7', side: 'device', rank: 0, device: 0, label: 'NPU', tracks: [device, counter] },
  { name: 'empty', key: '7', tracks: [] },
];
const part: PartSpec = {
  processes,
  flows: [
    { name: 'f', category: 'c', from: 'launch', to: 'kernel 1' },
    { name: 'f', category: 'c', from: 'launch', to: 'kernel 2' },
    { name: 'same time', from: 'launch at once', to: 'kernel 1' },
    { name: 'backwards', from: 'late launch', to: 'kernel 3' },
    { name: 'to itself', from: 'kernel 4', to: 'kernel 4' },
    { name: 'after a child', from: 'busy', to: 'kernel 5', fromNs: 1050 },
    { name: 'unbound', from: 'launch' },
  ],
};

describe.skipIf(engineAbsent)('a hostile run', { timeout: 60_000 }, () => {
  const run = runOf([part, part]);
  test.each<[string, Write]>([
    ['as Chrome JSON', writeChromeJson],
    ['as Perfetto trace', writePerfetto],
  ])('%s loses nothing', async (_, write) => {
    const { bytes } = await written(write, run);
    expect(await traceFacts(bytes)).toMatchObject(factsOf(run));
  });

  /** Except that a Chrome consumer takes the inner one of two slices that start together. */
  test('binds each arrow to the same slices in both outputs', async () => {
    const arrows = async (write: Write) => {
      const { bytes } = await written(write, run);
      const engine = await TraceProcessor.open(bytes);
      try {
        return await engine.query(`
          SELECT a.name AS source, b.name AS target, count(*) AS arrows
          FROM flow JOIN slice a ON a.id = flow.slice_out JOIN slice b ON b.id = flow.slice_in
          GROUP BY source, target ORDER BY source, target`);
      } finally {
        await engine.close();
      }
    };
    const expected = [
      ['busy', 'kernel 5'],
      ['kernel 3', 'late launch'],
      ['kernel 4', 'kernel 4'],
      ['launch', 'kernel 1'],
      ['launch', 'kernel 2'],
      ['launch at once', 'kernel 1'],
    ].map(([source, target]) => ({ source, target, arrows: 2 }));
    expect(await arrows(writePerfetto)).toEqual(expected);
    expect(await arrows(writeChromeJson)).toEqual(expected);
  });
});
