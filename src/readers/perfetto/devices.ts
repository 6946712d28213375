import { placeLabel } from '../../base/index.ts';
import { NONE } from '../../timeline/index.ts';
import type { SourceTracks } from './source-tracks.ts';
import type { Placement, TrackPath } from './track-tree.ts';

/** What accelerators are called where a number follows: "GPU 0", "NPU:3", "AGENT [2]" of rocprofv3. */
const DEVICE = /\b(?:(GPU|NPU|XPU|TPU|DCU|MLU|GCU|MUSA)|CUDA device|HIP device|AGENT) ?[:#[]? ?(\d+)/i;
/** rocprofv3 says of its agents which of them are CPUs. */
const IS_HOST = /\(CPU\)|\bCPU$/;
/** Rows that only devices have; the number is that of the queue. */
const QUEUE = /\b(?:stream|(?:hsa |hardware |hw |command )?queue) ?[:#[]? ?(\d+)/i;
/** Queues without a device before them, that are named so and no other way. */
const WHOLE_QUEUE = /^(?:(?:CUDA |HIP )?stream|HSA queue|(?:hardware|hw) queue) ?[:#[]? ?\d+\]?$/i;

/** A track that names say is of an accelerator, beyond doubt; undefined for all others. */
export function deviceOf({ tracks, owner, isCounter }: TrackPath, sources: SourceTracks): Placement | undefined {
  const pid = owner?.process?.pid ?? owner?.thread?.pid;
  const processName = pid === undefined ? '' : sources.processOf(pid).name;
  const own = tracks.length > 0 ? tracks[tracks.length - 1] : owner;
  const ownName = own?.thread?.name || (own?.name ?? '');
  const path = [processName, ...tracks.slice(0, -1).map(({ name }) => name), ownName];
  const [, word = 'GPU', device] = path.map((name) => DEVICE.exec(name)).find((match) => match !== null) ?? [];
  const isQueue = QUEUE.test(ownName);
  if (path.some((name) => IS_HOST.test(name))) return undefined;
  if (
    !(device !== undefined && own?.thread === undefined) &&
    !(isQueue && device !== undefined) &&
    !WHOLE_QUEUE.test(ownName)
  ) {
    return undefined;
  }
  const top = processName || (tracks.length > 1 ? tracks[0].name : '');
  return {
    process: {
      name: top || (device === undefined ? 'device' : `device ${device}`),
      key: pid === undefined ? '' : String(pid),
      label: device === undefined ? '' : `${word.toUpperCase()} ${device}`,
      side: 'device',
      osPid: undefined,
      rank: NONE,
      device: device === undefined ? 0 : Number(device),
    },
    track: {
      kind: isCounter ? 'counter' : isQueue ? 'stream' : 'other',
      name: placeLabel(path.slice(processName === top ? 1 : 0).filter((name) => name !== top)) || ownName,
      key: own?.thread?.tid ?? '',
      stream: isQueue ? Number(QUEUE.exec(ownName)?.[1]) : NONE,
      series: '',
      unit: own?.counter?.unit ?? '',
      taskType: '',
    },
  };
}
