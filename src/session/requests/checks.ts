/**
 * Whether somebody asks what can be asked. What comes over HTTP or from a URL may be anything, so each field of an ask is
 * checked by one of these; handlers get nothing else.
 */
import { type OpGrouping, parseGrouping } from '../../analysis/index.ts';
import { UsageError } from '../../base/index.ts';
import type { Window } from './protocol.ts';
import type { ViewedRun } from './viewed-run.ts';

/** Returns the value as what it is, or throws. `what`: where it stands, for people. */
export type Check<T> = (value: unknown, what: string, viewed: ViewedRun) => T;

export type Shape<T> = { readonly [Field in keyof T]-?: Check<T[Field]> };

const MOST_SHOWN = 40;

export function wrongAsk(what: string, expected: string, found: unknown): UsageError {
  return new UsageError('ask_wrong', `${what}: expected ${expected}, found ${shown(found)}`);
}

function shown(found: unknown): string {
  if (found === undefined) return 'nothing';
  if (typeof found === 'string') return JSON.stringify(found.slice(0, MOST_SHOWN));
  if (Array.isArray(found)) return `a list of ${found.length}`;
  if (typeof found === 'number' || typeof found === 'boolean' || found === null) return String(found);
  return typeof found === 'object' ? 'an object' : `a ${typeof found}`;
}

/** Exactly these fields. One that nobody knows is misspelt more often than it is harmless. */
export function checked<T extends object>(shape: Shape<T>, ask: unknown, what: string, viewed: ViewedRun): T {
  const fields = Object.entries<Check<unknown>>(shape);
  const expected = fields.length === 0 ? 'an object without fields' : `fields ${Object.keys(shape).join(', ')}`;
  if (typeof ask !== 'object' || ask === null || Array.isArray(ask)) throw wrongAsk(what, expected, ask);
  const unknown = Object.keys(ask).find((field) => !Object.hasOwn(shape, field));
  if (unknown !== undefined) throw wrongAsk(what, expected, unknown);
  const found = new Map<string, unknown>(Object.entries(ask));
  const values = fields.map(([field, check]) => [field, check(found.get(field), `${what}.${field}`, viewed)] as const);
  // Each field was just checked by what its type asks for.
  return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as T;
}

/** Parts of a ns do no harm; what lies farther off than whole ns are told apart is no time of a run. */
export const timeNs: Check<number> = (value, what) => {
  if (typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
  throw wrongAsk(what, 'a time in ns', value);
};

export function wholeNumber(least: number, most: number): Check<number> {
  return (value, what) => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
    throw wrongAsk(what, `a whole number from ${least} to ${most}`, value);
  };
}

export const text: Check<string> = (value, what) => {
  if (typeof value === 'string') return value;
  throw wrongAsk(what, 'a text', value);
};

export const yesOrNo: Check<boolean> = (value, what) => {
  if (typeof value === 'boolean') return value;
  throw wrongAsk(what, 'true or false', value);
};

export function oneOf<const T extends string | number>(known: readonly T[]): Check<T> {
  return (value, what) => {
    const found = known.find((each) => each === value);
    if (found !== undefined) return found;
    throw wrongAsk(what, `one of ${known.join(', ')}`, value);
  };
}

export function listOf<T>(check: Check<T>): Check<readonly T[]> {
  return (value, what, viewed) => {
    if (!Array.isArray(value)) throw wrongAsk(what, 'a list', value);
    return value.map((each: unknown, at) => check(each, `${what}[${at}]`, viewed));
  };
}

export function optional<T>(check: Check<T>): Check<T | undefined> {
  return (value, what, viewed) => (value === undefined ? undefined : check(value, what, viewed));
}

export const knownTrack: Check<number> = (value, what, viewed) =>
  numberBelow(viewed.tracks.length, 'track', value, what);

export const knownDevice: Check<number> = (value, what, viewed) =>
  numberBelow(viewed.analysis.devices.length, 'device', value, what);

function numberBelow(count: number, noun: string, value: unknown, what: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < count) return value;
  throw wrongAsk(what, `the number of a ${noun}, of which there are ${count}`, value);
}

/** As types say it, or as command lines write it. */
export const grouping: Check<OpGrouping> = (value, what, viewed) => {
  if (typeof value === 'string') return parseGrouping(value);
  return checked<Extract<OpGrouping, object>>({ arg: text }, value, what, viewed);
};

export const MOST_COLUMNS = 8192;
/** Rows times columns of one answer: far more than any screen shows. */
const MOST_CELLS = 2 ** 24;

export const windowShape: Shape<Window> = {
  startNs: timeNs,
  endNs: timeNs,
  columnCount: wholeNumber(1, MOST_COLUMNS),
};

/** Fields that are right each for itself may not fit one another. */
export function assertOrdered({ startNs, endNs }: { readonly startNs: number; readonly endNs: number }): void {
  if (startNs >= endNs) throw wrongAsk('endNs', `a time after startNs ${startNs}`, endNs);
}

/** How many cells an answer about so many rows has. */
export function cellCount(rowCount: number, { columnCount }: Window): number {
  const most = Math.floor(MOST_CELLS / columnCount);
  if (rowCount > most) throw wrongAsk('tracks', `at most ${most} rows in ${columnCount} columns`, rowCount);
  return rowCount * columnCount;
}
