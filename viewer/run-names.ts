import { withoutSharedEnding } from '../src/base/shared-ending.ts';

/** Of paths what tells them apart: the folders from the first that differs to the last one; of one path its end. */
export function namesApart(paths: readonly string[]): string[] {
  const all = paths.map((path) => path.split(/[\\/]+/).filter((part) => part !== ''));
  const shortest = Math.min(...all.map(({ length }) => length));
  const isCommon = (partOf: (parts: readonly string[]) => string | undefined): boolean =>
    new Set(all.map(partOf)).size === 1;
  let first = 0;
  while (first < shortest - 1 && isCommon((parts) => parts[first])) first++;
  let behind = 0;
  while (behind < shortest - first - 1 && isCommon((parts) => parts.at(-1 - behind))) behind++;
  const names = withoutSharedEnding(
    all.map((parts, at) => parts.slice(first, parts.length - behind).join('/') || paths[at]),
  );
  return names.map((name, at) => (names.indexOf(name) === names.lastIndexOf(name) ? name : `${at + 1}: ${name}`));
}
