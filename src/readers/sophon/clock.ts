/**
 * Brings the clocks of engines and cores together. What they have in common depends on the chip: `engineClocks` of its row.
 *
 * - Engines that share nothing (BM1684X): a command starts when the one of the other engine that it waits for has ended.
 *   All such pairs leave a window for the one number that is looked for; its earliest end is taken.
 * - Cores of chips that exchange messages (BM1688): their TIUs wait for the first message together.
 * - Cores of the SG2260: a session begins with two records of every TIU that end together.
 */
import { NONE } from '../../timeline/index.ts';
import type { RawSession } from './capture.ts';
import type { Chip } from './chips.ts';
import type { CommandList } from './command-list.ts';
import type { EngineLog } from './engine-log.ts';
import type { CommandMatch } from './match-commands.ts';

export interface Frequencies {
  readonly tiuMhz: number;
  readonly dmaMhz: number;
}

/** Nanoseconds of a log: cycles / mhz * 1000 + shiftNs. */
export interface LogClock {
  readonly mhz: number;
  readonly shiftNs: number;
}

/** How sure it is where two clocks belong. */
export interface ClockWindow {
  readonly core: number;
  /** By how much the clock of the TIU may be moved at most and nothing starts before what it waits for has ended. */
  readonly widthNs: number;
  readonly pairCount: number;
}

export interface SessionClocks {
  /** By log. */
  readonly clocks: readonly LogClock[];
  /** Engines that were brought together by what waits for what. */
  readonly windows: readonly ClockWindow[];
  /** Cores whose clocks could not be compared with those of the first. */
  readonly unalignedCores: readonly number[];
}

/** The record of a session's two first on each engine whose end all cores share. */
const ANCHOR_RECORD = 1;
const COUNTER_CYCLES = 2 ** 32;
const WAITS_FOR_MESSAGE = 'system.waitmsg';

export function sessionClocks(
  { logs, commands }: RawSession,
  matches: readonly CommandMatch[],
  chip: Chip,
  { tiuMhz, dmaMhz }: Frequencies,
): SessionClocks {
  const mhzOf = ({ engine }: EngineLog): number => (engine === 'tiu' ? tiuMhz : dmaMhz);
  const shifts = logs.map(() => 0);
  const windows: ClockWindow[] = [];
  const unalignedCores: number[] = [];
  const cores = [...new Set(logs.filter(({ engine }) => engine !== 'cdma').map(({ core }) => core))];
  if (chip.engineClocks === 'nothing') {
    for (const core of cores) {
      const found = engineShift(core, logs, commands, matches, mhzOf);
      if (found === undefined) {
        unalignedCores.push(core);
        continue;
      }
      logs.forEach((log, i) => (shifts[i] += log.core === core && log.engine === 'tiu' ? found.shiftNs : 0));
      windows.push({ core, ...found.window });
    }
  } else shiftLaps(logs, mhzOf, shifts);
  const anchors = cores.map((core) => coreAnchorNs(core, logs, matches, commands, chip, mhzOf));
  const [first] = anchors;
  cores.forEach((core, i) => {
    if (i === 0) return;
    const anchor = anchors[i];
    if (first === undefined || anchor === undefined) unalignedCores.push(core);
    else logs.forEach((log, at) => (shifts[at] += log.core === core && log.engine !== 'cdma' ? first - anchor : 0));
  });
  // Ports between chips count by themselves; a session opens on them with the same two records.
  logs.forEach((log, at) => {
    if (log.engine !== 'cdma' || first === undefined || log.length <= ANCHOR_RECORD) return;
    shifts[at] += first - endNs(log, ANCHOR_RECORD, mhzOf(log));
  });
  return { clocks: logs.map((log, i) => ({ mhz: mhzOf(log), shiftNs: shifts[i] })), windows, unalignedCores };
}

/** Counters that cores' engines share may overflow before the first record of some: all begin close to one another. */
function shiftLaps(logs: readonly EngineLog[], mhzOf: (log: EngineLog) => number, shifts: number[]): void {
  for (const [i, log] of logs.entries()) {
    if (log.engine === 'cdma') continue;
    const first = logs.find(({ core, engine }) => core === log.core && engine !== 'cdma')!;
    const apartNs = startNs(first, 0, mhzOf(first)) - startNs(log, 0, mhzOf(log));
    const laps = [log, first].map((each) => (COUNTER_CYCLES * 1000) / mhzOf(each));
    const shiftsNs = [0, ...laps, ...laps.map((lapNs) => -lapNs)];
    shifts[i] += shiftsNs.reduce((best, each) => (Math.abs(apartNs - each) < Math.abs(apartNs - best) ? each : best));
  }
}

function startNs({ startCycle }: EngineLog, record: number, mhz: number): number {
  return (startCycle[record] * 1000) / mhz;
}

/** A record says in which cycle it ran last. */
function endNs({ endCycle }: EngineLog, record: number, mhz: number): number {
  return ((endCycle[record] + 1) * 1000) / mhz;
}

function coreAnchorNs(
  core: number,
  logs: readonly EngineLog[],
  matches: readonly CommandMatch[],
  lists: readonly CommandList[],
  chip: Chip,
  mhzOf: (log: EngineLog) => number,
): number | undefined {
  const at = logs.findIndex((log) => log.core === core && log.engine === 'tiu');
  if (at < 0) return undefined;
  const log = logs[at];
  if (chip.engineClocks === 'cycles') {
    return log.length > ANCHOR_RECORD ? endNs(log, ANCHOR_RECORD, mhzOf(log)) : undefined;
  }
  const { command, list } = matches[at];
  for (let record = 0; record < log.length; record++) {
    if (command[record] === NONE) continue;
    const { name, names } = lists[list[record]];
    if (names[name[command[record]]] === WAITS_FOR_MESSAGE) return startNs(log, record, mhzOf(log));
  }
  return undefined;
}

interface EngineShift {
  /** To be added to times of the TIU. */
  readonly shiftNs: number;
  readonly window: Omit<ClockWindow, 'core'>;
}

function engineShift(
  core: number,
  logs: readonly EngineLog[],
  lists: readonly CommandList[],
  matches: readonly CommandMatch[],
  mhzOf: (log: EngineLog) => number,
): EngineShift | undefined {
  const [tiu, gdma] = (['tiu', 'gdma'] as const).map((engine) =>
    logs.findIndex((log) => log.core === core && log.engine === engine),
  );
  if (tiu < 0 || gdma < 0) return undefined;
  const [recordOfTiu, recordOfGdma] = [tiu, gdma].map((at) => recordsById(matches[at], lists));
  let [earliestNs, latestNs] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let pairCount = 0;
  eachWait(logs[tiu], matches[tiu], lists, recordOfGdma, (record, awaited) => {
    const ns = endNs(logs[gdma], awaited, mhzOf(logs[gdma])) - startNs(logs[tiu], record, mhzOf(logs[tiu]));
    earliestNs = Math.max(earliestNs, ns);
    pairCount++;
  });
  eachWait(logs[gdma], matches[gdma], lists, recordOfTiu, (record, awaited) => {
    const ns = startNs(logs[gdma], record, mhzOf(logs[gdma])) - endNs(logs[tiu], awaited, mhzOf(logs[tiu]));
    latestNs = Math.min(latestNs, ns);
    pairCount++;
  });
  if (pairCount === 0) return undefined;
  const shiftNs = Number.isFinite(earliestNs) ? earliestNs : latestNs;
  return { shiftNs, window: { widthNs: latestNs - earliestNs, pairCount } };
}

/** By the number of a command: its record. */
function recordsById({ command, list }: CommandMatch, lists: readonly CommandList[]): Map<number, number> {
  const records = new Map<number, number>();
  for (let record = 0; record < command.length; record++) {
    if (command[record] !== NONE) records.set(lists[list[record]].id[command[record]], record);
  }
  return records;
}

function eachWait(
  { length }: EngineLog,
  { command, list }: CommandMatch,
  lists: readonly CommandList[],
  recordOfOther: ReadonlyMap<number, number>,
  take: (record: number, awaited: number) => void,
): void {
  for (let record = 0; record < length; record++) {
    if (command[record] === NONE) continue;
    const awaited = recordOfOther.get(lists[list[record]].waitsFor[command[record]]);
    if (awaited !== undefined) take(record, awaited);
  }
}
