import type { Reader } from '../readers/reader.ts';
import { type Export, groupExports, NEWEST } from './ascend-exports.ts';
import { isProfilerFolder, profFolderOf } from './capture-home.ts';
import type { RecognisedFile } from './recognise.ts';

/** Files that one reader reads at once. */
export interface CaptureExport extends Export<RecognisedFile> {
  readonly reader: Reader;
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
  const exports = new Map<string, CaptureExport[]>();
  for (const [reader, files] of byReader(recognised)) {
    const grouped = reader.vendor === 'Ascend' ? groupExports(files) : files.map(exportOfOne);
    for (const each of grouped) exports.set(each.home, [...(exports.get(each.home) ?? []), { ...each, reader }]);
  }
  const order = new Map(recognised.map(({ identity }, index) => [identity, index]));
  const firstOf = (each: CaptureExport): number =>
    Math.min(...each.files.map(({ identity }) => order.get(identity) ?? 0));
  return [...exports]
    .map(([home, all]) => ({ home, exports: all.sort((a, b) => newerFirst(a, b) || firstOf(a) - firstOf(b)) }))
    .sort((a, b) => Math.min(...a.exports.map(firstOf)) - Math.min(...b.exports.map(firstOf)));
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

function byReader(recognised: readonly RecognisedFile[]): Map<Reader, RecognisedFile[]> {
  const groups = new Map<Reader, RecognisedFile[]>();
  for (const file of recognised) groups.set(file.reader, [...(groups.get(file.reader) ?? []), file]);
  return groups;
}

function exportOfOne(file: RecognisedFile): Export<RecognisedFile> {
  return { files: [file], home: file.absolutePath, subject: '', newness: undefined };
}

function newerFirst({ newness: a = '' }: CaptureExport, { newness: b = '' }: CaptureExport): number {
  return a < b ? 1 : a > b ? -1 : 0;
}
