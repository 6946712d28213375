// Figures of real captures of three Sophon chips, worked out from their records by hand and by another program.
// Two conventions: a record [start, end] lasts end - start cycles, or, as in timelines here and the vendor's "Asic Cycle",
// one more, as it runs in its last cycle, too. Each figure says which.
import { describe, expect, test } from 'vitest';
import { argColumns } from '../../src/timeline/index.ts';
import { rawFactsOf } from '../../src/readers/sophon/raw-facts.ts';
import { readFiles, type ReadResult } from '../support/reading.ts';
import { noticeWhenAbsent, readSample, samplesAbsent, samplesLike } from '../support/samples.ts';

noticeWhenAbsent('real captures of Sophon chips');

interface Row {
  readonly engine: string;
  readonly name: string;
  readonly id: number;
  /** Cycles of the engine's clock. */
  readonly start: number;
  readonly end: number;
  /** By the timeline, with the last cycle. */
  readonly startNs: number;
  readonly endNs: number;
}

const RUNTIME = ['sync', 'input copy', 'output copy'];

/** `without`: files that are left away. */
async function capture(folder: string, without = /^$/): Promise<ReadResult & { rows: Row[] }> {
  const paths = samplesLike(new RegExp(`^sophon/raw/${folder}/`)).filter((path) => !without.test(path));
  const files = paths.map((path) => ({ path, bytes: readSample(path) }));
  const { timeline, diagnostics } = await readFiles('sophon-raw', files);
  const { slices, tracks, strings } = timeline;
  const own = Array.from({ length: slices.length }, (_, row) => row).filter(
    (row) => tracks[slices.track[row]].kind === 'stream',
  );
  const keys = ['Start Cycle', 'End Cycle', 'Cmd Id'].map((key) => ({ key, kind: 'number' as const }));
  const [starts, ends, ids] = await argColumns(timeline.args, slices, Uint32Array.from(own), keys);
  const rows = own.map((row, at) => ({
    engine: tracks[slices.track[row]].name,
    name: strings.get(slices.name[row]),
    id: Number(ids.values[at]),
    start: Number(starts.values[at]),
    end: Number(ends.values[at]),
    startNs: slices.startNs[row],
    endNs: slices.startNs[row] + slices.durNs[row],
  }));
  return { timeline, diagnostics, rows };
}

const of = (rows: readonly Row[], ...engines: string[]): Row[] => rows.filter(({ engine }) => engines.includes(engine));
const commands = (rows: readonly Row[]): Row[] => rows.filter(({ name }) => !RUNTIME.includes(name));
const called = (rows: readonly Row[], name: string): Row[] => rows.filter((row) => row.name === name);
const withoutLast = (rows: readonly Row[]): number => rows.reduce((sum, { start, end }) => sum + end - start, 0);
const withLast = (rows: readonly Row[]): number => withoutLast(rows) + rows.length;
/** In ns, of what runs on any of the engines; without the last cycle of each, which takes `cycleNs`. */
function unionNs(rows: readonly Row[], cycleNs: number): number {
  let [sum, last] = [0, Number.NEGATIVE_INFINITY];
  for (const { startNs, endNs } of rows.toSorted((a, b) => a.startNs - b.startNs)) {
    sum += Math.max(0, endNs - cycleNs - Math.max(last, startNs));
    last = Math.max(last, endNs - cycleNs);
  }
  return sum;
}

describe.skipIf(samplesAbsent)('BM1684X', async () => {
  const { rows, timeline, diagnostics } = samplesAbsent ? await nothing() : await capture('bmprofile_data-1_bm1684x');
  const named = commands(rows);

  test('has so many records, of them three of copies by the runtime', () => {
    expect([of(rows, 'TIU').length, of(rows, 'GDMA').length]).toEqual([90, 163]);
    expect(of(named, 'GDMA').map(({ id }) => id)).toEqual(Array.from({ length: 160 }, (_, at) => at + 1));
    expect([called(rows, 'input copy').length, called(rows, 'output copy').length]).toEqual([1, 2]);
  });

  test('was busy so long, without the last cycle of each record', () => {
    expect(withoutLast(of(rows, 'TIU'))).toBe(45_990);
    expect(withoutLast(of(named, 'GDMA'))).toBe(148_346);
    expect(withoutLast(of(rows, 'GDMA'))).toBe(158_459);
  });

  test('spans so long once the clocks of its engines are one, without the last cycle', () => {
    const [first, last] = [
      Math.min(...named.map(({ startNs }) => startNs)),
      Math.max(...named.map(({ endNs }) => endNs)),
    ];
    expect(last - 1 - first).toBe(181_176);
  });

  // Without the last cycle the window is [-132667169, -132667163]; with it, what is waited for ends one cycle later.
  test('leaves its TIU a window of so many cycles, with the last cycle', () => {
    const [window] = rawFactsOf({ readerId: 'sophon-raw', timeline })?.engineWindows ?? [];
    expect(window).toMatchObject({ earliestNs: -132_667_169 + 1, latestNs: -132_667_163 - 1 });
  });

  test('spends most of its time of computing in CONV', () => {
    const types = new Map<string, number>();
    for (const row of of(named, 'TIU')) {
      const [family] = row.name.split('.');
      types.set(family, (types.get(family) ?? 0) + row.end - row.start);
    }
    expect([...types].sort(([, a], [, b]) => b - a)[0][0]).toBe('conv');
  });

  test('lost three commands of the TIU, which is said', () => {
    expect(diagnostics.countOf('record_dropped')).toBe(3);
    expect(diagnostics.countOf('record_unmatched')).toBe(0);
  });
});

describe.skipIf(samplesAbsent)('captures whose files of commands are missing', () => {
  test('have kinds of ops and their clocks from global.profile, where that has numbers', async () => {
    const whole = await capture('bmprofile_data-1_bm1684x');
    const { rows, timeline, diagnostics } = await capture('bmprofile_data-1_bm1684x', /cmd_/);
    expect(diagnostics.countOf('commands_unread')).toBe(2);
    const family = ({ name }: Row): string => name.split('.')[0];
    expect(of(commands(rows), 'TIU').map(family)).toEqual(of(commands(whole.rows), 'TIU').map(family));
    expect(called(of(rows, 'GDMA'), 'input copy')).toHaveLength(1);
    expect(new Set(of(commands(rows), 'GDMA').map(({ name }) => name))).toEqual(new Set(['tensor']));
    const windows = [whole.timeline, timeline].map((each) => rawFactsOf({ readerId: 'sophon-raw', timeline: each }));
    expect(windows[1]?.engineWindows).toEqual(windows[0]?.engineWindows);
  });

  test('have names of engines elsewhere', async () => {
    const { rows, diagnostics } = await capture('bmprofile_data-1_bm1688', /cmd_/);
    expect(new Set(rows.map(({ name }) => name))).toEqual(new Set(['TIU', 'GDMA']));
    expect(diagnostics.countOf('commands_unread')).toBe(2);
  });
});

describe.skipIf(samplesAbsent)('BM1688', async () => {
  const { rows, diagnostics } = samplesAbsent ? await nothing() : await capture('bmprofile_data-1_bm1688');
  const named = commands(rows);
  // The figures are sums of times rounded to the ns, as cycles of 900 and 750 MHz are no whole numbers of them.
  const expectUs = (cycles: number, mhz: number, us: number, roundedCount: number): void =>
    expect(Math.abs((cycles * 1000) / mhz - us * 1000)).toBeLessThanOrEqual(roundedCount);

  test('has so many records', () => {
    expect([of(rows, 'TIU').length, of(rows, 'GDMA').length, of(named, 'GDMA').length]).toEqual([137, 169, 166]);
  });

  test('was busy so long, without the last cycle of each record', () => {
    expectUs(withoutLast(of(rows, 'TIU')), 900, 107.326, 137);
    expectUs(withoutLast(of(named, 'GDMA')), 750, 234.768, 166);
  });

  // What is moved within DDR was counted as loaded.
  test('spent so long in its longest ops, without the last cycle of each', () => {
    expectUs(withoutLast([...called(rows, 'tensorLd'), ...called(rows, 'tensorMv')]), 750, 173.904, 126);
    expect(called(rows, 'conv.normal')).toHaveLength(23);
    expectUs(withoutLast(called(rows, 'conv.normal')), 900, 42.776, 23);
  });

  test('spans so long, without the last cycle', () => {
    const startUs = Math.min(...named.map(({ engine, start }) => start / (engine === 'TIU' ? 900 : 750)));
    const endUs = Math.max(...named.map(({ engine, end }) => end / (engine === 'TIU' ? 900 : 750)));
    expectUs(endUs - startUs, 1, 303.964, 2);
  });

  test('is read without a loss', () => {
    expect(diagnostics.lossCount).toBe(0);
  });
});

describe.skipIf(samplesAbsent)('BM1690', async () => {
  const { rows, diagnostics } = samplesAbsent ? await nothing() : await capture('cdm_profile_data_dev0_bm1690');
  const opened = ['TIU', 'GDMA', 'SDMA'].flatMap((engine) => of(rows, engine).slice(2));

  test('has so many records, and names for so many', () => {
    expect(['TIU', 'GDMA', 'SDMA'].map((engine) => of(rows, engine).length)).toEqual([87, 170, 7]);
    expect(['TIU', 'GDMA', 'SDMA'].map((engine) => commands(of(rows, engine)).length)).toEqual([81, 161, 1]);
  });

  test('was busy so long but for the two records that open a session', () => {
    expect(withoutLast(of(opened, 'TIU'))).toBe(62_226);
    expect(withLast(of(opened, 'TIU'))).toBe(62_311);
    expect(unionNs(of(opened, 'GDMA', 'SDMA'), 1)).toBe(86_188);
  });

  test('spent so long in its longest ops, without the last cycle of each', () => {
    const times = ['conv.normal', 'tensor', 'tensorLd'].map((name) => called(rows, name));
    expect(times.map((each) => each.length)).toEqual([26, 81, 77]);
    expect(times.map(withoutLast)).toEqual([56_645, 49_445, 31_868]);
  });

  // TPU-MLIR moves each engine so that its second record ends with that of the TIU; here all count by one clock, as in
  // bigTpuProfile 0.3, and the same records span 121 cycles more.
  test('spans so long, without the last cycle', () => {
    const anchor = (engine: string): number => of(rows, engine)[1].end;
    const moved = opened.map(({ engine, start, end }) => {
      const shift = anchor('TIU') - anchor(engine);
      return { start: start + shift, end: end + shift };
    });
    const span = (all: readonly { start: number; end: number }[]): number =>
      Math.max(...all.map(({ end }) => end)) - Math.min(...all.map(({ start }) => start));
    expect([span(moved), span(opened)]).toEqual([486_661, 486_782]);
  });

  test('is read without a loss', () => {
    expect(diagnostics.list()).toEqual([]);
  });
});

/** Suites are made before they are skipped. */
async function nothing(): Promise<ReadResult & { rows: Row[] }> {
  return { rows: [] } as unknown as ReadResult & { rows: Row[] };
}
