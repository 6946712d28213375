import { NONE, type Run, type Shard, type StringId, type TypedColumn } from '../timeline/index.ts';
import { opClasses } from './op-class.ts';
import { deviceIdOf, deviceKey } from './device-id.ts';

/** All ops of one type that ran on one kind of core of a device. */
export interface OpTypeTimes {
  readonly opType: string;
  /** As the profiler calls it: AI_CORE, MIX_AIV; '' where it does not say. */
  readonly core: string;
  count: number;
  totalNs: number;
  minNs: number;
  maxNs: number;
}

/** The ops on the streams of each device whose type is known, by deviceKey and opTypeKey. */
export function opTypeTimes(run: Run): Map<string, Map<string, OpTypeTimes>> {
  const devices = new Map<string, Map<string, OpTypeTimes>>();
  for (const shard of run.shards) addShard(shard, devices);
  return devices;
}

export function opTypeKey(opType: string, core: string): string {
  return JSON.stringify([opType, core]);
}

function addShard(shard: Shard, devices: Map<string, Map<string, OpTypeTimes>>): void {
  const { slices, sliceRange, tracks, processes, strings } = shard.timeline;
  const opTypes = textColumn(slices.typed.get('opType'));
  const cores = textColumn(slices.typed.get('taskType'));
  if (opTypes === undefined) return;
  const textOf = (id: StringId): string => (id === NONE ? '' : strings.get(id));
  const classOf = opClasses(shard.timeline);
  for (const [id, { kind, process }] of tracks.entries()) {
    if (kind !== 'stream') continue;
    const key = deviceKey(deviceIdOf(shard, processes[process]));
    const ofDevice = devices.get(key) ?? new Map<string, OpTypeTimes>();
    devices.set(key, ofDevice);
    /** By the ids of type and core, so that no text is made for each op. */
    const seen = new Map<number, OpTypeTimes>();
    for (let row = sliceRange[id]; row < sliceRange[id + 1]; row++) {
      const opType = opTypes.at(row);
      const opClass = opType === NONE ? undefined : classOf(row);
      if (opClass !== 'compute' && opClass !== 'communication') continue;
      const core = cores?.at(row) ?? NONE;
      const pair = opType * (strings.size + 1) + core + 1;
      const times = seen.get(pair) ?? timesOf(ofDevice, textOf(opType), textOf(core));
      seen.set(pair, times);
      add(times, slices.durNs[row]);
    }
  }
}

function textColumn(column: TypedColumn | undefined): TypedColumn | undefined {
  return column?.kind === 'text' ? column : undefined;
}

function timesOf(all: Map<string, OpTypeTimes>, opType: string, core: string): OpTypeTimes {
  const key = opTypeKey(opType, core);
  const times = all.get(key) ?? { opType, core, count: 0, totalNs: 0, minNs: Number.POSITIVE_INFINITY, maxNs: 0 };
  all.set(key, times);
  return times;
}

function add(times: OpTypeTimes, durNs: number): void {
  times.count++;
  times.totalNs += durNs;
  times.minNs = Math.min(times.minNs, durNs);
  times.maxNs = Math.max(times.maxNs, durNs);
}
