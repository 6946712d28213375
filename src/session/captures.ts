import { compareText, grouped } from '../base/index.ts';
import type { Reader } from '../readers/reader.ts';
import { type Export, groupExports, NEWEST } from './ascend-exports.ts';
import { isProfilerFolder, profFolderOf } from './capture-home.ts';
import { foldersAbove } from './paths.ts';
import type { RecognisedFile } from './recognise.ts';
import { sophonHome, sophonPreference } from './sophon-copies.ts';

/** Files that one reader reads at once. */
export interface CaptureExport extends Export<RecognisedFile> {
  readonly reader: Reader;
  /** Of exports with one, in one home, only those with the lowest are read: the others hold the same events once more. */
  readonly preference?: number | undefined;
}

/** All that one run of a profiler left behind. */
export interface Capture {
  /** Its folder, or the file itself where that is all there is. */
  readonly home: string;
  /** The newest first. */
  readonly exports: readonly CaptureExport[];
}

/** Every file is in exactly one capture. They are in the order of their first files. */
export function groupCaptures(recognised: readonly RecognisedFile[]): Capture[] {
  const rawFolders = recognised.filter(({ reader }) => reader.id === 'sophon-raw').map(folderOf);
  const exports = grouped(recognised, ({ reader }) => reader).flatMap((files) => {
    const [{ reader }] = files;
    return exportsOf(reader, files).map((each): CaptureExport => ({ ...withSophonHome(each, rawFolders), reader }));
  });
  const order = new Map(recognised.map(({ identity }, index) => [identity, index]));
  const firstOf = (each: CaptureExport): number =>
    Math.min(...each.files.map(({ identity }) => order.get(identity) ?? 0));
  return grouped(exports, ({ home }) => home)
    .map((all) => ({
      home: all[0].home,
      exports: all.sort((a, b) => betterFirst(a, b) || newerFirst(a, b) || firstOf(a) - firstOf(b)),
      first: Math.min(...all.map(firstOf)),
    }))
    .sort((a, b) => a.first - b.first);
}

/**
 * The export that holds what this one holds, and later. In the folder of a profiler all exports are of one capture: those
 * of one subject and PROF folder, and what the framework wrote instead of them. Elsewhere only their content tells.
 */
export function newerExport(
  each: CaptureExport,
  { home, exports }: Capture,
  isUnreadable: (other: CaptureExport) => boolean,
): CaptureExport | undefined {
  const { reader, subject, newness } = each;
  if (newness === undefined || (reader.role !== 'facts' && !isProfilerFolder(home))) return undefined;
  return exports.find(
    (other) =>
      other.reader === reader &&
      (other.newness ?? '') > newness &&
      !isUnreadable(other) &&
      (isFrameworks(other) || (other.subject === subject && profOf(other) === profOf(each))),
  );
}

function profOf({ files }: CaptureExport): string | undefined {
  return profFolderOf(files[0].absolutePath);
}

function isFrameworks({ newness, reader }: CaptureExport): boolean {
  return newness === NEWEST && reader.role !== 'facts';
}

function exportsOf(reader: Reader, files: readonly RecognisedFile[]): Export<RecognisedFile>[] {
  if (reader.vendor === 'Ascend') return groupExports(files);
  if (reader.isWholeFolder !== true) return files.map(exportOfOne);
  return grouped(files, folderOf).map((inFolder) => ({
    ...exportOfOne(inFolder[0]),
    files: inFolder,
    home: folderOf(inFolder[0]),
  }));
}

function folderOf({ absolutePath }: RecognisedFile): string {
  return foldersAbove(absolutePath)[0] ?? '';
}

/** Copies of one run by Sophon's tools have one home. What the user named is no copy. */
function withSophonHome<E extends Export<RecognisedFile>>(
  each: E,
  rawFolders: readonly string[],
): E & Pick<CaptureExport, 'preference'> {
  const [file] = each.files;
  const preference = each.files.some(({ isNamed }) => isNamed) ? undefined : sophonPreference(file);
  return preference === undefined ? each : { ...each, preference, home: sophonHome(file, rawFolders) };
}

function betterFirst({ preference: a = 0 }: CaptureExport, { preference: b = 0 }: CaptureExport): number {
  return a - b;
}

function exportOfOne(file: RecognisedFile): Export<RecognisedFile> {
  return { files: [file], home: file.absolutePath, subject: '', newness: undefined };
}

function newerFirst({ newness: a = '' }: CaptureExport, { newness: b = '' }: CaptureExport): number {
  return compareText(b, a);
}
