import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { EnvironmentError, InputError } from '../../base/index.ts';

/** The code of a failed system call (`ENOENT`) or of zlib (`Z_BUF_ERROR`), undefined for any other error. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' && /^(E[A-Z0-9]+|Z_[A-Z_]+)$/.test(error.code) ? error.code : undefined;
}

type Doing = 'read' | 'write';

interface Explanation {
  readonly code: string;
  readonly why: string;
  readonly hint: string;
}

const ELSEWHERE = 'choose another output folder';

/** What a system call that failed on a path means. */
const EXPLANATIONS: Readonly<Record<string, (path: string, doing: Doing) => Explanation>> = {
  ENOENT: missing,
  ENOTDIR: missing,
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: () => ({ code: 'read_only', why: 'the disk is read-only', hint: ELSEWHERE }),
  ENOSPC: full,
  EDQUOT: full,
  EFBIG: () => ({ code: 'file_too_big', why: 'the file system takes no file that big', hint: 'choose another disk' }),
  ENAMETOOLONG: () => ({
    code: 'name_too_long',
    why: 'the file system takes no name that long',
    hint: 'choose a shorter name',
  }),
  EMFILE: tooMany,
  ENFILE: tooMany,
};

/** Of what is to be written: its folder is not there, is a file, or takes no files (as those of /proc). */
function missing(path: string): Explanation {
  const folder = dirname(path);
  let above = folder;
  while (!existsSync(above) && dirname(above) !== above) above = dirname(above);
  if (!statSync(above, { throwIfNoEntry: false })?.isDirectory()) {
    return { code: 'no_folder', why: `${above} is a file, so nothing can be written below it`, hint: ELSEWHERE };
  }
  if (above !== folder) {
    return { code: 'no_folder', why: `no such folder: ${folder}`, hint: 'create it first, or choose another' };
  }
  return { code: 'takes_no_files', why: `no file can be created in ${folder}`, hint: ELSEWHERE };
}

function forbidden(_: string, doing: Doing): Explanation {
  return { code: 'no_permission', why: `no permission to ${doing} it`, hint: `check who may ${doing} it (ls -l)` };
}

function full(): Explanation {
  return { code: 'disk_full', why: 'no space left on the disk', hint: 'free some space, or choose another disk' };
}

function tooMany(): Explanation {
  return { code: 'too_many_files', why: 'too many open files', hint: 'raise the limit (ulimit -n)' };
}

/** Says what a failed read or write means to the person waiting. Errors that already say so pass through. */
export function explainFailure(error: unknown, path: string, doing: Doing): unknown {
  if (error instanceof InputError || error instanceof EnvironmentError) return error;
  const systemName = systemCode(error);
  if (systemName === undefined) return error;
  if (doing === 'read' && EXPLANATIONS[systemName] === missing) return notFound(path);
  const { code, why, hint } = EXPLANATIONS[systemName]?.(path, doing) ?? {
    code: 'system',
    why: `cannot ${doing} it (${systemName})`,
    hint: doing === 'read' ? 'check that it is a file or folder that other programs can read' : ELSEWHERE,
  };
  return new EnvironmentError(code, path, `${path}: ${why}`, hint);
}

export function notFound(path: string): InputError {
  return new InputError('not_found', {
    at: { path },
    expected: 'a file or folder',
    found: 'nothing of that name',
    hint: 'check the spelling and the current folder',
  });
}
