import { EnvironmentError, InputError } from '../../base/index.ts';

/** The code of a failed system call (`ENOENT`) or of zlib (`Z_BUF_ERROR`), undefined for any other error. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' && /^(E[A-Z0-9]+|Z_[A-Z_]+)$/.test(error.code) ? error.code : undefined;
}

/** Says what a failed read or write means to the person waiting. Errors that already say so pass through. */
export function explainFailure(error: unknown, path: string, doing: 'read' | 'write'): unknown {
  if (error instanceof InputError || error instanceof EnvironmentError) return error;
  const code = systemCode(error);
  switch (code) {
    case undefined:
      return error;
    case 'ENOENT':
      if (doing === 'read') return notFound(path);
      return new EnvironmentError('no_folder', path, `${path}: the folder does not exist`, 'create the folder first');
    case 'EACCES':
    case 'EPERM':
      return new EnvironmentError(
        'no_permission',
        path,
        `${path}: no permission to ${doing} it`,
        `check who may ${doing} it (ls -l)`,
      );
    case 'EROFS':
      return new EnvironmentError('read_only', path, `${path}: the disk is read-only`, 'choose another output folder');
    case 'ENOSPC':
    case 'EDQUOT':
      return new EnvironmentError(
        'disk_full',
        path,
        `${path}: no space left on the disk`,
        'free some space, or choose another disk',
      );
    case 'EFBIG':
      return new EnvironmentError(
        'file_too_big',
        path,
        `${path}: the file system takes no file that big`,
        'choose another disk',
      );
    case 'EMFILE':
    case 'ENFILE':
      return new EnvironmentError(
        'too_many_files',
        path,
        `${path}: too many open files`,
        'raise the limit (ulimit -n)',
      );
    default:
      return new EnvironmentError('system', path, `${path}: cannot ${doing} it (${code})`);
  }
}

export function notFound(path: string): InputError {
  return new InputError('not_found', {
    at: { path },
    expected: 'a file or folder',
    found: 'nothing of that name',
    hint: 'check the spelling and the current folder',
  });
}
