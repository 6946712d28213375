// Raw folders of Sophon chips, decoded here, against what the vendor's own tool (TPU-MLIR, Nov 2025) makes of them.
import { describe, expect, test } from 'vitest';
import { NONE, type Timeline } from '../../src/timeline/index.ts';
import { rowNumbers } from '../support/plain-timeline.ts';
import { readFiles } from '../support/reading.ts';
import { noticeWhenAbsent, readSample, samplesAbsent, samplesLike } from '../support/samples.ts';

noticeWhenAbsent('native decoding of Sophon captures against the output of the vendor');

/** What an engine ran, with all that both sides say of it. */
interface EngineOp {
  readonly startNs: number;
  readonly durNs: number;
  readonly name: string;
  readonly type: string;
  readonly task: string;
  readonly args: Readonly<Record<string, string | number>>;
}

async function readLike(readerId: string, pattern: RegExp): Promise<Timeline> {
  const files = samplesLike(pattern).map((path) => ({ path, bytes: readSample(path) }));
  expect(files.length).toBeGreaterThan(0);
  return (await readFiles(readerId, files)).timeline;
}

/** By engine, in the order of time. */
async function engineOps(timeline: Timeline): Promise<Record<string, EngineOp[]>> {
  const { slices, tracks, strings, args } = timeline;
  const rows = rowNumbers(slices.length);
  const block = await args.block(slices, rows);
  const ops: Record<string, EngineOp[]> = {};
  for (const row of rows) {
    const { kind, name } = tracks[slices.track[row]];
    const json = new TextDecoder().decode(block.bytes.subarray(block.from[row], block.from[row + 1]));
    const text = (column: string): string => {
      const id = slices.typed.get(column)?.at(row) ?? NONE;
      return id === NONE ? '' : strings.get(id);
    };
    if (kind !== 'stream') continue;
    (ops[name] ??= []).push({
      ...{ startNs: Number(timeline.originNs % 1_000_000_000n) + slices.startNs[row], durNs: slices.durNs[row] },
      ...{ name: strings.get(slices.name[row]), type: text('opType'), task: text('taskType') },
      args: JSON.parse(json),
    });
  }
  return ops;
}

const timesOf = (ops: readonly EngineOp[]): number[][] =>
  ops.map(({ startNs, durNs }) => [startNs - ops[0].startNs, durNs]);
const namesOf = (ops: readonly EngineOp[]): string[][] => ops.map(({ name, type, task }) => [name, type, task]);
const argsOf = (ops: readonly EngineOp[], ...keys: string[]): unknown[][] =>
  ops.map(({ args }) => keys.map((key) => args[key]));
const highest = (...values: unknown[]): number => Math.max(...values.map((value) => Number(value ?? 0)));
const commandsOf = (ops: readonly EngineOp[]): EngineOp[] => ops.filter(({ type }) => type !== '');

/** The records by which the engines of a session are brought into step, which the vendor leaves out. */
const OPENING_RECORDS = 2;

describe.skipIf(samplesAbsent)('a BM1690, listings of registers', async () => {
  if (samplesAbsent) return;
  const raw = await engineOps(await readLike('sophon-raw', /^sophon\/raw\/cdm_.*(profile|location\.json)$/));
  const own = Object.fromEntries(Object.entries(raw).map(([engine, ops]) => [engine, ops.slice(OPENING_RECORDS)]));
  const vendors = await engineOps(await readLike('sophon-reg-info', /^sophon\/vendor.*RegInfo_0\.txt$/));
  const engines = [
    { engine: 'TIU', count: 85, unknown: 4 },
    { engine: 'GDMA', count: 168, unknown: 7 },
    { engine: 'SDMA', count: 5, unknown: 4 },
  ];

  test.each(engines)(
    '$engine: all $count records have the start, the length and the id that the vendor has',
    ({ engine, count }) => {
      expect(vendors[engine]).toHaveLength(count);
      expect(timesOf(own[engine])).toEqual(timesOf(vendors[engine]));
      expect(argsOf(own[engine], 'Cmd Id')).toEqual(argsOf(vendors[engine], 'Cmd Id'));
    },
  );

  test.each(engines)(
    '$engine: all have its name and type, but for the end of a list of moves',
    ({ engine, unknown }) => {
      // The vendor calls all system commands by their type.
      const ours = namesOf(own[engine]).map(([name, type, task]) => [name === 'chain_end' ? type : name, type, task]);
      expect(ours).toEqual(namesOf(vendors[engine]));
      expect(vendors[engine].filter(({ args }) => args['Function Name'] === 'unknown')).toHaveLength(unknown);
      expect(own[engine].filter(({ type }) => type === '')).toHaveLength(unknown);
    },
  );

  test.each(['GDMA', 'SDMA'])('%s: directions, types, sizes and bandwidths are those of the vendor', (engine) => {
    // Of records without a command and of system commands the vendor prints what an empty command would say.
    const isMove = ({ type }: EngineOp): boolean => type !== '' && type !== 'DMA_sys';
    const keys = ['Direction', 'Data Type', 'DMA data size(B)'];
    expect(argsOf(own[engine].filter(isMove), ...keys)).toEqual(argsOf(vendors[engine].filter(isMove), ...keys));
    expect(own[engine].map(({ args }) => highest(args['Bandwidth(GB/s)']))).toEqual(
      vendors[engine].map(({ args }) => highest(args['DDR Bandwidth(GB/s)'], args['L2M Bandwidth(GB/s)'])),
    );
  });

  test('engines of a core count by one clock; the vendor moves each to the end of its own opening records', () => {
    const vendorShift = Object.keys(vendors).map((engine) => own[engine][0].startNs - vendors[engine][0].startNs);
    const openingEnd = Object.keys(vendors).map((engine) => raw[engine][1].startNs + raw[engine][1].durNs);
    const moved = vendorShift.map((shift, i) => shift - openingEnd[i]);
    expect(new Set(moved).size).toBe(1);
    expect(Math.max(...openingEnd) - Math.min(...openingEnd)).toBe(435);
  });

  test.each([
    ['PerfWeb', 'sophon-profile-data', /^sophon\/vendor.*bm1690\/PerfWeb\/profile_data\.js$/],
    ['PerfDoc', 'sophon-result-csv', /^sophon\/vendor.*bm1690\/PerfDoc\/.*\.csv$/],
  ])('%s has the same ops as the listings', async (_, readerId, pattern) => {
    const ops = await engineOps(await readLike(readerId, pattern));
    for (const { engine, count } of engines) {
      expect(ops[engine]).toHaveLength(count);
      expect(timesOf(ops[engine])).toEqual(timesOf(vendors[engine]));
      expect(namesOf(ops[engine])).toEqual(namesOf(vendors[engine]));
    }
  });
});

describe.skipIf(samplesAbsent).each([
  ['web page', 'sophon-profile-data', /^sophon\/vendor.*bm1684x_html\/profile_data\.js$/],
  ['tables', 'sophon-result-csv', /^sophon\/vendor.*bm1684x_csv\/.*\.csv$/],
])('a BM1684X, %s', async (_, readerId, pattern) => {
  if (samplesAbsent) return;
  const own = await engineOps(await readLike('sophon-raw', /^sophon\/raw\/bmprofile_data-1_bm1684x\//));
  const vendors = await engineOps(await readLike(readerId, pattern));
  const engines = [
    { engine: 'TIU', count: 90 },
    { engine: 'GDMA', count: 163 },
  ];

  test.each(engines)(
    '$engine: all $count records have the start that the vendor has, and a cycle more',
    ({ engine, count }) => {
      expect(vendors[engine]).toHaveLength(count);
      // The vendor ends a slice where the last cycle begins.
      const shorter = own[engine].map((op) => ({ ...op, durNs: op.durNs - 1 }));
      expect(timesOf(shorter)).toEqual(timesOf(vendors[engine]));
    },
  );

  test('the TIU lies a cycle later than at the vendor, where what waits starts in the last cycle of what it waits for', () => {
    const [tiu, gdma] = engines.map(({ engine }) => own[engine][0].startNs - vendors[engine][0].startNs);
    expect(tiu - gdma).toBe(1);
  });

  test('types are those of the vendor, who names no unit', () => {
    for (const { engine } of engines) {
      expect(own[engine].map(({ type }) => type)).toEqual(vendors[engine].map(({ type }) => type));
    }
    expect(new Set(commandsOf(vendors.GDMA).map(({ name }) => name))).toEqual(new Set(['TENSOR', 'MATRIX']));
  });

  test('copies by the runtime are told from commands', () => {
    const copies = (ops: readonly EngineOp[]): string[] =>
      ops.map(({ name }) => name).filter((name) => name.endsWith(' copy'));
    expect(copies(own.GDMA)).toEqual(['input copy', 'output copy', 'output copy']);
    expect(copies(vendors.GDMA)).toEqual(copies(own.GDMA));
  });

  test('ids and bytes are those of the vendor, bandwidth is of one cycle more', () => {
    const idOf = ({ args }: EngineOp): number => Number(/=(\d+)$/.exec(String(args.func_type))?.[1]);
    for (const { engine } of engines) {
      // The vendor counts from 0.
      expect(own[engine].map(({ args }) => Number(args['Cmd Id']) - 1)).toEqual(vendors[engine].map(idOf));
    }
    own.GDMA.forEach(({ args, durNs }, i) => {
      const info = String(vendors.GDMA[i].args.info);
      const bytes = Number(args['Moved(B)'] ?? 0);
      expect(bytes).toBe(Number(/bytes=(\d+)/.exec(info)?.[1] ?? 0));
      expect(bytes / (durNs - 1)).toBeCloseTo(Number(/speed=([\d.]+)GB/.exec(info)?.[1] ?? 0), 2);
    });
  });
});
