import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Diagnostics, NONE, type Run, writers } from '../../src/index.ts';
import { NodeHost, writeOutput } from '../../src/platform/node/index.ts';
import { openRun } from '../../src/session/index.ts';
import { assertIntegrity } from '../../src/timeline/index.ts';
import { type TraceFacts, traceFacts } from '../oracle/trace-facts.ts';
import { TraceProcessor } from '../oracle/trace-processor.ts';

/**
 * Google's trace_processor reads what we write and must find what the Timeline holds: no slice dropped, no nanosecond
 * moved, no arrow lost, nothing it would report as an error.
 */

const samples = process.env.TRACECONV_SAMPLES ?? '../shared/samples';
const engine = TraceProcessor.available();
if (!engine) console.warn('notice: trace_processor is not available; outputs are not checked against it');
if (!existsSync(samples)) console.warn(`notice: no real captures at ${samples}; only fixtures are checked`);

/** Captures that hold something to compare; a fixture's cases are folders, samples are single files. */
const inputs = [
  ...readdirSync('fixtures/ascend-msprof-json').map((name) => join('fixtures/ascend-msprof-json', name)),
  ...readdirSync('fixtures/chrome-json').map((name) => join('fixtures/chrome-json', name)),
  ...readdirSync('fixtures/ascend-folders').map((name) => join('fixtures/ascend-folders', name)),
  ...foldersOf(join(samples, 'ascend'), ['msprof-2026', 'torch_npu-ddp', 'torch_npu-ddp-db', 'torch_npu-llm-pp2']),
  ...traceFilesBelow(join(samples, 'ascend')),
  ...traceFilesBelow(join(samples, 'torch')),
];

/** Whole runs: timelines with op tables laid over them, counters of tables, databases. */
function foldersOf(root: string, names: readonly string[]): string[] {
  return names.map((name) => join(root, name)).filter((folder) => existsSync(folder));
}

function traceFilesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => (folder.endsWith('ascend') ? /(trace_view|msprof_\d+)\.json$/ : /\.json(\.gz)?$/).test(name))
    .filter((name) => !/summary|expected-by/.test(name))
    .map((name) => join(folder, name))
    .sort();
}

interface Expected {
  readonly sliceCount: number;
  readonly durationSumNs: bigint;
  readonly maxDepth: number;
  readonly flowCount: number;
  readonly counterValueCount: number;
}

function expectedFacts(run: Run): Expected & { readonly instantCount: number } {
  let sliceCount = 0;
  let durationSumNs = 0n;
  let maxDepth = NONE;
  let flowCount = 0;
  let counterValueCount = 0;
  let instantCount = 0;
  for (const { timeline } of run.shards) {
    const { slices, instants, flows, counters } = timeline;
    sliceCount += slices.length + instants.length;
    instantCount += instants.length;
    counterValueCount += counters.length;
    for (let i = 0; i < slices.length; i++) {
      durationSumNs += BigInt(slices.durNs[i]);
      maxDepth = Math.max(maxDepth, slices.depth[i]);
    }
    for (let i = 0; i < flows.length; i++) if (flows.fromSlice[i] !== NONE && flows.toSlice[i] !== NONE) flowCount++;
  }
  return { sliceCount, durationSumNs, maxDepth, flowCount, counterValueCount, instantCount };
}

function comparable(facts: TraceFacts): Expected {
  const { sliceCount, durationSumNs, maxDepth, flowCount, counterValueCount } = facts;
  return { sliceCount, durationSumNs, maxDepth, flowCount, counterValueCount };
}

describe.skipIf(!engine)('what trace_processor reads from our outputs', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'traceconv-outputs-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(inputs.map((path) => [relative('.', path), path]))('equals the timeline of %s', async (_name, path) => {
    const { run } = await openRun([path], new NodeHost(), {}, new Diagnostics());
    for (const { timeline } of run.shards) assertIntegrity(timeline);
    const { instantCount, ...expected } = expectedFacts(run);
    for (const [writerId, ending] of [
      ['chrome-json', 'json'],
      ['perfetto', 'pftrace'],
    ]) {
      const output = join(folder, `out.${ending}`);
      const write = await writers.get(writerId)?.load();
      await writeOutput(output, async (sink) => write?.(run, sink, new Diagnostics(), { absoluteTime: false }));
      const facts = await traceFacts(output);
      expect(facts.errors, writerId).toEqual([]);
      expect(facts.unclosedCount, writerId).toBe(0);
      const found = comparable(facts);
      // The engine stores instants as slices, which may lie one deeper than the slice they mark.
      if (instantCount > 0) {
        expect([expected.maxDepth, expected.maxDepth + 1], writerId).toContain(found.maxDepth);
        expect({ ...found, maxDepth: expected.maxDepth }, writerId).toEqual(expected);
      } else expect(found, writerId).toEqual(expected);
    }
  });
});

const vendorFile = join(samples, 'ascend/torch_npu-ddp/level1/rank0_ascend_pt/ASCEND_PROFILER_OUTPUT/trace_view.json');

describe.skipIf(!engine || !existsSync(vendorFile))('a real capture that trace_processor cannot read undamaged', () => {
  it('loses slices and time when fed the vendor file, and nothing when fed ours', async () => {
    const vendor = await traceFacts(vendorFile);
    expect(vendor.sliceCount).toBe(4_384 - 169);
    expect(vendor.durationSumNs / 1000n).toBe(2_211_168n);
    const { run } = await openRun([vendorFile], new NodeHost(), {}, new Diagnostics());
    const expected = expectedFacts(run);
    expect(expected.sliceCount).toBe(4_384);
    expect(expected.durationSumNs / 1000n).toBe(3_623_631n);
    expect(expected.flowCount).toBe(611);
    expect(vendor.flowCount).toBeLessThan(611);
    const folder = mkdtempSync(join(tmpdir(), 'traceconv-vendor-'));
    for (const [writerId, name] of [
      ['chrome-json', 'ours.json'],
      ['perfetto', 'ours.pftrace'],
    ]) {
      const write = await writers.get(writerId)?.load();
      const output = join(folder, name);
      await writeOutput(output, async (sink) => write?.(run, sink, new Diagnostics(), { absoluteTime: false }));
      const ours = await traceFacts(output);
      expect(ours.sliceCount, writerId).toBe(4_384);
      expect(ours.durationSumNs / 1000n, writerId).toBe(3_623_631n);
      expect(ours.flowCount, writerId).toBe(611);
    }
    rmSync(folder, { recursive: true });
  });
});
