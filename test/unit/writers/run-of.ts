import type { Output, Write, WriteOptions } from '../../../src/index.ts';
import { Diagnostics } from '../../../src/index.ts';
import {
  type ArgsBlock,
  type ArgsColumns,
  type ArgsStore,
  type RawArgs,
  assertIntegrity,
  NONE,
  type Process,
  type Run,
  type Shard,
  StringTable,
  type Timeline,
  type Track,
} from '../../../src/timeline/index.ts';
import { assignLanes } from '../../../src/timeline/lanes.ts';

/** `args` is JSON text, or bytes where text could not say it; `strict` is what the scanner would have found. */
interface Row {
  readonly name: string;
  readonly category?: string;
  readonly args?: string | Uint8Array;
  readonly strict?: boolean;
}
export interface SliceSpec extends Row {
  readonly startNs: number;
  readonly durNs: number;
}
export interface InstantSpec extends Row {
  readonly timeNs: number;
}
export interface TrackSpec extends Partial<Omit<Track, 'process' | 'laneCount'>> {
  readonly slices?: readonly SliceSpec[];
  readonly instants?: readonly InstantSpec[];
  readonly samples?: readonly { readonly timeNs: number; readonly value: number }[];
}
export interface ProcessSpec extends Partial<Process> {
  readonly tracks: readonly TrackSpec[];
}
/** An arrow between slices of unique names. A missing side has no slice; times default to the slices' starts. */
export interface FlowSpec {
  readonly name: string;
  readonly category?: string;
  readonly from?: string;
  readonly to?: string;
  readonly fromNs?: number;
  readonly toNs?: number;
}
export interface PartSpec extends Partial<Pick<Shard, 'hostName' | 'capture' | 'files'>> {
  /** Of the timeline, where it is not the run's. */
  readonly originNs?: bigint;
  readonly processes: readonly ProcessSpec[];
  readonly flows?: readonly FlowSpec[];
  readonly metadata?: ReadonlyMap<string, string>;
}

/** A run of one part or several, written down as objects. */
export function runOf(parts: PartSpec | readonly PartSpec[], originNs = 1_700_000_000_000_000_000n): Run {
  const specs: readonly PartSpec[] = 'processes' in parts ? [parts] : parts;
  const shards = specs.map((spec, index) => ({
    timeline: timelineOf(spec, spec.originNs ?? originNs),
    readerId: 'test',
    files: spec.files ?? [`/captures/part${index}.json`],
    hostName: spec.hostName,
    capture: spec.capture,
    shiftNs: 0,
  }));
  return { originNs, endNs: Math.max(...shards.map(({ timeline }) => timeline.endNs)), shards };
}

export async function written(
  write: Write,
  run: Run,
  options: Partial<WriteOptions> = {},
): Promise<{ bytes: Uint8Array; diagnostics: Diagnostics }> {
  const chunks: Uint8Array[] = [];
  const output: Output = { write: async (bytes) => void chunks.push(bytes.slice()) };
  const diagnostics = new Diagnostics();
  await write(run, output, diagnostics, { absoluteTime: false, ...options });
  return { bytes: joined(chunks), diagnostics };
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function timelineOf({ processes, flows = [], metadata = new Map() }: PartSpec, originNs: bigint): Timeline {
  const strings = new StringTable();
  const args = new MemoryArgs();
  const tracks = processes.flatMap(({ tracks }, process) => tracks.map((spec) => ({ spec, process })));
  const slices = tracks.flatMap(({ spec }, track) => inModelOrder(spec.slices ?? []).map((row) => ({ ...row, track })));
  const instants = tracks.flatMap(({ spec }, track) => (spec.instants ?? []).map((row) => ({ ...row, track })));
  const samples = tracks.flatMap(({ spec }, track) => (spec.samples ?? []).map((row) => ({ ...row, track })));
  const startNs = Float64Array.from(slices, (row) => row.startNs);
  const durNs = Float64Array.from(slices, (row) => row.durNs);
  const lane = new Uint32Array(slices.length);
  const depth = new Uint16Array(slices.length);
  const sliceRange = rangesOf(slices, tracks.length);
  const laneCounts = tracks.map((_, t) => assignLanes(sliceRange[t], sliceRange[t + 1], startNs, durNs, lane, depth));
  const named = (rows: readonly (Row & { track: number })[]) => ({
    length: rows.length,
    track: Int32Array.from(rows, (row) => row.track),
    name: Int32Array.from(rows, (row) => strings.add(row.name)),
    category: Int32Array.from(rows, (row) => (row.category === undefined ? NONE : strings.add(row.category))),
    ...args.add(rows),
  });
  const columns = flowColumns(flows, slices, strings);
  const times = [
    ...slices.map((row) => row.startNs + row.durNs),
    ...instants.map((row) => row.timeNs),
    ...samples.map((row) => row.timeNs),
    ...[...columns.fromNs, ...columns.toNs].filter((ns) => !Number.isNaN(ns)),
  ];
  const timeline: Timeline = {
    originNs,
    endNs: times.reduce((last, ns) => Math.max(last, ns), 0),
    strings,
    processes: processes.map((spec, index) => ({ ...PROCESS, key: String(index + 1), ...spec })),
    tracks: tracks.map(({ spec, process }, t) => ({
      ...TRACK,
      key: String(t + 1),
      ...spec,
      process,
      laneCount: laneCounts[t],
    })),
    slices: {
      ...named(slices),
      startNs,
      durNs,
      lane,
      depth,
      fileOrder: Uint32Array.from(slices.keys()),
      typed: new Map(),
    },
    sliceRange,
    instants: { ...named(instants), timeNs: Float64Array.from(instants, (row) => row.timeNs) },
    counters: {
      length: samples.length,
      track: Int32Array.from(samples, (row) => row.track),
      timeNs: Float64Array.from(samples, (row) => row.timeNs),
      value: Float64Array.from(samples, (row) => row.value),
    },
    counterRange: rangesOf(samples, tracks.length),
    flows: columns,
    args,
    metadata,
    tables: [],
  };
  assertIntegrity(timeline);
  return timeline;
}

const PROCESS: Process = {
  name: 'process',
  key: '1',
  label: '',
  side: 'unknown',
  osPid: undefined,
  rank: NONE,
  device: NONE,
  sortKey: 0,
};
const TRACK = { kind: 'thread', name: 'track', stream: NONE, sortKey: 0, series: '', unit: '' } as const;

function inModelOrder(slices: readonly SliceSpec[]): SliceSpec[] {
  return slices.toSorted((a, b) => a.startNs - b.startNs || b.durNs - a.durNs);
}

function rangesOf(rows: readonly { readonly track: number }[], trackCount: number): Uint32Array {
  return Uint32Array.from({ length: trackCount + 1 }, (_, t) => rows.filter((row) => row.track < t).length);
}

function flowColumns(
  flows: readonly FlowSpec[],
  slices: readonly (SliceSpec & { track: number })[],
  strings: StringTable,
): Timeline['flows'] {
  const side = (name: (flow: FlowSpec) => string | undefined, timeNs: (flow: FlowSpec) => number | undefined) => {
    const rows = flows.map((flow) => slices.findIndex((slice) => slice.name === name(flow)));
    return {
      slice: Int32Array.from(rows),
      track: Int32Array.from(rows, (row) => slices[row]?.track ?? NONE),
      ns: Float64Array.from(rows, (row, i) => timeNs(flows[i]) ?? slices[row]?.startNs ?? Number.NaN),
    };
  };
  const from = side(
    ({ from }) => from,
    ({ fromNs }) => fromNs,
  );
  const to = side(
    ({ to }) => to,
    ({ toNs }) => toNs,
  );
  return {
    length: flows.length,
    name: Int32Array.from(flows, (flow) => strings.add(flow.name)),
    category: Int32Array.from(flows, ({ category }) => (category === undefined ? NONE : strings.add(category))),
    fromTrack: from.track,
    fromNs: from.ns,
    fromSlice: from.slice,
    toTrack: to.track,
    toNs: to.ns,
    toSlice: to.slice,
  };
}

/** One text after the other. */
class MemoryArgs implements ArgsStore, RawArgs {
  readonly raw = this;
  #bytes: Uint8Array = new Uint8Array(0);

  add(rows: readonly Row[]): ArgsColumns {
    const texts = rows.map(({ args = '' }) => (typeof args === 'string' ? new TextEncoder().encode(args) : args));
    let end = this.#bytes.length;
    const argsFrom = Float64Array.from(texts, (text) => (end += text.length) - text.length);
    this.#bytes = joined([this.#bytes, ...texts]);
    return {
      argsFrom,
      argsBytes: Uint32Array.from(texts, (text) => text.length),
      argsStrict: Uint8Array.from(rows, ({ strict = true }) => Number(strict)),
    };
  }

  get sizeBytes(): number {
    return this.#bytes.length;
  }

  async read(address: number, target: Uint8Array): Promise<void> {
    target.set(this.#bytes.subarray(address, address + target.length));
  }

  async block(columns: ArgsColumns, rows: ArrayLike<number>, spare?: Uint8Array): Promise<ArgsBlock> {
    const texts = Array.from(rows, (row) => {
      const start = columns.argsFrom[row];
      return this.#bytes.subarray(start, start + columns.argsBytes[row]);
    });
    const from = new Uint32Array(texts.length + 1);
    texts.forEach((text, i) => {
      from[i + 1] = from[i] + text.length;
    });
    const bytes = joined(texts);
    if (spare === undefined || spare.length < bytes.length) return { bytes, from };
    spare.set(bytes);
    return { bytes: spare, from };
  }
}
