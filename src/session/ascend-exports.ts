import { fileNameOf, foldersAbove } from './paths.ts';

/** What msprof and torch_npu say with the name of an export. Times are `YYYYMMDDhhmmss`. */
type ExportName =
  | { readonly kind: 'whole'; readonly time: string }
  | { readonly kind: 'slice'; readonly time: string; readonly slice: number }
  | { readonly kind: 'tx'; readonly time: string }
  | { readonly kind: 'iteration'; readonly iteration: string; readonly slice: number }
  | { readonly kind: 'trace_view' }
  | { readonly kind: 'other' };

function exportNameOf(fileName: string): ExportName {
  const stem = /^(.*)\.(?:json|csv)(?:\.gz)?$/.exec(fileName)?.[1] ?? '';
  if (stem === 'trace_view' || stem === 'kernel_details') return { kind: 'trace_view' };
  const [, tx, time] = /^(?:msprof|op_summary)(_tx)?_(\d{14})$/.exec(stem) ?? [];
  if (time !== undefined) return { kind: tx === undefined ? 'whole' : 'tx', time };
  const [, slice, sliceTime] = /^(?:msprof|op_summary)_slice_(\d+)_(\d{14})$/.exec(stem) ?? [];
  if (slice !== undefined) return { kind: 'slice', slice: Number(slice), time: sliceTime };
  // device_<n>/{timeline/msprof,summary/op_summary}_<device>_<model>_<iteration>, cut into _slice_<k>
  const [, iteration, iterationSlice] = /^(?:msprof|op_summary)_(\d+_\d+_\d+)(?:_slice_(\d+))?$/.exec(stem) ?? [];
  if (iteration !== undefined) return { kind: 'iteration', iteration, slice: Number(iterationSlice ?? 0) };
  return { kind: 'other' };
}

/** Files that belong to one export, in reading order. */
export interface Export<File> {
  readonly files: File[];
  /** Exports with the same home may hold the same capture. */
  readonly home: string;
  /** Sorts the exports of one home; undefined: never a copy of another. */
  readonly newness: string | undefined;
}

/** After every export time: what torch_npu writes holds what msprof exported, and more. */
const NEWEST = '~';

/** Which files the tool wrote in one export. Every file is in exactly one of them. */
export function groupExports<File extends { readonly absolutePath: string }>(files: readonly File[]): Export<File>[] {
  const byFolder = new Map<string, File[]>();
  for (const file of files) {
    const folder = foldersAbove(file.absolutePath)[0] ?? '';
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), file]);
  }
  return [...byFolder].flatMap(([folder, inFolder]) => groupFolder(homeOf(folder), inFolder));
}

function groupFolder<File extends { readonly absolutePath: string }>(home: string, files: File[]): Export<File>[] {
  const named = files.map((file) => ({ file, name: exportNameOf(fileNameOf(file.absolutePath)) }));
  const exports: Export<File>[] = [];
  const timed: TimedExport<File>[] = groupSlices(
    named.flatMap(({ file, name }) => (name.kind === 'slice' ? [{ file, ...name }] : [])),
    home,
  );
  const iterations = new Map<string, { file: File; slice: number }[]>();
  for (const { file, name } of named) {
    if (name.kind === 'whole') timed.push({ files: [file], home, newness: name.time });
    else if (name.kind === 'trace_view') exports.push({ files: [file], home, newness: NEWEST });
    else if (name.kind === 'other') exports.push({ files: [file], home, newness: undefined });
    else if (name.kind === 'iteration') {
      iterations.set(name.iteration, [...(iterations.get(name.iteration) ?? []), { file, slice: name.slice }]);
    }
  }
  for (const parts of iterations.values()) {
    const inOrder = parts.sort((a, b) => a.slice - b.slice).map(({ file }) => file);
    exports.push({ files: inOrder, home, newness: undefined });
  }
  for (const { file, name } of named) {
    if (name.kind !== 'tx') continue;
    const main = nearest(timed, name.time);
    if (main !== undefined) main.files.push(file);
    else exports.push({ files: [file], home, newness: undefined });
  }
  return [...exports, ...timed];
}

interface TimedExport<File> extends Export<File> {
  readonly newness: string;
}

/** Within one export the numbers rise, even where its slices were written seconds apart. */
function groupSlices<File>(
  slices: { readonly file: File; readonly slice: number; readonly time: string }[],
  home: string,
): TimedExport<File>[] {
  const exports: TimedExport<File>[] = [];
  let previous = Number.POSITIVE_INFINITY;
  for (const { file, slice, time } of slices.sort((a, b) => compareText(a.time, b.time) || a.slice - b.slice)) {
    if (slice > previous) exports[exports.length - 1].files.push(file);
    else exports.push({ files: [file], home, newness: time });
    previous = slice;
  }
  return exports;
}

function nearest<T extends { readonly newness: string }>(exports: readonly T[], time: string): T | undefined {
  const distance = (each: T): number => Math.abs(secondsOf(each.newness) - secondsOf(time));
  return exports.reduce<T | undefined>(
    (best, each) => (best === undefined || distance(each) < distance(best) ? each : best),
    undefined,
  );
}

function secondsOf(time: string): number {
  const [year, month, day, hour, minute, second] = [0, 4, 6, 8, 10, 12].map((at) =>
    Number(time.slice(at, at === 0 ? 4 : at + 2)),
  );
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
}

/** A torch_npu folder holds its own timeline and, deeper down, the msprof export it was made from. */
function homeOf(folder: string): string {
  return [folder, ...foldersAbove(folder)].find((each) => fileNameOf(each).endsWith('_ascend_pt')) ?? folder;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
