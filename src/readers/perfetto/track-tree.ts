import { placeLabel } from '../../base/index.ts';
import { NONE, type Process, type Track } from '../../timeline/index.ts';
import { deviceOf } from './devices.ts';
import { engineOf, engineType } from './sophon-engines.ts';
import { MERGE, type SourceTrack, type SourceTracks } from './source-tracks.ts';
import { processFacts, trackFacts } from './own-facts.ts';

/** A process of the timeline. Equal keys are one. */
export interface PlannedProcess extends Omit<Process, 'sortKey'> {
  sortKey: number | undefined;
}

/** A track of the timeline, and what made it. */
export interface PlannedTrack extends Pick<Track, 'kind' | 'name' | 'key' | 'stream' | 'series' | 'unit'> {
  readonly process: number;
  readonly sortKey: number | undefined;
  /** The task type of all that runs on it, where the track says it instead of its events. */
  readonly taskType: string;
}

/** What source tracks become. Several may be one track of the timeline: lanes, and threads described twice. */
export interface TrackPlan {
  readonly processes: readonly PlannedProcess[];
  readonly tracks: readonly PlannedTrack[];
  /** By source track; NONE for those that are none. */
  readonly trackOf: Int32Array;
  /** How many tracks were their own ancestors. */
  readonly cycleCount: number;
}

/** Where a track belongs: its ancestors up to what is a process, from the top. */
export interface TrackPath {
  /** The track itself is the last. */
  readonly tracks: readonly SourceTrack[];
  /** The process or thread they belong to. */
  readonly owner: SourceTrack | undefined;
  readonly isCounter: boolean;
}

/** What a dialect knows of a track by its place and names. */
export interface Placement {
  readonly process: Omit<PlannedProcess, 'sortKey'>;
  readonly track: Omit<PlannedTrack, 'process' | 'sortKey'>;
}

/** TrackDescriptor.child_ordering. */
const ORDER = { chronological: 2, explicit: 3 } as const;

/** Decides what the tracks of a trace are to the timeline. `isUsed`, `hasCounters`: by source track. */
export class TrackPlanner {
  readonly #sources: SourceTracks;
  readonly #rank: number;
  readonly #processes: PlannedProcess[] = [];
  readonly #tracks: PlannedTrack[] = [];
  readonly #processByKey = new Map<string, number>();
  readonly #trackByKey = new Map<string, number>();
  readonly #orders: Int32Array;
  readonly #onCycle = new Set<number>();

  constructor(sources: SourceTracks, rank: number) {
    this.#sources = sources;
    this.#rank = rank;
    this.#breakCycles();
    this.#orders = this.#treeOrder();
  }

  plan(isUsed: Uint8Array, hasCounters: Uint8Array, hasOthers: Uint8Array): TrackPlan {
    const { all } = this.#sources;
    const trackOf = new Int32Array(all.length).fill(NONE);
    all.forEach((source, number) => {
      if (isUsed[number] === 0 && trackFacts(source) === undefined) return;
      trackOf[number] = this.#trackFor(
        number,
        source,
        hasOthers[number] === 0 && (hasCounters[number] === 1 || source.counter !== undefined),
      );
    });
    return { processes: this.#processes, tracks: this.#tracks, trackOf, cycleCount: this.#onCycle.size };
  }

  #breakCycles(): void {
    const { all } = this.#sources;
    const done = new Uint8Array(all.length);
    all.forEach((_, number) => {
      const path: number[] = [];
      let at = number;
      while (at !== NONE && done[at] === 0) {
        done[at] = 1;
        path.push(at);
        at = all[at].parent;
      }
      if (at === NONE || !path.includes(at)) {
        for (const each of path) done[each] = 2;
        return;
      }
      this.#onCycle.add(at);
      all[at].parent = NONE;
    });
  }

  /** Each track's place in the tree as Perfetto shows it. */
  #treeOrder(): Int32Array {
    const { all } = this.#sources;
    const children = new Map<number, number[]>();
    all.forEach(({ parent }, number) => {
      const known = children.get(parent);
      if (known === undefined) children.set(parent, [number]);
      else known.push(number);
    });
    const order = new Int32Array(all.length);
    let next = 0;
    const waiting = [...(children.get(NONE) ?? [])].reverse();
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      order[at] = next++;
      const own = children.get(at) ?? [];
      if (own.length > 1) own.sort((a, b) => compareSiblings(all[a], all[b], all[at ?? 0].childOrdering) || a - b);
      for (let i = own.length - 1; i >= 0; i--) waiting.push(own[i]);
    }
    return order;
  }

  #pathOf(source: SourceTrack, isCounter: boolean): TrackPath {
    const { all } = this.#sources;
    const tracks: SourceTrack[] = [];
    let owner: SourceTrack | undefined;
    for (
      let at: SourceTrack | undefined = source;
      at !== undefined;
      at = at.parent === NONE ? undefined : all[at.parent]
    ) {
      if (at.process !== undefined || at.thread !== undefined) {
        owner = at;
        break;
      }
      tracks.push(at);
    }
    return { tracks: tracks.reverse(), owner, isCounter };
  }

  #trackFor(number: number, source: SourceTrack, isCounter: boolean): number {
    const facts = trackFacts(source);
    const path = this.#pathOf(source, isCounter);
    if (facts !== undefined) return this.#ownTrack(source, facts, number);
    const { process, track } = engineOf(path) ?? deviceOf(path, this.#sources) ?? this.#general(path);
    const processKey = `${process.side} ${process.device} ${process.key} ${process.name}`;
    const processNumber = this.#process(processKey, { ...process, rank: this.#rank, sortKey: this.#orders[number] });
    const key = `${processNumber} ${this.#mergeKey(number, source, path)} ${track.kind === 'counter'}`;
    return this.#track(key, { ...track, process: processNumber, sortKey: this.#orders[number] });
  }

  /** Siblings of one name are lanes of one track, unless they say otherwise. */
  #mergeKey(number: number, source: SourceTrack, { tracks, owner, isCounter }: TrackPath): string {
    const { thread, parent, name, mergeBehavior, mergeKey, isAsync } = source;
    if (thread !== undefined) return `thread ${thread.tid}`;
    if (isAsync) return `async ${owner?.process?.pid ?? owner?.thread?.pid} ${name}`;
    if (tracks.length === 0) return 'process';
    if (isCounter || mergeBehavior === MERGE.none) return `uuid ${number}`;
    return mergeBehavior === MERGE.byKey ? `key ${parent} ${mergeKey}` : `name ${parent} ${name}`;
  }

  #process(key: string, process: PlannedProcess): number {
    const known = this.#processByKey.get(key);
    if (known !== undefined) return known;
    this.#processByKey.set(key, this.#processes.length);
    return this.#processes.push(process) - 1;
  }

  #track(key: string, track: PlannedTrack): number {
    const known = this.#trackByKey.get(key);
    if (known !== undefined) return known;
    this.#trackByKey.set(key, this.#tracks.length);
    return this.#tracks.push(track) - 1;
  }

  /** As traceconv wrote it: facts stand at the first lane, and at what was its process. */
  #ownTrack(source: SourceTrack, facts: NonNullable<ReturnType<typeof trackFacts>>, number: number): number {
    const { all } = this.#sources;
    let at = source.parent;
    while (at !== NONE && processFacts(all[at]) === undefined) at = all[at].parent;
    const process = at === NONE ? undefined : processFacts(all[at]);
    const first = number - facts.lane;
    const { lane: _, ...track } = trackFacts(all[first] ?? source) ?? facts;
    const processNumber =
      process === undefined
        ? this.#process('', { ...GLOBAL_PROCESS, rank: this.#rank, sortKey: undefined })
        : this.#process(`own ${at}`, process);
    const taskType = track.kind === 'stream' ? engineType(track.name) : '';
    return this.#track(`own ${first}`, { ...track, process: processNumber, taskType });
  }

  /** A thread of the host, a counter, or whatever else. Without a process the topmost track stands for it. */
  #general(path: TrackPath): Placement {
    const { tracks, owner, isCounter } = path;
    const thread = tracks.length === 0 ? owner?.thread : undefined;
    const pid = owner?.process?.pid ?? owner?.thread?.pid;
    const named = pid === undefined ? undefined : this.#sources.processOf(pid);
    const top = pid === undefined && tracks.length > 1 ? tracks[0] : undefined;
    const below = top === undefined ? tracks : tracks.slice(1);
    const process =
      pid === undefined
        ? { ...GLOBAL_PROCESS, name: top?.name ?? GLOBAL_PROCESS.name, key: top?.uuid ?? '' }
        : {
            name: named?.name || `process ${pid}`,
            key: String(pid),
            label: named?.labels ?? '',
            side: 'host' as const,
            osPid: pid,
            device: NONE,
          };
    const source = tracks.at(-1) ?? owner;
    const isAsync = source?.isAsync === true;
    return {
      process: { ...process, rank: NONE },
      track: {
        kind: isCounter ? 'counter' : thread !== undefined ? 'thread' : isAsync ? 'async' : 'other',
        name:
          thread === undefined
            ? placeLabel(below.map(({ name }) => name)) || process.name
            : thread.name || owner?.name || `thread ${thread.tid}`,
        key: thread?.tid ?? '',
        stream: NONE,
        series: '',
        unit: source?.counter?.unit ?? '',
        taskType: '',
      },
    };
  }
}

const GLOBAL_PROCESS = {
  name: 'trace',
  key: '',
  label: '',
  side: 'unknown',
  osPid: undefined,
  rank: NONE,
  device: NONE,
} as const;

function compareSiblings(a: SourceTrack, b: SourceTrack, ordering: number): number {
  if (ordering === ORDER.explicit) return a.rank - b.rank;
  if (ordering === ORDER.chronological) return 0;
  return natural.compare(a.name, b.name);
}

const natural = new Intl.Collator('en', { numeric: true });
