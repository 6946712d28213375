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
import { ShiftWindow } from './shift-window.ts';

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
  readonly iteration: number;
  /** What may be added to the clock of the TIU, and nothing starts before what it waits for has ended; null: no bound. */
  readonly earliestNs: number | null;
  readonly latestNs: number | null;
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
  { iteration, logs, commands }: RawSession,
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
        startTogether(core, logs, mhzOf, shifts);
        continue;
      }
      logs.forEach((log, i) => (shifts[i] += log.core === core && log.engine === 'tiu' ? found.firstNs : 0));
      const [earliestNs, latestNs] = [found.earliestNs, found.latestNs].map((ns) => (Number.isFinite(ns) ? ns : null));
      windows.push({ core, iteration, earliestNs, latestNs, pairCount: found.pairCount });
    }
  } else shiftLaps(logs, mhzOf, shifts);
  const firstStartNs = (core: number): number =>
    Math.min(...logs.map((log, i) => (log.core === core ? startNs(log, 0, mhzOf(log)) + shifts[i] : Infinity)));
  const anchors = cores.map((core) => coreAnchorNs(core, logs, matches, commands, chip, mhzOf));
  const [first] = anchors;
  cores.forEach((core, i) => {
    if (i === 0) return;
    const anchor = anchors[i];
    const isAnchored = first !== undefined && anchor !== undefined;
    if (!isAnchored) unalignedCores.push(core);
    const moveNs = isAnchored ? first - anchor : firstStartNs(cores[0]) - firstStartNs(core);
    logs.forEach((log, at) => (shifts[at] += log.core === core && log.engine !== 'cdma' ? moveNs : 0));
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

/** Where nothing tells how clocks of engines belong together, all begin at one time. */
function startTogether(
  core: number,
  logs: readonly EngineLog[],
  mhzOf: (log: EngineLog) => number,
  shifts: number[],
): void {
  const own = logs.flatMap((log, at) => (log.core === core && log.engine !== 'cdma' ? [{ log, at }] : []));
  const [{ log: first, at: firstAt }] = own;
  const startsNs = startNs(first, 0, mhzOf(first)) + shifts[firstAt];
  for (const { log, at } of own) shifts[at] = startsNs - startNs(log, 0, mhzOf(log));
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

/** What must be added to times of the TIU; undefined where no command waits for one of the other engine. */
function engineShift(
  core: number,
  logs: readonly EngineLog[],
  lists: readonly CommandList[],
  matches: readonly CommandMatch[],
  mhzOf: (log: EngineLog) => number,
): ShiftWindow | undefined {
  const [tiu, gdma] = (['tiu', 'gdma'] as const).map((engine) =>
    logs.findIndex((log) => log.core === core && log.engine === engine),
  );
  if (tiu < 0 || gdma < 0) return undefined;
  const [recordOfTiu, recordOfGdma] = [tiu, gdma].map((at) => recordsById(matches[at], lists));
  const window = new ShiftWindow();
  eachWait(logs[tiu], matches[tiu], lists, recordOfGdma, (record, awaited) => {
    window.atLeast(endNs(logs[gdma], awaited, mhzOf(logs[gdma])) - startNs(logs[tiu], record, mhzOf(logs[tiu])));
  });
  eachWait(logs[gdma], matches[gdma], lists, recordOfTiu, (record, awaited) => {
    window.atMost(startNs(logs[gdma], record, mhzOf(logs[gdma])) - endNs(logs[tiu], awaited, mhzOf(logs[tiu])));
  });
  return window.pairCount === 0 ? undefined : window;
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
