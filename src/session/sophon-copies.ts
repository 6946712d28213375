/**
 * Sophon's tools write the events of one run again and again: as listings, as a web page, as tables. Which files lie in the
 * folder of one run, and which of them holds most.
 */
import { fileName } from '../timeline/index.ts';
import { foldersAbove } from './paths.ts';
import type { RecognisedFile } from './recognise.ts';

/** What bigTpuProfile calls its trace for Perfetto, which has a reader of no vendor. */
const TRACE_NAME = 'perfetto.pftrace';
/** By reader, the best first. */
const ORDER = [
  'sophon-raw',
  TRACE_NAME,
  'sophon-reg-info',
  'sophon-profile-data',
  'sophon-result-csv',
  'sophon-result-json',
];
/** Folders inside that of a result. */
const INNER_FOLDER = /^(PerfWeb|PerfDoc)$/;
/** Folders of results beside a raw folder. */
const RESULT_FOLDER = /^(result_out|profile_out)/;

/** Which of several copies a file is: of those in one home the one with the lowest number counts. undefined: it is none. */
export function sophonPreference({ absolutePath, reader }: RecognisedFile): number | undefined {
  const place = ORDER.indexOf(fileName(absolutePath) === TRACE_NAME ? TRACE_NAME : reader.id);
  return place < 0 ? undefined : place;
}

/**
 * The folder of the run that a file of one of Sophon's tools is about: a raw folder, where the file lies in it or in what was
 * made of it; else that of the results. `rawFolders`: all there are.
 */
export function sophonHome({ absolutePath }: RecognisedFile, rawFolders: readonly string[]): string {
  const folders = foldersAbove(absolutePath);
  const results = folders.findIndex((each) => !INNER_FOLDER.test(fileName(each)));
  const [home = '', around = ''] = results < 0 ? folders : folders.slice(results);
  const isOf = (raw: string): boolean => {
    const aroundRaw = foldersAbove(raw)[0];
    return folders.includes(raw) || home === aroundRaw || (around === aroundRaw && RESULT_FOLDER.test(fileName(home)));
  };
  return rawFolders.find((raw) => folders.includes(raw)) ?? rawFolders.find(isOf) ?? home;
}
