// Our decoding of a raw capture against the vendor's own tool, op by op. Differences are explained in docs/formats.md, and
// each is stated here: one that is not fails.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { bigTpuProfile, VERSION } from '../../scripts/fetch-big-tpu-profile.mjs';
import { Diagnostics } from '../../src/base/index.ts';
import { NodeHost } from '../../src/platform/node/index.ts';
import { openRun, type ToolUse } from '../../src/session/index.ts';
import { assertIntegrity } from '../../src/timeline/integrity.ts';
import { argsTexts, type PlainSample, type PlainSlice, plainSamples, plainSlices } from '../support/plain-timeline.ts';
import { samplesRoot } from '../support/samples.ts';

const CAPTURE = join(samplesRoot, 'sophon/raw/cdm_profile_data_dev0_bm1690');
const program = bigTpuProfile();
const isSkipped = program === undefined || !existsSync(CAPTURE);
if (isSkipped) {
  const missing = program === undefined ? 'the tool (node scripts/fetch-big-tpu-profile.mjs)' : CAPTURE;
  console.warn(`SKIPPED: raw captures against bigTpuProfile ${VERSION}: there is no ${missing}`);
}

interface Op extends PlainSlice {
  readonly args: Readonly<Record<string, unknown>>;
}

interface Reading {
  readonly ops: readonly Op[];
  readonly samples: readonly PlainSample[];
  readonly toolVersions: readonly (string | undefined)[];
}

async function read(use: ToolUse): Promise<Reading> {
  const host = new NodeHost();
  try {
    const { run, files } = await openRun(
      [CAPTURE],
      host,
      { vendorTool: { use, path: program, timeMs: 60_000 } },
      new Diagnostics(),
    );
    const [{ timeline }] = run.shards;
    const read = files.filter(({ role }) => role === 'read');
    assertIntegrity(timeline);
    const texts = await argsTexts(timeline);
    const ops = plainSlices(timeline).map((slice, i) => ({ ...slice, args: argsOf(texts[i]) }));
    return { ops, samples: plainSamples(timeline), toolVersions: read.map(({ toolVersion }) => toolVersion) };
  } finally {
    await host.close();
  }
}

function argsOf(text: string): Record<string, unknown> {
  const value: unknown = text === '' ? {} : JSON.parse(text);
  return Object.fromEntries(Object.entries(value ?? {}));
}

const numberOf = ({ args }: Op, key: string): number => Number(args[key] ?? 0);

describe.skipIf(isSkipped)(`a BM1690 as bigTpuProfile ${VERSION} reads it`, { timeout: 120_000 }, () => {
  let ours: Reading;
  let tools: Reading;

  beforeAll(async () => {
    ours = await read('never');
    tools = await read('always');
  }, 120_000);

  const of = ({ ops }: Reading, engine: string): Op[] => ops.filter(({ track }) => track === engine);
  /** Records that belong to commands: the tool leaves the others out. */
  const commandsOf = (engine: string): Op[] => of(ours, engine).filter(({ category }) => category !== undefined);

  test('is told which version it was', () => {
    expect(new Set(tools.toolVersions)).toEqual(new Set([`bigTpuProfile ${VERSION}`]));
  });

  describe.each([
    ['TIU', 81, 6],
    ['GDMA', 161, 9],
  ])('%s', (engine, count, otherCount) => {
    test('has the same ops, and we have what keeps engines in step and copies besides', () => {
      expect(of(tools, engine)).toHaveLength(count);
      expect(commandsOf(engine)).toHaveLength(count);
      expect(of(ours, engine)).toHaveLength(count + otherCount);
    });

    test('they begin at the same nanosecond, counted from the first of them', () => {
      // Our clock begins with the first record, which keeps engines in step.
      const [{ startNs: firstNs }] = commandsOf('GDMA');
      expect(commandsOf(engine).map(({ startNs }) => startNs - firstNs)).toEqual(
        of(tools, engine).map(({ startNs }) => startNs),
      );
    });

    test('ours last a cycle longer: the last one counts', () => {
      expect(commandsOf(engine).map(({ durNs }) => durNs - 1)).toEqual(of(tools, engine).map(({ durNs }) => durNs));
    });

    test('they have the same names, but for the end of a chain, which the tool calls sys', () => {
      const named = commandsOf(engine).map(({ name }) => (name === 'chain_end' ? 'sys' : name));
      expect(named).toEqual(of(tools, engine).map(({ name }) => name));
    });

    test('they have the same types, but for the s that the tool puts before those of short commands', () => {
      const types = (ops: readonly Op[]): unknown[] =>
        ops.map(({ category }) => (category === 'DMA_sys' ? 'sys' : category?.replace(/^s(?=[A-Z])/, '')));
      expect(types(commandsOf(engine))).toEqual(types(of(tools, engine)));
    });

    test('they run on the same core and have the same numbers', () => {
      const places = (ops: readonly Op[]): unknown[] => ops.map(({ process, args }) => [process, args['Cmd Id']]);
      expect(places(commandsOf(engine))).toEqual(places(of(tools, engine)));
    });
  });

  test('GDMA: they go the same way, with as many bytes of the same type', () => {
    const facts = (ops: readonly Op[]): unknown[] =>
      ops
        .filter(({ name }) => name !== 'chain_end' && name !== 'sys')
        .map(({ args }) => [args.Direction, args['DMA data size(B)'], args['Data Type']]);
    expect(facts(commandsOf('GDMA'))).toEqual(facts(of(tools, 'GDMA')));
  });

  test('GDMA: they have the same bandwidth, spread over one cycle less', () => {
    const tool = of(tools, 'GDMA');
    commandsOf('GDMA').forEach((op, i) => {
      const cycles = numberOf(op, 'Asic Cycle');
      const toolGbps = numberOf(tool[i], 'DDR Bandwidth(GB/s)') + numberOf(tool[i], 'L2M Bandwidth(GB/s)');
      // The tool has four digits behind the point.
      expect((numberOf(op, 'Bandwidth(GB/s)') * cycles) / (cycles - 1)).toBeCloseTo(toolGbps, 3);
    });
  });

  test('SDMA: the only command of this capture ends a chain, and the tool leaves it out', () => {
    expect(of(tools, 'SDMA')).toEqual([]);
    expect(commandsOf('SDMA').map(({ name }) => name)).toEqual(['chain_end']);
  });

  test('its counters have units', () => {
    expect(new Set(tools.samples.map(({ counter, unit }) => `${counter} in ${unit}`))).toEqual(
      new Set(['TIU Utilization in %', 'GDMA Bandwidth in GB/s']),
    );
  });
});
