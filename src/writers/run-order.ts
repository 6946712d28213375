import { DEVICE_WORDS, deviceLabel, makerOf, placeLabel } from '../base/index.ts';
import {
  alignmentFacts,
  CaptureNames,
  fileName,
  NONE,
  partsOf,
  type Process,
  type ProcessId,
  type Run,
  type Shard,
  type Timeline,
  type TrackId,
} from '../timeline/index.ts';

/** A process of one shard at its place in the run, with its tracks in their order. */
export interface RunProcess {
  readonly shard: number;
  readonly id: ProcessId;
  readonly process: Process;
  readonly tracks: readonly TrackId[];
  /** Equal for what belongs together, from whichever shards: the host or one device of a rank or capture. */
  readonly group: string;
  /** "rank 3 · NPU 5 · node-7", without what is not known. */
  readonly groupName: string;
  /** Whether the group's name says more than which device it is: there is a rank, or there are several parts. */
  readonly isPlaced: boolean;
  /** Its own name, and its file where another shard has a process of that name in a group called the same. */
  readonly name: string;
}

const SIDE_ORDER = { host: 0, unknown: 1, device: 2 } as const;

/** All processes by rank, the host before its devices, then as the capture sorts them. */
export function processesInOrder(run: Run): RunProcess[] {
  const partNames = partNamesOf(run);
  const captureNames = new CaptureNames(run.shards);
  const all = run.shards.flatMap((shard, index) => {
    const tracks = tracksOfProcesses(shard.timeline);
    return shard.timeline.processes.map((process, id) => {
      const { rank } = process;
      const capture = captureNames.of(rank, shard.capture) ?? null;
      const part = rank === NONE ? partNames[index] : deviceLabel({ rank, capture, device: null }, DEVICE_WORDS);
      const place = { shard: index, id, process, tracks: tracks[id], isPlaced: part !== '' };
      const groupName = placeLabel([part, sideName(process, shard), part === '' ? '' : (shard.hostName ?? '')]);
      return { ...place, group: groupOf(shard, place, part), groupName, name: process.name || process.key };
    });
  });
  const sorted = all.sort(
    ({ process: a, ...x }, { process: b, ...y }) =>
      a.rank - b.rank ||
      SIDE_ORDER[a.side] - SIDE_ORDER[b.side] ||
      a.device - b.device ||
      x.shard - y.shard ||
      a.sortKey - b.sortKey ||
      x.id - y.id,
  );
  return namesakesToldApart(sorted, run);
}

/** By shard: what tells it from other parts of the run; empty where there is but one. */
function partNamesOf({ shards }: Run): string[] {
  const parts = partsOf(shards);
  const names = shards.map(() => '');
  if (parts.length > 1) for (const part of parts) for (const shard of part.shards) names[shard] = part.name;
  return names;
}

/** A process of unknown side is a group of its own. */
function groupOf(
  { capture, hostName = '' }: Shard,
  { shard, id, process }: Pick<RunProcess, 'shard' | 'id' | 'process'>,
  part: string,
): string {
  const { rank, side, device } = process;
  if (side === 'unknown') return JSON.stringify([shard, id]);
  return JSON.stringify([rank === NONE ? (capture ?? shard) : `${part} ${hostName}`, side, device]);
}

function sideName({ side, label, device }: Process, { readerId }: Shard): string {
  switch (side) {
    case 'host':
      return 'host';
    case 'device': {
      const kind = label || makerOf(readerId)?.word || 'device';
      return device === NONE || /\d$/.test(kind) ? kind : `${kind} ${device}`;
    }
    case 'unknown':
      return '';
  }
}

function namesakesToldApart(processes: readonly RunProcess[], { shards }: Run): RunProcess[] {
  const shown = ({ groupName, name }: RunProcess): string => JSON.stringify([groupName, name]);
  const shardsOf = new Map<string, Set<number>>();
  for (const each of processes) shardsOf.set(shown(each), (shardsOf.get(shown(each)) ?? new Set()).add(each.shard));
  return processes.map((each) => {
    const namesakes = [...(shardsOf.get(shown(each)) ?? [])];
    if (namesakes.length < 2) return each;
    const paths = namesakes.map((shard) => shards[shard].files[0] ?? `part ${shard + 1}`);
    const areFilesTold = new Set(paths.map(fileName)).size === paths.length;
    const path = paths[namesakes.indexOf(each.shard)];
    return { ...each, name: `${each.name} (${areFilesTold ? fileName(path) : path})` };
  });
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

/** Facts of the whole run that formats keep beside the events. Metadata values and the alignment are JSON text. */
export function runFacts(run: Run): [key: string, value: string][] {
  const facts: [string, string][] = [
    ['converter', 'traceconv'],
    ['originNs', String(run.originNs)],
  ];
  if (run.alignment !== undefined) facts.push(['alignment', JSON.stringify(alignmentFacts(run.alignment))]);
  run.shards.forEach(({ timeline, readerId, files, shiftNs }, shard) => {
    const prefix = run.shards.length > 1 ? `part ${shard + 1} ` : '';
    facts.push([`${prefix}reader`, readerId], [`${prefix}files`, files.map(fileName).join(', ')]);
    if (shiftNs !== 0) facts.push([`${prefix}shiftNs`, String(shiftNs)]);
    for (const [key, value] of timeline.metadata) facts.push([`${prefix}metadata ${key}`, value]);
  });
  return facts;
}
