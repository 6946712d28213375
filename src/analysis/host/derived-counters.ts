import type { Run, Timeline, Track } from '../../timeline/index.ts';
import type { DeviceAnalysis, RunAnalysis } from '../analyse-run.ts';
import { copyBandwidths } from './copy-bandwidth.ts';
import { launchedTasks } from './launched-tasks.ts';
import { queueLengths } from './queue-length.ts';
import type { RunningSum } from './running-sum.ts';

/** A counter worked out of launches and copies, beside the tracks of a device. */
interface DerivedCounter {
  readonly shard: number;
  readonly process: number;
  readonly name: string;
  readonly unit: string;
  readonly series: RunningSum;
}

/**
 * The run with counters of queue lengths and of memory bandwidth among those of its devices, as if its profiler had recorded
 * them. Slices, and the numbers of tracks, stay as they are.
 */
export function withDerivedCounters(analysis: RunAnalysis): Run {
  const { run, devices } = analysis;
  const counters = devices.flatMap((device) => countersOf(analysis, device));
  if (counters.length === 0) return run;
  const shards = run.shards.map((shard, number) => {
    const own = counters.filter((each) => each.shard === number);
    return own.length === 0 ? shard : { ...shard, timeline: withCounters(shard.timeline, own, shard.shiftNs) };
  });
  return { ...run, shards };
}

function countersOf(analysis: RunAnalysis, device: DeviceAnalysis): DerivedCounter[] {
  const { streams } = device.tasks;
  const { shards } = analysis.run;
  const placeOf = ({ shard, track }: (typeof streams)[number]) => ({
    shard,
    process: shards[shard].timeline.tracks[track].process,
  });
  const queues = queueLengths(device, launchedTasks(analysis, device)).flatMap(({ stream, series }) =>
    stream === undefined
      ? []
      : [{ ...placeOf(streams[stream]), name: `Queue length ${streams[stream].name}`, unit: '', series }],
  );
  const copies = copyBandwidths(analysis, device)
    .filter(({ ratedCount }) => ratedCount > 0)
    .map(({ kind, series }) => ({ ...placeOf(streams[0]), name: `Bandwidth ${kind}`, unit: 'GB/s', series }));
  return [...queues, ...copies];
}

function withCounters(timeline: Timeline, own: readonly DerivedCounter[], shiftNs: number): Timeline {
  const { tracks, sliceRange, counterRange, counters } = timeline;
  const made = own.map(({ process, name, unit }): Track => ({
    ...{ process, kind: 'counter', name, key: '', stream: -1, series: name, unit },
    ...{ sortKey: Number.MAX_SAFE_INTEGER, laneCount: 1 },
  }));
  const length = own.reduce((sum, { series }) => sum + series.at.length, counters.length);
  const wider = { track: new Int32Array(length), timeNs: new Float64Array(length), value: new Float64Array(length) };
  wider.track.set(counters.track);
  wider.timeNs.set(counters.timeNs);
  wider.value.set(counters.value);
  let end = counters.length;
  const ends = own.map(({ series }, at) => {
    wider.track.fill(tracks.length + at, end, end + series.at.length);
    wider.timeNs.set(
      series.at.map((timeNs) => timeNs - shiftNs),
      end,
    );
    wider.value.set(series.value, end);
    return (end += series.at.length);
  });
  return {
    ...timeline,
    tracks: [...tracks, ...made],
    sliceRange: Uint32Array.from([...sliceRange, ...own.map(() => sliceRange[tracks.length])]),
    counters: { length, ...wider },
    counterRange: Uint32Array.from([...counterRange, ...ends]),
  };
}
