// What is read from a raw Sophon folder beside what its generator planted.
import type { CaptureTruth, RecordTruth } from '../../fixtures/generate/sophon/truth.ts';
import { rawFactsOf } from '../../src/readers/sophon/raw-facts.ts';
import { NONE, type Timeline } from '../../src/timeline/index.ts';
import { rowNumbers } from './plain-timeline.ts';
import type { TestFile } from './reading.ts';

export function testFiles(files: ReadonlyMap<string, Uint8Array>): TestFile[] {
  return [...files].map(([path, bytes]) => ({ path, bytes }));
}

/** Slices of one engine of one core as lines, in the order of time. */
export type EngineLines = ReadonlyMap<string, readonly string[]>;

interface Line {
  readonly stream: string;
  readonly startNs: bigint;
  readonly durNs: number;
  readonly name: string;
}

/** By `core/engine`. Where names are in notes of the microcontroller, or nowhere, they are left out. */
export function plantedLines({ records, namedBy }: CaptureTruth): EngineLines {
  return linesOf(
    records.map((record) => ({
      stream: `${record.core}/${record.engine}`,
      ...{ startNs: BigInt(record.startNs), durNs: record.durNs, name: namedBy === 'commands' ? nameOf(record) : '' },
    })),
  );
}

/** Ports between chips have no commands that can be read. */
function nameOf({ engine, name }: RecordTruth): string {
  return engine === 'cdma' ? '' : name;
}

export function readLines(timeline: Timeline, { namedBy }: Pick<CaptureTruth, 'namedBy'>): EngineLines {
  const { slices, tracks, processes, strings, originNs } = timeline;
  return linesOf(
    rowNumbers(slices.length).flatMap((row): Line[] => {
      const { kind, key, process } = tracks[slices.track[row]];
      const [, engine, port] = /^(tiu|gdma|sdma|cdma)(\d*)$/.exec(key) ?? [];
      if (kind !== 'stream' || engine === undefined) return [];
      const core = engine === 'cdma' ? port : processes[process].key.replace('core', '');
      const name = namedBy === 'commands' && engine !== 'cdma' ? strings.get(slices.name[row]) : '';
      const startNs = originNs + BigInt(slices.startNs[row]);
      return [{ stream: `${core}/${engine}`, startNs, durNs: slices.durNs[row], name }];
    }),
  );
}

function linesOf(all: readonly Line[]): EngineLines {
  const sorted = all.toSorted((a, b) => Number(a.startNs - b.startNs) || a.durNs - b.durNs);
  const streams = [...new Set(all.map(({ stream }) => stream))].sort();
  return new Map(
    streams.map((stream) => [
      stream,
      sorted
        .filter((each) => each.stream === stream)
        .map(({ startNs, durNs, name }) => `${startNs} +${durNs} ${name}`.trimEnd()),
    ]),
  );
}

/** Nanoseconds by which times of lines differ at most, each from the first one of its engine. */
export function mostApartNs(lines: readonly string[], others: readonly string[]): number {
  const timesOf = (all: readonly string[]): number[] =>
    relative(all).flatMap((line) => line.split(' ').slice(0, 2).map(Number));
  const otherTimes = timesOf(others);
  return Math.max(...timesOf(lines).map((ns, i) => Math.abs(ns - otherTimes[i])));
}

/** Lines with times from the first one of their engine. */
function relative(lines: readonly string[]): string[] {
  const first = BigInt(lines[0]?.split(' ')[0] ?? 0);
  return lines.map((line) => line.replace(/^\d+/, (digits) => String(BigInt(digits) - first)));
}

/** How many records of each engine are of commands, whatever these are called; by `core/engine`. */
export function plantedCommands({ streams }: CaptureTruth): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { core, engine, recorded, unmatched } of streams) {
    const stream = `${core}/${engine}`;
    counts[stream] = (counts[stream] ?? 0) + recorded - unmatched;
  }
  return counts;
}

export function readCommands(timeline: Timeline): Record<string, number> {
  const { named } = rawFactsOf({ readerId: 'sophon-raw', timeline })!;
  return Object.fromEntries(named.map(({ core, engine, namedCount }) => [`${core}/${engine}`, namedCount]));
}

/**
 * By core: how long before its first record the notes of its microcontroller begin, and how long after its last command
 * the wait for all commands ends.
 */
export function mcuApartNs({
  slices,
  instants,
  tracks,
  processes,
  strings,
}: Timeline): [before: number, after: number][] {
  return processes.flatMap(({ key }, process) => {
    const isOf = (track: number, kind: RegExp): boolean =>
      tracks[track].process === process && kind.test(tracks[track].key);
    const rows = rowNumbers(slices.length);
    const records = rows.filter((row) => isOf(slices.track[row], /^(tiu|gdma)$/));
    const commands = records.filter((row) => !/copy$/.test(strings.get(slices.name[row])));
    const waits = rows.filter(
      (row) => isOf(slices.track[row], /^mcu$/) && strings.get(slices.name[row]) === 'NODE_WAIT',
    );
    if (!key.startsWith('core') || waits.length === 0) return [];
    const notes = rowNumbers(instants.length).flatMap((row) =>
      isOf(instants.track[row], /^mcu$/) ? [instants.timeNs[row]] : [],
    );
    const given = rows.filter((row) => isOf(slices.track[row], /^mcu$/)).map((row) => slices.startNs[row]);
    const endOf = (row: number): number => slices.startNs[row] + slices.durNs[row];
    const firstNs = Math.min(...records.map((row) => slices.startNs[row]));
    return [[firstNs - Math.min(...notes, ...given), Math.max(...waits.map(endOf)) - Math.max(...commands.map(endOf))]];
  });
}

export function hostSlices({ slices, tracks, processes, originNs }: Timeline): { startNs: string; durNs: number }[] {
  const rows = rowNumbers(slices.length).filter((row) => {
    const { process, key } = tracks[slices.track[row]];
    return key === 'runtime' && processes[process].side === 'host' && slices.category[row] === NONE;
  });
  return rows.map((row) => ({ startNs: String(originNs + BigInt(slices.startNs[row])), durNs: slices.durNs[row] }));
}
