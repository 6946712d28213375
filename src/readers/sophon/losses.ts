/** What is missing in a capture, and how much of it is known by name. */
import type { Diagnostics } from '../../base/index.ts';
import { NONE } from '../../timeline/index.ts';
import type { RawSession } from './capture.ts';
import type { Engine } from './chips.ts';
import type { EngineLog } from './engine-log.ts';
import type { GlobalProfile } from './global-profile.ts';
import type { CommandMatch } from './match-commands.ts';
import { RECORD_KIND } from './record-kinds.ts';

/** Of one engine. Records that are neither named nor unknown are the runtime's own. */
export interface NamedShare {
  readonly engine: Engine;
  /** Of CDMA: the port. */
  readonly core: number;
  recordCount: number;
  namedCount: number;
  unknownCount: number;
  /** Commands between the first and the last record of a launch that have no record. */
  lostCount: number;
}

/** Says what is missing in a session; tells the shares of its logs. */
export function tellLosses(
  session: RawSession,
  matches: readonly CommandMatch[],
  kinds: readonly Uint8Array[],
  diagnostics: Diagnostics,
): NamedShare[] {
  return session.logs.map((log, i) => {
    const { engine, core, length, place } = log;
    const { [RECORD_KIND.command]: namedCount, [RECORD_KIND.unknown]: unknownCount } = countsOf(kinds[i]);
    const lostCount = lostIn(log, matches[i]);
    if (namedCount > 0 && unknownCount > 0)
      diagnostics.add('record_unmatched', place, `${unknownCount} of ${length} records`, unknownCount);
    if (lostCount > 0) {
      const detail = `${lostCount} commands of ${engine.toUpperCase()} ${core} without a record`;
      diagnostics.add('record_dropped', place, detail, lostCount);
    }
    return { engine, core, recordCount: length, namedCount, unknownCount, lostCount };
  });
}

/** Numbers that records of one section leap over. */
function lostIn({ length, id }: EngineLog, { command, list }: CommandMatch): number {
  let lost = 0;
  for (let i = 1; i < length; i++) {
    const isInside = command[i] !== NONE && command[i - 1] !== NONE && list[i] === list[i - 1];
    if (isInside && id[i] > id[i - 1]) lost += id[i] - id[i - 1] - 1;
  }
  return lost;
}

/** By kind. */
function countsOf(kinds: Uint8Array): Uint32Array {
  const counts = new Uint32Array(Object.keys(RECORD_KIND).length);
  for (let i = 0; i < kinds.length; i++) counts[kinds[i]]++;
  return counts;
}

export function sumOfShares(shares: readonly NamedShare[]): NamedShare[] {
  const sums = new Map<string, NamedShare>();
  for (const share of shares) {
    const sum = sums.get(`${share.engine} ${share.core}`);
    if (sum === undefined) {
      sums.set(`${share.engine} ${share.core}`, { ...share });
      continue;
    }
    sum.recordCount += share.recordCount;
    sum.namedCount += share.namedCount;
    sum.unknownCount += share.unknownCount;
    sum.lostCount += share.lostCount;
  }
  return [...sums.values()];
}

/** Captures of single ops hold no commands, or in a form that is not known. */
export function tellNamesMissing(
  shares: readonly NamedShare[],
  sessions: readonly RawSession[],
  diagnostics: Diagnostics,
): void {
  const count = shares.reduce((sum, { recordCount }) => sum + recordCount, 0);
  if (count === 0 || shares.some(({ namedCount }) => namedCount > 0)) return;
  const [{ place }] = sessions.flatMap(({ logs }) => logs);
  diagnostics.add('names_missing', place, `${count} records`, count);
}

const RECORD_COUNT = /^(?:core\d+_(?:tiu|gdma|sdma)|cdma_port\d+)_record$/;

/** The runtime writes how many records it took from each buffer, and how many there was room for. */
export function tellFullBuffers({ values }: GlobalProfile, path: string, diagnostics: Diagnostics): void {
  const most = Number(values.get('max_record_num') ?? Number.NaN);
  for (const [key, value] of values) {
    if (RECORD_COUNT.test(key) && Number(value) >= most)
      diagnostics.add('buffer_full', { path, field: key }, `${value} records, with room for ${most}`);
  }
}
