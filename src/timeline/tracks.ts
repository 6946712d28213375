import { NONE, type Process, type Track, type TrackKind } from './model.ts';

/** What is known of a process while its events are read. */
export interface ProcessDraft {
  readonly key: string;
  name: string;
  label: string;
  sortKey: number | undefined;
}

export interface TrackDraft {
  readonly process: number;
  readonly kind: 'thread' | 'async' | 'counter';
  readonly key: string;
  name: string;
  sortKey: number | undefined;
  readonly series: string;
}

/** A reader's knowledge of what its processes and tracks are. */
export interface TrackNaming {
  process(draft: ProcessDraft, all: readonly ProcessDraft[]): Omit<Process, 'key' | 'sortKey'>;
  track(draft: TrackDraft, process: Process): { kind: TrackKind; name: string; stream: number; unit: string };
}

const KEY_SPAN = 2 ** 26;

/** Finds or makes the tracks that events name, by the ids of their keys in the reader's key table. */
export class TrackRegister {
  readonly processes: ProcessDraft[] = [];
  readonly tracks: TrackDraft[] = [];
  readonly #keyText: (id: number) => string;
  readonly #processByKey = new Map<number, number>();
  readonly #threadByKeys = new Map<number, number>();
  readonly #otherByText = new Map<string, number>();

  constructor(keyText: (id: number) => string) {
    this.#keyText = keyText;
  }

  process(pid: number): number {
    let process = this.#processByKey.get(pid);
    if (process === undefined) {
      process = this.processes.length;
      this.newProcess({ key: pid === NONE ? '' : this.#keyText(pid), name: '', label: '', sortKey: undefined });
      this.#processByKey.set(pid, process);
    }
    return process;
  }

  thread(pid: number, tid: number): number {
    const keys = (pid + 1) * KEY_SPAN + tid + 1;
    let track = this.#threadByKeys.get(keys);
    if (track === undefined) {
      track = this.#add(pid, 'thread', tid === NONE ? '' : this.#keyText(tid), '', '');
      this.#threadByKeys.set(keys, track);
    }
    return track;
  }

  /** One track per counter name and series of a process. */
  counter(pid: number, name: string, series: string): number {
    return this.#named(pid, 'counter', name, series);
  }

  /** Async slices of one name share a track; those that overlap get lanes. */
  async(pid: number, name: string): number {
    return this.#named(pid, 'async', name, '');
  }

  /** A process, or a track of one, that the reader tells from others by itself. */
  newProcess(draft: ProcessDraft): number {
    return this.processes.push(draft) - 1;
  }

  newTrack(draft: TrackDraft): number {
    return this.tracks.push(draft) - 1;
  }

  #named(pid: number, kind: 'async' | 'counter', name: string, series: string): number {
    const text = JSON.stringify([pid, kind, name, series]);
    let track = this.#otherByText.get(text);
    if (track === undefined) {
      track = this.#add(pid, kind, '', name, series);
      this.#otherByText.set(text, track);
    }
    return track;
  }

  #add(pid: number, kind: TrackDraft['kind'], key: string, name: string, series: string): number {
    return this.newTrack({ process: this.process(pid), kind, key, name, sortKey: undefined, series });
  }
}

export interface SettledTracks {
  readonly processes: Process[];
  readonly tracks: Omit<Track, 'laneCount'>[];
  /** Final track number by draft number. */
  readonly trackOf: Int32Array;
}

const KIND_ORDER: readonly TrackKind[] = [
  'thread',
  'stream',
  'communication',
  'plane',
  'overlap',
  'async',
  'counter',
  'other',
];

/** Names everything and puts it in the order people want to see: by rank, host before device, then as the file says. */
export function settleTracks(register: TrackRegister, naming: TrackNaming): SettledTracks {
  const named = register.processes.map((draft): Process => ({
    ...naming.process(draft, register.processes),
    key: draft.key,
    sortKey: draft.sortKey ?? Number.MAX_SAFE_INTEGER,
  }));
  const processOrder = named.map((_, index) => index).sort((a, b) => compareProcesses(named[a], named[b]) || a - b);
  const processOf = inverse(processOrder);
  const processes = processOrder.map((index) => named[index]);
  const tracks = register.tracks.map((draft): Omit<Track, 'laneCount'> => {
    const process = processOf[draft.process];
    return {
      ...naming.track(draft, processes[process]),
      process,
      key: draft.key,
      sortKey: draft.sortKey ?? Number.MAX_SAFE_INTEGER,
      series: draft.series,
    };
  });
  const trackOrder = tracks.map((_, index) => index).sort((a, b) => compareTracks(tracks[a], tracks[b]) || a - b);
  return { processes, tracks: trackOrder.map((index) => tracks[index]), trackOf: inverse(trackOrder) };
}

const SIDES = ['host', 'unknown', 'device'];
const natural = new Intl.Collator('en', { numeric: true });

function compareProcesses(a: Process, b: Process): number {
  return (
    a.rank - b.rank ||
    SIDES.indexOf(a.side) - SIDES.indexOf(b.side) ||
    a.device - b.device ||
    a.sortKey - b.sortKey ||
    natural.compare(a.key, b.key)
  );
}

function compareTracks(a: Omit<Track, 'laneCount'>, b: Omit<Track, 'laneCount'>): number {
  return (
    a.process - b.process ||
    Number(a.kind === 'counter') - Number(b.kind === 'counter') ||
    a.sortKey - b.sortKey ||
    KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind) ||
    natural.compare(a.name, b.name) ||
    natural.compare(a.series, b.series)
  );
}

function inverse(order: readonly number[]): Int32Array {
  const result = new Int32Array(order.length);
  order.forEach((original, position) => {
    result[original] = position;
  });
  return result;
}
