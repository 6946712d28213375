import { ENGINES_LABEL, NONE } from '../../timeline/index.ts';
import type { Placement, TrackPath } from './track-tree.ts';

/**
 * bigTpuProfile 0.3: a track for each core, `CDMA` with a track for each port, and below them the engines; below a port what
 * it sends and receives, since 0.3.7. Seen in what 0.3.7 writes. In our own traces ports are called `CDMA 0`.
 */
const CORE = /^Core (\d+)$/;
const PORT = /^CDMA (?:port ?)?\d+(?: [TR]X)?$/;
const ENGINE_TYPES = new Map([
  ['TIU', 'TPU_BD'],
  ['GDMA', 'TPU_GDMA'],
  ['SDMA', 'TPU_SDMA'],
]);
const KERNELS = /^(CDMA port ?\d+ )?Kernel Function$/;
/** Its counters carry no unit. */
const UNITS = new Map([
  ['TIU Utilization', '%'],
  ['GDMA Bandwidth', 'GB/s'],
]);

/** The task type of all that an engine does; empty for tracks that are none. */
export function engineType(trackName: string): string {
  return PORT.test(trackName) ? 'TPU_CDMA' : (ENGINE_TYPES.get(trackName) ?? '');
}

/** The tracks of Sophon's chips, whose engines are device streams; undefined for all others. */
export function engineOf({ tracks, owner, isCounter }: TrackPath): Placement | undefined {
  if (owner !== undefined || tracks.length < 2) return undefined;
  const [top] = tracks;
  const { name, counter, uuid } = tracks[tracks.length - 1];
  const isOfPort = top.name === 'CDMA' && tracks.length <= 3 && (PORT.test(name) || KERNELS.test(name));
  const isOfCore = CORE.test(top.name) && tracks.length === 2 && /^(TIU|GDMA|SDMA|Kernel Function)/.test(name);
  if (!isOfPort && !isOfCore) return undefined;
  const taskType = isCounter ? '' : engineType(name);
  return {
    process: {
      ...{ name: top.name, key: top.uuid, label: ENGINES_LABEL },
      ...{ side: 'device', osPid: undefined, rank: NONE, device: 0 },
    },
    track: {
      kind: isCounter ? 'counter' : taskType === '' ? 'other' : 'stream',
      name,
      key: uuid,
      stream: NONE,
      series: '',
      unit: counter?.unit || (isCounter ? (UNITS.get(name) ?? '') : ''),
      taskType,
    },
  };
}
