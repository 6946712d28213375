/**
 * Until when a collective waited for the slowest rank, from the best that knows it:
 *
 * - planes: of the waits that begin before the first transfer the one that ends last; a copy before the first wait is local,
 *   as no peer has said yet that it is ready. If what the rank does before that wait takes longer, it did not wait.
 * - ranks: the start of the same collective on the rank that came last, where clocks are aligned. The same are the same name
 *   and occurrence, of names that occur equally often; not where a rank has several captures, which are of several jobs.
 * - table: the vendor's waits before the first transfer, which it takes from the first plane only.
 */
import { NONE, partsOf, type Run, type Shard } from '../../timeline/index.ts';
import { deviceIdOf, deviceKey } from '../device-id.ts';
import { TimeCursor } from './time-cursor.ts';

const WAIT = /^Notify_Wait/i;
const RECORD = /^Notify_Record/i;

export interface WaitEnd {
  /** The start of the collective where it did not wait. Integer ns from the run's origin. */
  readonly endNs: number;
  readonly confidence: number;
  /** How much earlier or later it may have been. */
  readonly doubtNs: number;
}

/** When collectives of one name started on each device, in order. */
type StartsByDevice = ReadonlyMap<string, Starts>;
interface Starts {
  readonly startNs: Float64Array;
  readonly cursor: TimeCursor;
}

export class CollectiveWaits {
  readonly #run: Run;
  readonly #hasSeveralJobs: boolean;
  #starts: Map<string, StartsByDevice> | undefined;
  #tables: Map<string, number[]> | undefined;
  /** By shard and track of collectives, the tracks of its planes. */
  readonly #planes: Plane[][][] = [];

  constructor(run: Run) {
    this.#run = run;
    const ranks = partsOf(run.shards).map(({ rank }) => rank);
    this.#hasSeveralJobs = ranks.some((rank, at) => rank !== NONE && ranks.indexOf(rank) < at);
  }

  /** Of a slice on a row of collectives; undefined where nothing tells. */
  of(shard: number, track: number, slice: number): WaitEnd | undefined {
    return this.#onPlanes(shard, track, slice) ?? this.#onRanks(shard, track, slice) ?? this.#inTables(shard, slice);
  }

  #onPlanes(shard: number, track: number, slice: number): WaitEnd | undefined {
    const { timeline, shiftNs } = this.#run.shards[shard];
    const { slices, strings } = timeline;
    const fromNs = slices.startNs[slice];
    const toNs = fromNs + slices.durNs[slice];
    const parts = this.#planesOf(shard, track).flatMap(({ firstSlice, starts }) => {
      const [from, to] = [starts.firstFrom(fromNs), starts.firstFrom(toNs)];
      return Array.from({ length: to - from }, (_, at) => firstSlice + from + at);
    });
    const isA = (pattern: RegExp) => (part: number) => pattern.test(strings.get(slices.name[part]));
    const waits = parts.filter(isA(WAIT));
    if (waits.length === 0) return undefined;
    const firstWaitNs = Math.min(...waits.map((part) => slices.startNs[part]));
    const transfers = parts.filter((part) => !isA(WAIT)(part) && !isA(RECORD)(part));
    const transferNs = Math.min(...transfers.map((part) => slices.startNs[part]).filter((ns) => ns >= firstWaitNs));
    const endOf = (part: number): number => slices.startNs[part] + slices.durNs[part];
    const last = waits
      .filter((part) => slices.startNs[part] < transferNs)
      .reduce((a, b) => (endOf(b) > endOf(a) ? b : a), waits[0]);
    const untilNs = Math.min(endOf(last), toNs);
    const share = untilNs > fromNs ? (untilNs - slices.startNs[last]) / (untilNs - fromNs) : 0;
    if (2 * share <= 1) return { endNs: fromNs + shiftNs, confidence: 1 - share, doubtNs: 0 };
    return { endNs: untilNs + shiftNs, confidence: share, doubtNs: 0 };
  }

  /** The planes of a group follow it. */
  #planesOf(shard: number, group: number): readonly Plane[] {
    const known = (this.#planes[shard] ??= planesByGroup(this.#run.shards[shard]));
    return known[group] ?? [];
  }

  #onRanks(shard: number, track: number, slice: number): WaitEnd | undefined {
    this.#starts ??= startsByName(this.#run);
    const { timeline, shiftNs } = this.#run.shards[shard];
    const { slices, strings } = timeline;
    const startNs = slices.startNs[slice] + shiftNs;
    const all = this.#starts.get(strings.get(slices.name[slice]));
    const own = all?.get(deviceOf(this.#run.shards[shard], track));
    if (all === undefined || own === undefined || all.size < 2 || this.#hasSeveralJobs) return undefined;
    const occurrence = own.cursor.firstFrom(startNs);
    const counterparts = [...all.values()].map((starts) => starts.startNs);
    if (counterparts.some(({ length }) => length !== own.startNs.length)) return undefined;
    const lastNs = Math.max(...counterparts.map((starts) => starts[occurrence]));
    const doubtNs = this.#run.alignment?.residual?.maxNs ?? 0;
    if (lastNs >= startNs + slices.durNs[slice]) return undefined;
    return { endNs: lastNs, confidence: 0.7, doubtNs };
  }

  #inTables(shard: number, slice: number): WaitEnd | undefined {
    this.#tables ??= waitsInTables(this.#run);
    const { timeline, shiftNs } = this.#run.shards[shard];
    const { slices, strings } = timeline;
    const waits = this.#tables.get(tableKey(this.#run.shards[shard], strings.get(slices.name[slice])));
    // The same name more than once: nothing tells which row is whose.
    if (waits?.length !== 1) return undefined;
    const [waitNs] = waits;
    const endNs = slices.startNs[slice] + shiftNs + Math.min(Math.round(waitNs), slices.durNs[slice]);
    return { endNs, confidence: 0.6, doubtNs: 0 };
  }
}

interface Plane {
  readonly firstSlice: number;
  readonly starts: TimeCursor;
}

function planesByGroup({ timeline: { tracks, slices, sliceRange } }: Shard): Plane[][] {
  const planes: Plane[][] = [];
  let group = NONE;
  for (const [id, { kind, process }] of tracks.entries()) {
    if (kind === 'communication') group = id;
    if (kind !== 'plane' || group === NONE || tracks[group].process !== process) continue;
    const [firstSlice, end] = [sliceRange[id], sliceRange[id + 1]];
    (planes[group] ??= []).push({ firstSlice, starts: new TimeCursor(slices.startNs.subarray(firstSlice, end)) });
  }
  return planes;
}

function startsByName({ shards }: Run): Map<string, StartsByDevice> {
  const names = new Map<string, Map<string, number[]>>();
  for (const shard of shards) {
    const { tracks, slices, sliceRange, strings } = shard.timeline;
    for (const [track, { kind }] of tracks.entries()) {
      if (kind !== 'communication') continue;
      const device = deviceOf(shard, track);
      for (let slice = sliceRange[track]; slice < sliceRange[track + 1]; slice++) {
        const name = strings.get(slices.name[slice]);
        const devices = names.get(name) ?? new Map<string, number[]>();
        names.set(name, devices);
        const starts = devices.get(device) ?? [];
        devices.set(device, starts);
        starts.push(slices.startNs[slice] + shard.shiftNs);
      }
    }
  }
  return new Map([...names].map(([name, devices]) => [name, new Map([...devices].map(sorted))]));
}

function sorted([device, starts]: [string, number[]]): [string, Starts] {
  const startNs = Float64Array.from(starts).sort();
  return [device, { startNs, cursor: new TimeCursor(startNs) }];
}

function deviceOf(shard: Shard, track: number): string {
  const { tracks, processes } = shard.timeline;
  return deviceKey(deviceIdOf(shard, processes[tracks[track].process]));
}

function waitsInTables({ shards }: Run): Map<string, number[]> {
  const waits = new Map<string, number[]>();
  for (const shard of shards) {
    for (const { kind, columns, rowCount, strings } of shard.timeline.tables) {
      const names = columns.find(({ name }) => name === 'name');
      const times = columns.find(({ name }) => name === 'synchronizationNs');
      if (kind !== 'collectives' || names?.kind !== 'text' || times?.kind !== 'number') continue;
      for (let row = 0; row < rowCount; row++) {
        if (names.values[row] === NONE || Number.isNaN(times.values[row])) continue;
        const key = tableKey(shard, strings.get(names.values[row]));
        const ofName = waits.get(key) ?? [];
        waits.set(key, ofName);
        ofName.push(times.values[row]);
      }
    }
  }
  return waits;
}

function tableKey({ capture, rank }: Shard, name: string): string {
  return JSON.stringify([capture ?? rank ?? NONE, name]);
}
