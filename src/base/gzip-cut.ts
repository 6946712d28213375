import { InputError } from './errors.ts';
import type { Source } from './source.ts';

/** The same source, of a gzip file that breaks off after `cutAtBytes`. */
export function cutOff(source: Source, cutAtBytes: number): Source {
  return {
    path: source.path,
    sizeBytes: source.sizeBytes,
    cutAtBytes,
    stream: (...range) => source.stream(...range),
    slice: (...range) => source.slice(...range),
  };
}

/** What cannot be read because its gzip file breaks off. `found`: what is wrong with the part that could be unpacked. */
export function gzipTruncated(path: string, cutAtBytes: number, found?: string): InputError {
  return new InputError('gzip_truncated', {
    at: { path, offset: cutAtBytes },
    expected: 'the rest of the gzip stream',
    found: found === undefined ? 'the end of the file' : `the end of the file, and ${found}`,
    hint: 'the copy or the writing of it broke off: fetch the file again',
  });
}

/** gzip whose content is not what its check says. Nothing tells which of the numbers in it are wrong, so none is read. */
export function gzipDamaged(path: string, offset: number, found: string): InputError {
  return new InputError('gzip_damaged', {
    at: { path, offset },
    expected: 'a gzip stream',
    found,
    hint: 'fetch the file again; what gzip -dc still gets out of it can be opened, but may hold wrong numbers',
  });
}
