import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/base/index.ts';
import type { Timeline } from '../../../src/timeline/index.ts';
import { plainSlices } from '../../support/plain-timeline.ts';
import { diagnosticCounts, readFiles } from '../../support/reading.ts';

const file = (path: string, text: string): { path: string; bytes: Uint8Array } => ({
  path,
  bytes: new TextEncoder().encode(text),
});
const HEAD = '__CHIP_ARCH_ARGS__\n\tTIU Frequency(MHz): 1000\n\tDMA Frequency(MHz): 500\n';
const record = (title: string, facts: Record<string, string | number>): string =>
  [`__${title}_REG_INFO__`, ...Object.entries(facts).map(([key, value]) => `\t${key}: ${value}`), ''].join('\n');
const tiu = (start: string | number, end: string | number, name = 'conv.normal'): string =>
  record('TIU', { 'Function Name': name, 'Function Type': 'sCONV', 'Start Cycle': start, 'End Cycle': end });
const timesOf = (timeline: Timeline): string[] =>
  plainSlices(timeline).map(({ track, name, startNs, durNs }) => `${track} ${name} ${startNs} +${durNs}`);

describe('listings of registers', () => {
  test('count cycles of each engine in its own time, the last one as well', async () => {
    const dma = record('TDMA', { 'Engine Id': 1, 'Function Name': 'tensorLd', 'Start Cycle': 10, 'End Cycle': 19 });
    const { timeline } = await readFiles('sophon-reg-info', [
      file('tiuRegInfo_0.txt', HEAD + tiu(10, 19)),
      file('tdmaRegInfo_0.txt', HEAD + dma),
    ]);
    expect(timesOf(timeline)).toEqual(['GDMA tensorLd 20 +20', 'TIU conv.normal 10 +10']);
  });

  test('take core and port of the name of the file where no record says it', async () => {
    const cdma = record('CDMA', { 'Function Name': 'write', 'Start Cycle': 1, 'End Cycle': 2 });
    const { timeline } = await readFiles('sophon-reg-info', [
      file('tiuRegInfo_5.txt', HEAD + tiu(10, 19)),
      file('cdmaRegInfo_7.txt', HEAD + cdma),
    ]);
    expect(
      plainSlices(timeline)
        .map(({ process, track }) => `${process}, ${track}`)
        .sort(),
    ).toEqual(['CDMA, CDMA 7', 'Core 5, TIU']);
  });

  test('say of which frequency they were taken where the head says none', async () => {
    const read = await readFiles('sophon-reg-info', [file('tiuRegInfo_0.txt', `\n${tiu(900, 1799)}`)]);
    expect(diagnosticCounts(read.diagnostics)).toEqual({ frequency_assumed: 2 });
    const bm1688 = `__CHIP_ARCH_ARGS__\n\tChip Arch: bm1688\n${tiu(900, 1799)}`;
    const { timeline } = await readFiles('sophon-reg-info', [file('tiuRegInfo_0.txt', bm1688)]);
    expect(timesOf(timeline)).toEqual(['TIU conv.normal 1000 +1000']);
  });

  test.each([
    ['no number', 'soon', 20],
    ['before the beginning', -5, 20],
    ['an end before the start', 30, 20],
    ['beyond what is exact', 10, '9'.repeat(30)],
    ['missing', '', 20],
  ])('lose a record whose time is %s, and no other', async (_, start, end) => {
    const { timeline, diagnostics } = await readFiles('sophon-reg-info', [
      file('tiuRegInfo_0.txt', HEAD + tiu(1, 2) + tiu(start, end, 'lost') + tiu(50, 60)),
    ]);
    expect(timeline.slices.length).toBe(2);
    expect(diagnosticCounts(diagnostics)).toEqual({ row_time_bad: 1 });
  });

  test('that end in the middle of a line say so', async () => {
    const { diagnostics } = await readFiles('sophon-reg-info', [
      file('tiuRegInfo_0.txt', `${HEAD + tiu(1, 2)}__TIU_REG_INFO__\n\tStart Cyc`),
    ]);
    expect(diagnosticCounts(diagnostics)).toEqual({ event_incomplete: 1, row_time_bad: 1 });
  });

  test('give args with every key but the placeholders, and hostile keys as they are', async () => {
    const facts = {
      'Start Cycle': 1,
      'End Cycle': 2,
      'Sd\\Wt Count': 3,
      src_shape: '(1, 128)',
      __proto__x: 1,
      funcName: ' ',
    };
    const text = HEAD + record('TDMA', facts) + '\t__proto__: x\n';
    const { timeline } = await readFiles('sophon-reg-info', [file('tdmaRegInfo_0.txt', text)]);
    const { bytes } = await timeline.args.block(timeline.slices, [0]);
    expect(new TextDecoder().decode(bytes)).toBe(
      '{"Start Cycle":1,"End Cycle":2,"Sd\\\\Wt Count":3,"__proto__x":1,"__proto__":"x"}',
    );
  });

  test('without a record are refused', async () => {
    await expect(readFiles('sophon-reg-info', [file('tiuRegInfo_0.txt', HEAD)])).rejects.toThrow(InputError);
  });
});

describe('scripts of web pages', () => {
  const page = (rows: string, header = "['category', 'begin_time', 'end_time', 'func_name']"): string =>
    `let categories = ['TPU_BD', 'TPU_CDMA_PORT3', 'NEW']\nlet time_header = ${header}\nwindow.time_data1 = [${rows}]\n`;
  const read = (text: string): ReturnType<typeof readFiles> =>
    readFiles('sophon-profile-data', [file('profile_data.js', text)]);

  test.each([
    ['begin_time', 'end_time', 10, 20],
    ['begin_usec', 'end_usec', 10_000, 20_000],
    ['begin_time(cycle)', 'end_time(cycle)', 10, 21],
  ])('%s says what times are counted in', async (begin, end, startNs, endNs) => {
    const { timeline } = await read(page("[0, 10, 20, 'a']", `['category', '${begin}', '${end}', 'func_name']`));
    expect(timesOf(timeline)).toEqual([`TIU a ${startNs} +${endNs - startNs}`]);
  });

  test('know ports, and cores by the name of the list; a category that is not known is told', async () => {
    const { timeline, diagnostics } = await read(
      page("[0, 1, 2, 'a'],\n[1, 1, 2, 'b'],\n[2, 1, 2, 'c'],\n[0, 'x', 2, 'd']"),
    );
    expect(
      plainSlices(timeline)
        .map(({ process, track }) => `${process}, ${track}`)
        .sort(),
    ).toEqual(['CDMA, CDMA 3', 'Core 1, TIU']);
    expect(diagnosticCounts(diagnostics)).toMatchObject({ row_malformed: 1, row_time_bad: 1 });
  });

  test('never run: what is no literal is no row', async () => {
    const { timeline, diagnostics } = await read(page("[0, 1, 2, 'a'],\n[0, alert(1), 2, 'b']"));
    expect(timeline.slices.length).toBe(1);
    expect(diagnosticCounts(diagnostics)).toMatchObject({ record_malformed: 1 });
  });
});

test('events in JSON are read in ns and in us alone', async () => {
  const event = (unit: string): object => ({ engine: 'bdc', begin: 1, end: 3, unit, core_id: 2, opcode: 'mm' });
  const text = JSON.stringify({ schema_version: 2, events: [event('ns'), event('us'), event('days'), 5] });
  const { timeline, diagnostics } = await readFiles('sophon-result-json', [file('x.json', text)]);
  expect(timesOf(timeline)).toEqual(['TIU mm 1 +2', 'TIU mm 1000 +2000']);
  expect(diagnosticCounts(diagnostics)).toEqual({ db_schema_newer: 1, record_malformed: 2 });
});
