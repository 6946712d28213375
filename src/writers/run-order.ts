import { NONE, type Process, type ProcessId, type Run, type Timeline, type TrackId } from '../timeline/index.ts';

/** A process of one shard at its place in the run, with its tracks in their order. */
export interface RunProcess {
  readonly shard: number;
  readonly id: ProcessId;
  readonly process: Process;
  readonly tracks: readonly TrackId[];
}

const SIDE_ORDER = { host: 0, unknown: 1, device: 2 } as const;

/** All processes by rank, the host before its devices, then as the capture sorts them. */
export function processesInOrder(run: Run): RunProcess[] {
  const all = run.shards.flatMap(({ timeline }, shard) => {
    const tracks = tracksOfProcesses(timeline);
    return timeline.processes.map((process, id) => ({ shard, id, process, tracks: tracks[id] }));
  });
  return all.sort(
    ({ process: a, ...x }, { process: b, ...y }) =>
      a.rank - b.rank ||
      SIDE_ORDER[a.side] - SIDE_ORDER[b.side] ||
      a.device - b.device ||
      x.shard - y.shard ||
      a.sortKey - b.sortKey ||
      x.id - y.id,
  );
}

function tracksOfProcesses({ processes, tracks }: Timeline): TrackId[][] {
  const owned: TrackId[][] = processes.map(() => []);
  tracks.forEach(({ process }, track) => {
    owned[process].push(track);
  });
  const isCounter = (track: TrackId) => Number(tracks[track].kind === 'counter');
  for (const each of owned) {
    each.sort((a, b) => isCounter(a) - isCounter(b) || tracks[a].sortKey - tracks[b].sortKey || a - b);
  }
  return owned;
}

/** The tracks of one shard, process by process. */
export function tracksOfShard(processes: readonly RunProcess[], shard: number): TrackId[] {
  return processes.filter((each) => each.shard === shard).flatMap(({ tracks }) => tracks);
}

/** Tells the parts of a run apart in names: "rank 3", else the file's name, else nothing when there is one part. */
export function partLabel(run: Run, { shard, process }: RunProcess): string {
  if (process.rank !== NONE) return `rank ${process.rank}`;
  return run.shards.length > 1 ? fileName(run.shards[shard].files[0] ?? `part ${shard + 1}`) : '';
}

/** Whether processes of equal name may stem from different parts, so that names need the part's label. */
export function hasSeveralParts(run: Run): boolean {
  const ranks = new Set(run.shards.flatMap(({ timeline }) => timeline.processes.map(({ rank }) => rank)));
  ranks.delete(NONE);
  return run.shards.length > 1 || ranks.size > 1;
}

export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** Facts of the whole run that formats keep beside the events. Metadata values are JSON text. */
export function runFacts(run: Run): [key: string, value: string][] {
  const facts: [string, string][] = [
    ['converter', 'traceconv'],
    ['originNs', String(run.originNs)],
  ];
  run.shards.forEach(({ timeline, readerId, files, shiftNs }, shard) => {
    const prefix = run.shards.length > 1 ? `part ${shard + 1} ` : '';
    facts.push([`${prefix}reader`, readerId], [`${prefix}files`, files.map(fileName).join(', ')]);
    if (shiftNs !== 0) facts.push([`${prefix}shiftNs`, String(shiftNs)]);
    for (const [key, value] of timeline.metadata) facts.push([`${prefix}metadata ${key}`, value]);
  });
  return facts;
}
