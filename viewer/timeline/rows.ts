/** What stands below what: rows of the timeline from top to bottom, and where each begins. */
import type { TrackInfo } from '../../src/session/requests/protocol.ts';
import { type TreeGroup, type TreeProcess, tracksOf } from './track-tree.ts';

export const HEIGHTS = { device: 34, group: 24, process: 20, slices: 18, counter: 40, gap: 2 } as const;

interface Placed {
  /** How far it is within others: what follows a row and is farther within belongs to it. */
  readonly level: number;
  readonly heightPx: number;
}

export type Row = Placed &
  (
    | { readonly kind: 'group'; readonly group: TreeGroup; readonly isOpen: boolean }
    | { readonly kind: 'process'; readonly name: string; readonly node: number; readonly isOpen: boolean }
    | { readonly kind: 'track'; readonly track: number }
  );

export interface RowLayout {
  readonly rows: readonly Row[];
  /** Where each row begins, and at last where all end. */
  readonly topsPx: Float64Array;
  /** Where a track is drawn, or what it is folded into; undefined where it is filtered away. */
  rowOfTrack(track: number): number | undefined;
}

export interface Shown {
  readonly trackFilter: string;
  readonly collapsed: readonly number[];
}

export function rowLayout(tree: readonly TreeGroup[], tracks: readonly TrackInfo[], shown: Shown): RowLayout {
  const rows: Row[] = [];
  const places = new Int32Array(tracks.length).fill(-1);
  const closed = new Set(shown.collapsed);
  const wanted = shown.trackFilter.trim().toLowerCase();
  const addGroup = (group: TreeGroup, level: number): void => {
    const isAll = wanted === '' || group.label.toLowerCase().includes(wanted);
    // Who looks for a track wants to see it, whatever was closed before.
    const isOpen = !closed.has(group.node) || !isAll;
    const head = rows.length;
    rows.push({ kind: 'group', group, isOpen, level, heightPx: group.device < 0 ? HEIGHTS.group : HEIGHTS.device });
    if (!isOpen) for (const track of tracksOf(group)) places[track] = head;
    else {
      for (const process of group.processes) {
        if (isOnlyOne(group, process)) addTracks(process.tracks, level + 1);
        else addProcess(process, level + 1);
      }
      for (const each of group.inner) addGroup(each, level + 1);
    }
  };
  const addProcess = ({ node, name, tracks: owned }: TreeProcess, level: number): void => {
    const isOpen = !closed.has(node) || wanted !== '';
    const head = rows.length;
    rows.push({ kind: 'process', name, node, isOpen, level, heightPx: HEIGHTS.process });
    if (isOpen) addTracks(owned, level + 1);
    else for (const track of owned) places[track] = head;
  };
  const addTracks = (owned: readonly number[], level: number): void => {
    for (const track of owned) {
      places[track] = rows.length;
      rows.push({ kind: 'track', track, level, heightPx: trackHeight(tracks[track]) });
    }
  };
  for (const group of wanted === '' ? tree : matching(tree, tracks, wanted)) addGroup(group, 0);
  return { rows, topsPx: topsOf(rows), rowOfTrack: (track) => (places[track] < 0 ? undefined : places[track]) };
}

/** Its name stands above it already. */
const isOnlyOne = ({ label, processes }: TreeGroup, { name }: TreeProcess): boolean =>
  processes.length === 1 && label === name;

/** What has the text in its name, with all that is within, and what holds such. */
function matching(tree: readonly TreeGroup[], tracks: readonly TrackInfo[], wanted: string): TreeGroup[] {
  const has = (text: string): boolean => text.toLowerCase().includes(wanted);
  return tree.flatMap((group) => {
    if (has(group.label)) return [group];
    const processes = group.processes.flatMap((process) => {
      const owned = has(process.name)
        ? process.tracks
        : process.tracks.filter((track) => has(`${tracks[track].name} ${tracks[track].series}`));
      return owned.length === 0 ? [] : [{ ...process, tracks: owned }];
    });
    const inner = matching(group.inner, tracks, wanted);
    return processes.length + inner.length === 0 ? [] : [{ ...group, processes, inner }];
  });
}

/** Where what belongs to a row ends: the next row that does not. */
export function endOfRow({ rows }: RowLayout, row: number): number {
  let end = row + 1;
  while (end < rows.length && rows[end].level > rows[row].level) end++;
  return end;
}

export function trackRows(tracks: readonly number[], infos: readonly TrackInfo[]): RowLayout {
  const rows = tracks.map((track): Row => ({ kind: 'track', track, level: 0, heightPx: trackHeight(infos[track]) }));
  const at = new Map(tracks.map((track, row) => [track, row]));
  return { rows, topsPx: topsOf(rows), rowOfTrack: (track) => at.get(track) };
}

export const isCounter = ({ kind }: TrackInfo): boolean => kind === 'counter';

function trackHeight(track: TrackInfo): number {
  return isCounter(track) ? HEIGHTS.counter : Math.max(1, track.rowCount) * HEIGHTS.slices + HEIGHTS.gap;
}

function topsOf(rows: readonly Row[]): Float64Array {
  const tops = new Float64Array(rows.length + 1);
  rows.forEach(({ heightPx }, row) => (tops[row + 1] = tops[row] + heightPx));
  return tops;
}

export const heightOf = ({ topsPx }: RowLayout): number => topsPx[topsPx.length - 1];

/** The row at a height, or the last that begins above it; -1 above all. */
export function rowAt({ topsPx, rows }: RowLayout, y: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (topsPx[middle] <= y) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The rows that are at least in part between two heights. */
export function rowsBetween(layout: RowLayout, fromPx: number, toPx: number): { first: number; last: number } {
  return { first: Math.max(0, rowAt(layout, fromPx)), last: rowAt(layout, toPx - 1e-6) };
}
