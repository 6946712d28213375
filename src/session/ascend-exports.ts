import { compareText, grouped } from '../base/index.ts';
import { homeOf } from './capture-home.ts';
import { fileName } from '../timeline/index.ts';
import { foldersAbove } from './paths.ts';

/** What msprof and torch_npu say with the name of a file. Times are `YYYYMMDDhhmmss`. */
interface ExportName {
  /** What is in it: `msprof`, `op_summary`. */
  readonly subject: string;
  readonly kind: 'whole' | 'slice' | 'iteration' | 'newest' | 'other';
  readonly time: string;
  readonly iteration: string;
  readonly slice: number;
}

function exportNameOf(absolutePath: string): ExportName {
  const stem = fileName(absolutePath)
    .replace(/\.gz$/, '')
    .replace(/\.(?:json|csv|db)$/, '');
  const [, sliced, slice, sliceTime] = /^(.+)_slice_(\d+)_(\d{14})$/.exec(stem) ?? [];
  if (sliced !== undefined)
    return { subject: sliced, kind: 'slice', time: sliceTime, iteration: '', slice: Number(slice) };
  const [, whole, time] = /^(.+)_(\d{14})$/.exec(stem) ?? [];
  if (whole !== undefined) return { subject: whole, kind: 'whole', time, iteration: '', slice: 0 };
  // device_<n>/{timeline/msprof,summary/op_summary}_<device>_<model>_<iteration>, cut into _slice_<k>
  const [, perIteration, iteration, part] = /^(.+?)_(\d+_\d+_\d+)(?:_slice_(\d+))?$/.exec(stem) ?? [];
  if (perIteration !== undefined)
    return { subject: perIteration, kind: 'iteration', time: '', iteration, slice: Number(part ?? 0) };
  const isFrameworks = foldersAbove(absolutePath).some((folder) => fileName(folder) === 'ASCEND_PROFILER_OUTPUT');
  const isNewest = isFrameworks || stem === 'trace_view' || stem === 'kernel_details';
  return { subject: stem, kind: isNewest ? 'newest' : 'other', time: '', iteration: '', slice: 0 };
}

/** Files that belong to one export, in reading order. */
export interface Export<File> {
  readonly files: File[];
  /** Exports with the same home may hold the same capture. */
  readonly home: string;
  /** What they are about, as their names say it. */
  readonly subject: string;
  /** Sorts the exports of one home; undefined: never a copy of another. */
  readonly newness: string | undefined;
}

/** After every export time: what torch_npu writes holds what msprof exported, and more. */
export const NEWEST = '~';
/** Ranges that users marked: part of the timeline exported with them. */
const USER_RANGES = 'msprof_tx';

/** Which files the tool wrote in one export. Every file is in exactly one of them. */
export function groupExports<File extends { readonly absolutePath: string }>(files: readonly File[]): Export<File>[] {
  const exports: Export<File>[] = [];
  for (const inFolder of grouped(files, ({ absolutePath }) => foldersAbove(absolutePath)[0] ?? '')) {
    const home = homeOf(inFolder[0].absolutePath);
    const named = inFolder.map((file) => ({ file, name: exportNameOf(file.absolutePath) }));
    const own: Export<File>[] = [];
    for (const about of grouped(named, ({ name }) => name.subject)) own.push(...exportsAbout(about, home));
    exports.push(...withUserRanges(own));
  }
  return exports;
}

interface NamedFile<File> {
  readonly file: File;
  readonly name: ExportName;
}

/** The exports among files of one folder and subject. */
function exportsAbout<File>(named: readonly NamedFile<File>[], home: string): Export<File>[] {
  const { subject } = named[0].name;
  const single = named.flatMap(({ file, name }): Export<File>[] => {
    switch (name.kind) {
      case 'whole':
        return [{ files: [file], home, subject, newness: name.time }];
      case 'newest':
        return [{ files: [file], home, subject, newness: NEWEST }];
      case 'other':
        return [{ files: [file], home, subject, newness: undefined }];
      case 'slice':
      case 'iteration':
        return [];
    }
  });
  const iterations = grouped(
    named.filter(({ name }) => name.kind === 'iteration'),
    ({ name }) => name.iteration,
  ).map((parts) => ({ files: inSliceOrder(parts), home, subject, newness: undefined }));
  const slices = named.filter(({ name }) => name.kind === 'slice');
  return [...single, ...iterations, ...groupSlices(slices, home, subject)];
}

/** Within one export the numbers rise, even where its slices were written seconds apart. */
function groupSlices<File>(slices: readonly NamedFile<File>[], home: string, subject: string): Export<File>[] {
  const exports: Export<File>[] = [];
  let previous = Number.POSITIVE_INFINITY;
  const inOrder = [...slices].sort((a, b) => compareText(a.name.time, b.name.time) || a.name.slice - b.name.slice);
  for (const { file, name } of inOrder) {
    if (name.slice > previous) exports[exports.length - 1].files.push(file);
    else exports.push({ files: [file], home, subject, newness: name.time });
    previous = name.slice;
  }
  return exports;
}

function inSliceOrder<File>(parts: readonly NamedFile<File>[]): File[] {
  return [...parts].sort((a, b) => a.name.slice - b.name.slice).map(({ file }) => file);
}

/** Puts files of user ranges to the export of the nearest time. */
function withUserRanges<File>(exports: readonly Export<File>[]): Export<File>[] {
  const timed = exports.filter(({ subject, newness }) => subject === 'msprof' && /^\d{14}$/.test(newness ?? ''));
  return exports.filter((each) => {
    const main = each.subject === USER_RANGES ? nearest(timed, each.newness ?? '') : undefined;
    main?.files.push(...each.files);
    return main === undefined;
  });
}

function nearest<T extends Export<unknown>>(exports: readonly T[], time: string): T | undefined {
  const distance = (each: T): number => Math.abs(secondsOf(each.newness ?? '') - secondsOf(time));
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
