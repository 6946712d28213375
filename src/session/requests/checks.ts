/** Of what is asked, which may come from anywhere: the types of the protocol are what a good asker keeps to. */
import { UsageError } from '../../base/index.ts';
import type { Window } from './protocol.ts';
import type { ViewedRun } from './viewed-run.ts';

export const MOST_COLUMNS = 8192;
/** Rows times columns of one answer: far more than any screen shows. */
export const MOST_CELLS = 2 ** 24;

/** Throws what a request fails with that asks for something there is not. */
export function refuse(what: string, found: unknown, expected: string): never {
  throw new UsageError('bad-request', `${what} ${JSON.stringify(found) ?? 'undefined'}: expected ${expected}`);
}

export function checkTimes({ startNs, endNs }: { readonly startNs: number; readonly endNs: number }): void {
  if (!Number.isFinite(startNs)) refuse('startNs', startNs, 'a time in ns');
  if (!Number.isFinite(endNs)) refuse('endNs', endNs, 'a time in ns');
  if (startNs >= endNs) refuse('endNs', endNs, `a time after startNs ${startNs}`);
}

export function checkWindow(window: Window): void {
  checkTimes(window);
  checkWhole('columnCount', window.columnCount, 1, MOST_COLUMNS);
}

export function checkWhole(what: string, value: number, least: number, most: number): void {
  const isIn = Number.isInteger(value) && value >= least && value <= most;
  if (!isIn) refuse(what, value, `a whole number from ${least} to ${most}`);
}

export function checkChoice(what: string, value: string, choices: readonly string[]): void {
  if (!choices.includes(value)) refuse(what, value, `one of ${choices.join(', ')}`);
}

export function checkTracks(viewed: ViewedRun, tracks: readonly number[]): void {
  if (!Array.isArray(tracks)) refuse('tracks', tracks, 'a list of numbers of tracks');
  for (const track of tracks) checkTrack(viewed, track);
}

export function checkTrack(viewed: ViewedRun, track: number): void {
  const most = viewed.tracks.length - 1;
  if (!Number.isInteger(track) || track < 0 || track > most) refuse('track', track, `a number from 0 to ${most}`);
}

/** How many cells an answer about the rows of these tracks has. */
export function cellCount(rowCount: number, { columnCount }: Window): number {
  const count = rowCount * columnCount;
  if (count > MOST_CELLS)
    refuse('rows', rowCount, `at most ${Math.floor(MOST_CELLS / columnCount)} in ${columnCount} columns`);
  return count;
}
