import { DEVICE_WORDS, deviceLabel } from '../base/index.ts';
import { CaptureNames } from './capture-names.ts';
import { NONE, type Shard } from './model.ts';

/** What has one clock: the shards of one rank and capture. */
export interface RunPart {
  /** "rank 3", with its capture where the rank has several; else the name of its folder or file. */
  readonly name: string;
  /** NONE where unknown. */
  readonly rank: number;
  /** By their numbers; at least one. */
  readonly shards: readonly number[];
}

/** By rank; parts that know none come last, as they were given. */
export function partsOf(shards: readonly Pick<Shard, 'timeline' | 'files' | 'capture' | 'rank'>[]): RunPart[] {
  const parts = new Map<string, RunPart & { readonly shards: number[] }>();
  const captureNames = new CaptureNames(shards);
  shards.forEach((each, shard) => {
    const { files, capture } = each;
    const rank = rankOf(each);
    const key = JSON.stringify([rank, capture ?? (rank === NONE ? shard : '')]);
    const known = parts.get(key);
    if (known !== undefined) known.shards.push(shard);
    else {
      const place = {
        rank: rank === NONE ? null : rank,
        capture: captureNames.of(rank, capture ?? (rank === NONE ? files[0] : undefined)) ?? null,
        device: null,
      };
      const name = deviceLabel(place, DEVICE_WORDS) || `part ${shard + 1}`;
      parts.set(key, { name, rank, shards: [shard] });
    }
  });
  const order = ({ rank }: RunPart): number => (rank === NONE ? Number.MAX_SAFE_INTEGER : rank);
  return [...parts.values()].sort((a, b) => order(a) - order(b) || a.shards[0] - b.shards[0]);
}

/** What stands behind the last slash. */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** What a path is called by, with or without slashes at its end; a name stays what it is, and so do slashes alone. */
export function lastFolder(path: string): string {
  let end = path.length;
  while (end > 0 && (path[end - 1] === '/' || path[end - 1] === '\\')) end--;
  return end === 0 ? path : fileName(path.slice(0, end));
}

/** NONE where unknown. */
export function rankOf({ rank = NONE, timeline }: Pick<Shard, 'rank' | 'timeline'>): number {
  return rank !== NONE ? rank : (timeline.processes.find((process) => process.rank !== NONE)?.rank ?? NONE);
}
