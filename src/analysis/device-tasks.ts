/**
 * What ran on each device, from all files that know of it, as one list in the order of time: the base of the analyses.
 *
 * Tasks are the slices on streams and on the rows of collectives; planes only repeat these and are left out, as is what a
 * tool derived from others, on tracks of its own or among them. Columns, because there may be tens of millions: no object
 * stands for a task.
 */
import { compareText } from '../base/index.ts';
import { ENGINES_LABEL, NONE, type Run, type Shard, type Track } from '../timeline/index.ts';
import { type DeviceId, deviceIdOf, deviceKey } from './device-id.ts';
import { CLASS } from './op-class.ts';
import { RunTexts } from './run-texts.ts';
import { mergeSorted } from './sorted-merge.ts';
import { TaskFacts } from './task-facts.ts';

/** A row of a device on which its tasks stand. */
export interface DeviceStream {
  readonly name: string;
  readonly kind: 'stream' | 'communication';
  /** As the device numbers it; NONE where unknown. */
  readonly stream: number;
  /** The core whose engine it is, where tracks are engines: the process in its shard; NONE elsewhere. */
  readonly core: number;
  /** The number of the shard in the run, and of the track in it. */
  readonly shard: number;
  readonly track: number;
}

/** Sorted by (startNs, longest first). Times are integer ns from the run's origin. */
export interface DeviceTasks extends DeviceId {
  readonly length: number;
  readonly startNs: Float64Array;
  readonly endNs: Float64Array;
  /** Of the table CLASS. */
  readonly opClass: Uint8Array;
  /** Position in OP_KINDS. */
  readonly kind: Uint8Array;
  /** Position in `streams`. */
  readonly stream: Uint32Array;
  readonly streams: readonly DeviceStream[];
  /** The slice of each task in the shard of its stream. */
  readonly slice: Int32Array;
  /** In `texts`. The type is what its name says where nobody tells it: task-facts.ts. */
  readonly name: Int32Array;
  readonly type: Int32Array;
  readonly texts: RunTexts;
}

/** One entry for each device that has tasks, by rank and device. */
export function deviceTasks(run: Run): DeviceTasks[] {
  const texts = new RunTexts();
  const devices = new Map<string, { id: DeviceId; streams: FoundStream[] }>();
  for (const [number, shard] of run.shards.entries()) {
    for (const [track, each] of shard.timeline.tracks.entries()) {
      if (!isDeviceStream(each) || sliceCount(shard, track) === 0) continue;
      const process = shard.timeline.processes[each.process];
      const id = deviceIdOf(shard, process);
      const device = devices.get(deviceKey(id)) ?? { id, streams: [] };
      devices.set(deviceKey(id), device);
      const core = process.label === ENGINES_LABEL ? each.process : NONE;
      const { name, kind, stream } = each;
      device.streams.push({ name, process: process.name, core, kind, stream, shard: number, track });
    }
  }
  const facts = run.shards.map((shard) => new TaskFacts(shard, texts));
  return [...devices.values()]
    .map(({ id, streams }) => tasksOf(run, id, withCores(streams), facts, texts))
    .filter(({ length }) => length > 0)
    .sort((a, b) => a.rank - b.rank || compareText(a.capture ?? '', b.capture ?? '') || a.device - b.device);
}

type FoundStream = DeviceStream & { readonly process: string };

/** "Core 3 TIU" where a device has several cores with engines. */
function withCores(streams: readonly FoundStream[]): DeviceStream[] {
  const hasSeveral = new Set(streams.map(({ core, shard }) => (core === NONE ? '' : `${shard} ${core}`))).size > 1;
  return streams.map(({ process, ...stream }) => {
    const isOfCore = hasSeveral && stream.core !== NONE;
    return isOfCore ? { ...stream, name: `${process} ${stream.name}` } : stream;
  });
}

function isDeviceStream(track: Track): track is Track & { readonly kind: DeviceStream['kind'] } {
  return track.kind === 'stream' || track.kind === 'communication';
}

function sliceCount({ timeline: { sliceRange } }: Shard, track: number): number {
  return sliceRange[track + 1] - sliceRange[track];
}

/** Each stream is sorted already, so they only have to be merged. */
function tasksOf(
  run: Run,
  id: DeviceId,
  streams: readonly DeviceStream[],
  facts: readonly TaskFacts[],
  texts: RunTexts,
): DeviceTasks {
  const lists = streams.map(({ shard, track }) => {
    const { timeline, shiftNs } = run.shards[shard];
    const { slices, sliceRange } = timeline;
    const { startNs, durNs } = slices;
    return { startNs, durNs, shiftNs, from: sliceRange[track], to: sliceRange[track + 1] };
  });
  const length = lists.reduce((sum, { from, to }) => sum + to - from, 0);
  const tasks = {
    ...id,
    ...{ length, streams, texts },
    startNs: new Float64Array(length),
    endNs: new Float64Array(length),
    opClass: new Uint8Array(length),
    kind: new Uint8Array(length),
    stream: new Uint32Array(length),
    slice: new Int32Array(length),
    name: new Int32Array(length),
    type: new Int32Array(length),
  };
  const isDerived = streams.map(({ shard }) => facts[shard].isDerived);
  let task = 0;
  mergeSorted(lists, (stream, from, to) => {
    const { startNs, durNs, shiftNs } = lists[stream];
    for (let slice = from; slice < to; slice++) {
      if (isDerived[stream]?.(slice) === true) continue;
      tasks.startNs[task] = startNs[slice] + shiftNs;
      tasks.endNs[task] = startNs[slice] + shiftNs + durNs[slice];
      tasks.stream[task] = stream;
      tasks.slice[task] = slice;
      task++;
    }
  });
  const found = task === length ? tasks : firstOf(tasks, task);
  describe(found, facts);
  countCollectivesOnce(found);
  return found;
}

function describe(
  { length, streams, stream, slice, opClass, kind, name, type }: DeviceTasks,
  facts: readonly TaskFacts[],
): void {
  const isRow = streams.map((each) => each.kind === 'communication');
  const factsOf = streams.map(({ shard }) => facts[shard]);
  for (let task = 0; task < length; task++) {
    const own = factsOf[stream[task]];
    own.look(slice[task], isRow[stream[task]]);
    opClass[task] = own.opClass;
    kind[task] = own.kind;
    name[task] = own.name;
    type[task] = own.type;
  }
}

function firstOf(tasks: DeviceTasks, length: number): DeviceTasks {
  const { startNs, endNs, opClass, kind, stream, slice, name, type } = tasks;
  return {
    ...tasks,
    length,
    startNs: startNs.subarray(0, length),
    endNs: endNs.subarray(0, length),
    opClass: opClass.subarray(0, length),
    stream: stream.subarray(0, length),
    slice: slice.subarray(0, length),
    kind: kind.subarray(0, length),
    name: name.subarray(0, length),
    type: type.subarray(0, length),
  };
}

/**
 * A collective may run as kernels on streams as well as stand on the row of its group: what lies within one that does is a
 * part of it. Ends are exact, so the time in which the device communicates stays the same.
 */
function countCollectivesOnce({ length, startNs, endNs, opClass, stream, streams }: DeviceTasks): void {
  const isRow = streams.map(({ kind }) => kind === 'communication');
  if (!isRow.includes(true)) return;
  let next = 0;
  let coveredToNs = Number.NEGATIVE_INFINITY;
  for (let task = 0; task < length; task++) {
    if (opClass[task] !== CLASS.communication || isRow[stream[task]]) continue;
    for (; next < length && startNs[next] <= startNs[task]; next++) {
      if (isRow[stream[next]]) coveredToNs = Math.max(coveredToNs, endNs[next]);
    }
    if (endNs[task] <= coveredToNs) opClass[task] = CLASS.part;
  }
}
