import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readers } from '../../src/readers/index.ts';
import { filesBelow, fixturesRoot, foldersIn } from './project.ts';

/** One capture of a fixture: the files that are read together. Paths are relative to the folder of the case. */
export interface FixtureCapture {
  readonly readerId: string;
  readonly caseName: string;
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array }[];
}

/** Every capture with a title for tests and golden files: `<reader>/<case>`, numbered where a case has several. */
export function titledCaptures(): { title: string; capture: FixtureCapture }[] {
  const seen = new Map<string, number>();
  return fixtureCaptures().map((capture) => {
    const name = `${capture.readerId}/${capture.caseName}`;
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return { title: before === 0 ? name : `${name}-${before}`, capture };
  });
}

/** Those whose files are Trace Event documents. */
export function traceEventCaptures(): ReturnType<typeof titledCaptures> {
  return titledCaptures().filter(({ capture: { readerId } }) => TRACE_EVENT_READERS.has(readerId));
}

const TRACE_EVENT_READERS = new Set(['ascend-msprof-json', 'torch-kineto', 'chrome-json']);

/** Whole folders as tools leave them, with files of several readers. */
export const FOLDER_FIXTURES = 'ascend-folders';

/** What lies in a fixture beside its captures: the ground truth, and what the tools write about the machine. */
const NOT_A_CAPTURE = /(^|\/)(truth|info|profiler_info_\d+)\.json$/;
const TRUTH = /(^|\/)truth\.json$/;

/** The captures of every case of every reader in the registry, found by folder. */
export function fixtureCaptures(): FixtureCapture[] {
  return readers.ids.flatMap((readerId) =>
    fixtureCases(readerId).flatMap((caseName) => {
      const folder = join(fixturesRoot, readerId, caseName);
      // What tools write about the machine is what readers of facts are for; they read all of it together.
      const { role, isDatabase, isWholeFolder } = readers.get(readerId) ?? {};
      const isOfFacts = role === 'facts' && isDatabase !== true;
      const paths = filesBelow(folder).filter((path) => !(isOfFacts ? TRUTH : NOT_A_CAPTURE).test(path));
      const groups = isOfFacts ? [paths] : isWholeFolder === true ? byFolder(paths) : capturesOf(paths);
      return groups.map((group) => ({
        readerId,
        caseName,
        files: group.map((path) => ({ path, bytes: new Uint8Array(readFileSync(join(folder, path))) })),
      }));
    }),
  );
}

export function fixtureCases(readerId: string): string[] {
  const folder = join(fixturesRoot, readerId);
  return existsSync(folder) ? foldersIn(folder) : [];
}

/** The ground truth of a case, of any shape. */
export function fixtureTruth<T>(readerId: string, caseName: string): T {
  return JSON.parse(readFileSync(join(fixturesRoot, readerId, caseName, 'truth.json'), 'utf8'));
}

function byFolder(paths: readonly string[]): string[][] {
  return [...new Set(paths.map((path) => dirname(path)))].map((folder) =>
    paths.filter((path) => dirname(path) === folder),
  );
}

/** Slices of the newest export in a folder, and the ranges exported beside them, are one capture; else each file is. */
function capturesOf(paths: readonly string[]): string[][] {
  const slices = paths.filter((path) => /msprof_slice_\d+_\d+\.json$/.test(path));
  const rest = paths.filter((path) => !slices.includes(path) && !/msprof_tx_\d+\.json$/.test(path));
  const folders = [...new Set(slices.map((path) => dirname(path)))];
  const sliced = folders.map((folder) => {
    const here = slices.filter((path) => dirname(path) === folder);
    const newest = here.map(exportTime).sort().at(-1);
    const ranges = paths.filter((path) => dirname(path) === folder && /msprof_tx_/.test(path));
    return [...here.filter((path) => exportTime(path) === newest), ...ranges];
  });
  return [...rest.map((path) => [path]), ...sliced];
}

function exportTime(path: string): string {
  return /_(\d{14})\.json$/.exec(path)?.[1] ?? '';
}
