import { fileName } from '../timeline/index.ts';
import { foldersAbove } from './paths.ts';

/** What torch_npu and MindSpore call the folder of one rank. */
const FRAMEWORK_FOLDER = /_ascend_(?:pt|ms)$/;
const FRAMEWORK_OUTPUT = 'ASCEND_PROFILER_OUTPUT';
const PROF_FOLDER = /^PROF_/;

/**
 * The folder that one run of a profiler wrote, told from the path of any file in it: a framework's folder with the PROF
 * folder inside it, else the PROF folder, else the folder the file lies in.
 */
export function homeOf(absolutePath: string): string {
  const folders = foldersAbove(absolutePath);
  const framework = folders.find((each) => FRAMEWORK_FOLDER.test(fileName(each)));
  if (framework !== undefined) return framework;
  const output = folders.findIndex((each) => fileName(each) === FRAMEWORK_OUTPUT);
  if (output >= 0 && output + 1 < folders.length) return folders[output + 1];
  return profFolderOf(absolutePath) ?? folders[0] ?? '';
}

/** The PROF folder around a file; a framework's folder may hold several. */
export function profFolderOf(absolutePath: string): string | undefined {
  return foldersAbove(absolutePath).find((each) => PROF_FOLDER.test(fileName(each)));
}

/** When the profiler was started, as the folder's name says it; undefined where it does not. Later ones compare greater. */
export function captureTimeOf(home: string): string | undefined {
  return /_(\d{14,17})(?:_|$)/.exec(fileName(home))?.[1];
}

/** The machine's name, as the folder's name says it: `<host>_<pid>_<time>_ascend_pt`. */
export function hostNameOf(home: string): string | undefined {
  return /^(.+)_\d+_\d{14,17}_ascend_(?:pt|ms)$/.exec(fileName(home))?.[1];
}

/** Whether all in a folder is of one capture. */
export function isProfilerFolder(home: string): boolean {
  return FRAMEWORK_FOLDER.test(fileName(home)) || PROF_FOLDER.test(fileName(home));
}
