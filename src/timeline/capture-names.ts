import { type Shard, NONE } from './model.ts';
import { fileName, rankOf } from './parts.ts';

/**
 * What captures are called where the rank does not tell them: the name of the folder, or as much of its path as tells it
 * from the others of the rank.
 */
export class CaptureNames {
  /** By rank and path; NONE has those of unknown rank. */
  readonly #names: ReadonlyMap<number, ReadonlyMap<string, string>>;

  constructor(shards: readonly Pick<Shard, 'timeline' | 'capture' | 'rank'>[]) {
    const paths = new Map<number, Set<string>>();
    for (const shard of shards) {
      if (shard.capture === undefined) continue;
      for (const rank of ranksOf(shard)) paths.set(rank, (paths.get(rank) ?? new Set()).add(shard.capture));
    }
    this.#names = new Map([...paths].map(([rank, own]) => [rank, toldApart([...own])]));
  }

  /** undefined where the rank, or nothing, tells. `capture`: its path, or what stands for one that is not known. */
  of(rank: number, capture: string | undefined): string | undefined {
    const names = this.#names.get(rank);
    if (capture === undefined || (rank !== NONE && (names?.size ?? 0) < 2)) return undefined;
    return names?.get(capture) ?? fileName(capture);
  }
}

function ranksOf(shard: Pick<Shard, 'timeline' | 'rank'>): ReadonlySet<number> {
  const known = shard.timeline.processes.map(({ rank }) => rank).filter((rank) => rank !== NONE);
  return new Set(known.length > 0 ? known : [rankOf(shard)]);
}

/**
 * The shortest ends of the paths that differ, without what all of them end in: /a/run1/rank0 and /a/run2/rank0 are run1 and
 * run2, a.pt.trace.json and b.pt.trace.json are a and b. Where there is little room, ends are what is left of a name.
 */
function toldApart(paths: readonly string[]): Map<string, string> {
  const folders = paths.map((path) => path.split(/[\\/]/).filter((folder) => folder !== ''));
  const shortest = Math.min(...folders.map(({ length }) => length));
  let shared = 0;
  while (paths.length > 1 && shared < shortest - 1 && areEqual(folders.map((path) => path.at(-1 - shared)))) shared++;
  const endsOf = (length: number): string[] =>
    folders.map((path) => path.slice(Math.max(0, path.length - shared - length), path.length - shared).join('/'));
  let length = 1;
  while (new Set(endsOf(length)).size < paths.length && folders.some((path) => path.length > length)) length++;
  return new Map(withoutSharedEnding(endsOf(length)).map((name, at) => [paths[at], name]));
}

/** Parts between dots. */
function withoutSharedEnding(names: readonly string[]): string[] {
  if (names.length < 2) return [...names];
  let shown = names.map((name) => name.split('.'));
  while (
    shown.every((parts) => parts.length > 1 && parts.at(-2) !== '') &&
    areEqual(shown.map((parts) => parts.at(-1)))
  ) {
    shown = shown.map((parts) => parts.slice(0, -1));
  }
  return shown.map((parts) => parts.join('.'));
}

function areEqual(values: readonly unknown[]): boolean {
  return new Set(values).size === 1;
}
