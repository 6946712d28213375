import { NONE, type Run, type Timeline, type TrackKind } from '../timeline/index.ts';

export interface RowCounts {
  readonly slices: number;
  readonly zeroLengthSlices: number;
  readonly instants: number;
  readonly counterSamples: number;
  /** Arrows with a slice at both ends. */
  readonly boundFlows: number;
  /** Arrows of which an end, or the slice under it, is missing. */
  readonly unboundFlows: number;
  /** What stood in the files as events of their own; a slice is one, however it was written. */
  readonly events: number;
}

export interface TrackFacts {
  readonly shard: number;
  readonly process: string;
  readonly processLabel: string;
  readonly name: string;
  readonly kind: TrackKind;
  readonly lanes: number;
  /** Slices, instants or counter samples. */
  readonly rows: number;
  /** From the run's origin; undefined on an empty track. */
  readonly firstNs: number | undefined;
  readonly lastNs: number | undefined;
}

export interface RunFacts {
  readonly counts: RowCounts;
  readonly ranks: readonly number[];
  readonly devices: readonly number[];
  readonly tracks: readonly TrackFacts[];
}

/** What is in a run, counted. */
export function describeRun(run: Run): RunFacts {
  const processes = run.shards.flatMap(({ timeline }) => timeline.processes);
  return {
    counts: countRows(run),
    ranks: distinct([...run.shards.map(({ rank = NONE }) => rank), ...processes.map(({ rank }) => rank)]),
    devices: distinct(processes.map(({ device }) => device)),
    tracks: run.shards.flatMap(({ timeline, shiftNs }, shard) => describeTracks(timeline, shard, shiftNs)),
  };
}

export function countRows(run: Run): RowCounts {
  const counts = { slices: 0, zeroLengthSlices: 0, instants: 0, counterSamples: 0, boundFlows: 0, unboundFlows: 0 };
  let flowEnds = 0;
  for (const { timeline } of run.shards) {
    const { slices, instants, counters, flows } = timeline;
    counts.slices += slices.length;
    counts.instants += instants.length;
    counts.counterSamples += counters.length;
    for (let row = 0; row < slices.length; row++) if (slices.durNs[row] === 0) counts.zeroLengthSlices++;
    for (let row = 0; row < flows.length; row++) {
      if (flows.fromSlice[row] !== NONE && flows.toSlice[row] !== NONE) counts.boundFlows++;
      else counts.unboundFlows++;
    }
    flowEnds += countFlowEnds(timeline);
  }
  return { ...counts, events: counts.slices + counts.instants + counts.counterSamples + flowEnds };
}

/** Arrows that follow each other may share an end: one start with several finishes, or a step on the way. */
function countFlowEnds({ flows }: Timeline): number {
  let count = 0;
  for (let row = 0; row < flows.length; row++) {
    const track = flows.fromTrack[row];
    const timeNs = flows.fromNs[row];
    const isShared =
      row > 0 &&
      ((track === flows.fromTrack[row - 1] && timeNs === flows.fromNs[row - 1]) ||
        (track === flows.toTrack[row - 1] && timeNs === flows.toNs[row - 1]));
    count += Number(track !== NONE && !isShared) + Number(flows.toTrack[row] !== NONE);
  }
  return count;
}

function describeTracks(timeline: Timeline, shard: number, shiftNs: number): TrackFacts[] {
  const { tracks, processes, slices, instants, counters } = timeline;
  const rows = new Uint32Array(tracks.length);
  const first = new Float64Array(tracks.length).fill(Number.POSITIVE_INFINITY);
  const last = new Float64Array(tracks.length).fill(Number.NEGATIVE_INFINITY);
  const add = (track: number, startNs: number, endNs: number): void => {
    rows[track]++;
    first[track] = Math.min(first[track], startNs + shiftNs);
    last[track] = Math.max(last[track], endNs + shiftNs);
  };
  for (let row = 0; row < slices.length; row++) {
    add(slices.track[row], slices.startNs[row], slices.startNs[row] + slices.durNs[row]);
  }
  for (let row = 0; row < instants.length; row++) add(instants.track[row], instants.timeNs[row], instants.timeNs[row]);
  for (let row = 0; row < counters.length; row++) add(counters.track[row], counters.timeNs[row], counters.timeNs[row]);
  return tracks.map((track, id) => ({
    shard,
    process: processes[track.process].name,
    processLabel: processes[track.process].label,
    name: track.series === '' ? track.name : `${track.name} ${track.series}`,
    kind: track.kind,
    lanes: track.laneCount,
    rows: rows[id],
    firstNs: rows[id] === 0 ? undefined : first[id],
    lastNs: rows[id] === 0 ? undefined : last[id],
  }));
}

function distinct(ids: readonly number[]): number[] {
  return [...new Set(ids)].filter((id) => id !== NONE).sort((a, b) => a - b);
}
