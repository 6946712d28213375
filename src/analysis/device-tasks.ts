/**
 * What ran on each device, from all files that know of it, as one list in the order of time: the base of the analyses.
 *
 * Tasks are the slices on streams and on the rows of collectives; planes only repeat these and are left out, as is what a
 * tool derived from others, on tracks of its own or among them. Columns, because there may be tens of millions: no object stands for a task.
 */
import { compareText } from '../base/index.ts';
import { NONE, type Run, type Shard, type Track } from '../timeline/index.ts';
import { type DeviceId, deviceIdOf, deviceKey } from './device-id.ts';
import { mergedOrder } from './merged-order.ts';
import { CLASS, opClasses } from './op-class.ts';
import { RunTexts, type TextId } from './run-texts.ts';

/** A row of a device on which its tasks stand. */
export interface DeviceStream {
  readonly name: string;
  readonly kind: 'stream' | 'communication';
  /** As the device numbers it; NONE where unknown. */
  readonly stream: number;
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
  /** Position in `streams`. */
  readonly stream: Uint32Array;
  readonly streams: readonly DeviceStream[];
  /** The slice of each task in the shard of its stream. */
  readonly slice: Int32Array;
  /** In `texts`; the type is the name where nobody tells it. */
  readonly name: Int32Array;
  readonly type: Int32Array;
  readonly texts: RunTexts;
}

/** One entry for each device that has tasks, by rank and device. */
export function deviceTasks(run: Run): DeviceTasks[] {
  const texts = new RunTexts();
  const devices = new Map<string, { id: DeviceId; streams: DeviceStream[] }>();
  for (const [number, shard] of run.shards.entries()) {
    for (const [track, each] of shard.timeline.tracks.entries()) {
      if (!isDeviceStream(each) || sliceCount(shard, track) === 0) continue;
      const id = deviceIdOf(shard, shard.timeline.processes[each.process]);
      const device = devices.get(deviceKey(id)) ?? { id, streams: [] };
      devices.set(deviceKey(id), device);
      device.streams.push({ name: each.name, kind: each.kind, stream: each.stream, shard: number, track });
    }
  }
  const columns = run.shards.map((shard) => taskColumnsOf(shard, texts.of(shard)));
  return [...devices.values()]
    .map(({ id, streams }) => tasksOf(run, id, streams, columns, texts))
    .filter(({ length }) => length > 0)
    .sort((a, b) => a.rank - b.rank || compareText(a.capture ?? '', b.capture ?? '') || a.device - b.device);
}

function isDeviceStream(track: Track): track is Track & { readonly kind: DeviceStream['kind'] } {
  return track.kind === 'stream' || track.kind === 'communication';
}

function sliceCount({ timeline: { sliceRange } }: Shard, track: number): number {
  return sliceRange[track + 1] - sliceRange[track];
}

interface TaskColumns {
  /** Of the table CLASS; NONE for what is no task. */
  readonly classAt: (slice: number) => number;
  readonly nameAt: (slice: number) => TextId;
  readonly typeAt: (slice: number) => TextId;
}

function taskColumnsOf({ timeline }: Shard, textOf: (id: number) => TextId): TaskColumns {
  const { slices } = timeline;
  const classOf = opClasses(timeline);
  const opType = slices.typed.get('opType');
  const nameAt = (slice: number): TextId => textOf(slices.name[slice]);
  return {
    classAt: (slice) => {
      const opClass = classOf(slice);
      return opClass === undefined ? NONE : CLASS[opClass];
    },
    nameAt,
    typeAt:
      opType?.kind !== 'text'
        ? nameAt
        : (slice) => {
            const id = opType.at(slice);
            return id === NONE ? nameAt(slice) : textOf(id);
          },
  };
}

/** Each stream is sorted already, so they only have to be merged. */
function tasksOf(
  run: Run,
  id: DeviceId,
  streams: readonly DeviceStream[],
  columns: readonly TaskColumns[],
  texts: RunTexts,
): DeviceTasks {
  const ends = [0];
  for (const { shard, track } of streams) ends.push(ends[ends.length - 1] + sliceCount(run.shards[shard], track));
  const length = ends[ends.length - 1];
  const unordered = { startNs: new Float64Array(length), endNs: new Float64Array(length) };
  for (const [number, { shard, track }] of streams.entries()) {
    const { timeline, shiftNs } = run.shards[shard];
    const { startNs, durNs } = timeline.slices;
    for (let slice = timeline.sliceRange[track], row = ends[number]; row < ends[number + 1]; slice++, row++) {
      unordered.startNs[row] = startNs[slice] + shiftNs;
      unordered.endNs[row] = unordered.startNs[row] + durNs[slice];
    }
  }
  const order = mergedOrder(ends, unordered.startNs, unordered.endNs);
  const tasks = {
    ...id,
    ...{ length, streams, texts },
    startNs: new Float64Array(length),
    endNs: new Float64Array(length),
    opClass: new Uint8Array(length),
    stream: new Uint32Array(length),
    slice: new Int32Array(length),
    name: new Int32Array(length),
    type: new Int32Array(length),
  };
  const streamOf = new Uint32Array(length);
  for (let number = 0; number < streams.length; number++) streamOf.fill(number, ends[number], ends[number + 1]);
  const firstSlice = streams.map(({ shard, track }) => run.shards[shard].timeline.sliceRange[track]);
  let task = 0;
  for (const row of order) {
    const number = streamOf[row];
    const slice = firstSlice[number] + row - ends[number];
    const { classAt, nameAt, typeAt } = columns[streams[number].shard];
    const opClass = classAt(slice);
    if (opClass === NONE) continue;
    tasks.startNs[task] = unordered.startNs[row];
    tasks.endNs[task] = unordered.endNs[row];
    tasks.stream[task] = number;
    tasks.slice[task] = slice;
    tasks.opClass[task] = opClass;
    tasks.name[task] = nameAt(slice);
    tasks.type[task] = typeAt(slice);
    task++;
  }
  return task === length ? tasks : firstOf(tasks, task);
}

function firstOf(tasks: DeviceTasks, length: number): DeviceTasks {
  const { startNs, endNs, opClass, stream, slice, name, type } = tasks;
  return {
    ...tasks,
    length,
    startNs: startNs.subarray(0, length),
    endNs: endNs.subarray(0, length),
    opClass: opClass.subarray(0, length),
    stream: stream.subarray(0, length),
    slice: slice.subarray(0, length),
    name: name.subarray(0, length),
    type: type.subarray(0, length),
  };
}
