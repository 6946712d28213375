import { UsageError } from '../base/index.ts';
import type { TrackFilter } from '../timeline/cut.ts';

/**
 * `Stream *` matches a whole process name, track name or "process / track", with * and ? as wildcards;
 * `/stream 1?2/` is a regular expression found anywhere in "process / track". Capitals do not matter.
 */
export function parseTrackPattern(pattern: string): TrackFilter {
  const regular = /^\/(.+)\/$/s.exec(pattern)?.[1];
  if (regular !== undefined) {
    const wanted = regularExpression(regular, pattern);
    return (process, track) => wanted.test(`${process} / ${track}`);
  }
  const source = pattern
    .replace(/[\\^$.+()[\]{}|/]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const wanted = new RegExp(`^${source}$`, 'isu');
  return (process, track) => [process, track, `${process} / ${track}`].some((name) => wanted.test(name));
}

function regularExpression(source: string, pattern: string): RegExp {
  try {
    return new RegExp(source, 'isu');
  } catch (error) {
    const why = error instanceof Error ? error.message : 'not valid';
    throw new UsageError(
      'bad_pattern',
      `--tracks ${pattern}: ${why}`,
      'quote it; without slashes only * and ? are special',
    );
  }
}
