import { InputError } from '../base/index.ts';
import { fileName } from '../timeline/index.ts';
import { foldersAbove } from './paths.ts';

/** A folder of raw profiler data that the vendor's own tool has not turned into a trace yet. */
export interface RawCapture {
  readonly folder: string;
  /** The vendor's command that does it. */
  readonly command: string;
}

/** Raw captures among these files, without those that hold one of the traces. */
export function findRawCaptures(paths: readonly string[], tracePaths: readonly string[]): RawCapture[] {
  const exported = new Set(tracePaths.flatMap(foldersAbove));
  const raw = new Map<string, RawCapture>();
  for (const path of paths) {
    const found = rawCaptureAround(path);
    if (found !== undefined && !exported.has(found.folder)) raw.set(found.folder, found);
  }
  return [...raw.values()];
}

/** The torch_npu folder counts before the PROF folder inside it: analysing the one exports the other. */
function rawCaptureAround(path: string): RawCapture | undefined {
  const folders = foldersAbove(path);
  const torchFolder = folders.find((each) => fileName(each).endsWith('_ascend_pt'));
  const isTorchRaw = folders.some((each) => fileName(each) === 'FRAMEWORK');
  const profFolder = /^(.*[\\/]PROF_[^\\/]*)[\\/](?:device_\d+|host)[\\/]data[\\/]/.exec(path)?.[1];
  if (torchFolder !== undefined && (isTorchRaw || profFolder !== undefined)) {
    return { folder: torchFolder, command: analyseCommand(torchFolder) };
  }
  if (profFolder === undefined) return undefined;
  return { folder: profFolder, command: `msprof --export=on --output=${shellWord(profFolder)}` };
}

function analyseCommand(folder: string): string {
  const python = `'${folder.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const program = `from torch_npu.profiler.profiler import analyse; analyse(${python})`;
  return `python -c "${program.replace(/["$`]/g, '\\$&')}"`;
}

function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

export function notExported(raw: readonly RawCapture[]): InputError {
  const more = raw.length > 1 ? ` (and the same for ${raw.length - 1} more)` : '';
  return new InputError('not_exported', {
    at: { path: raw[0].folder },
    expected: 'an exported timeline (msprof_*.json or trace_view.json)',
    found: 'only raw profiler data',
    hint: `export it first: ${raw[0].command}${more}`,
  });
}
