import { NONE, type Process, type ProcessDraft, type TrackDraft, type TrackKind } from '../../timeline/index.ts';
import type { Dialect } from '../trace-events/dialect.ts';
import { unitOf } from '../trace-events/units.ts';

export const ascendDialect: Dialect = {
  typedKeys: [
    { key: 'connection_id', column: 'connectionId', kind: 'number' },
    { key: 'Physic Stream Id', column: 'streamId', kind: 'number' },
    { key: 'Stream Id', column: 'streamId', kind: 'number' },
    { key: 'stream id', column: 'streamId', kind: 'number' },
    { key: 'Task Id', column: 'taskId', kind: 'number' },
    { key: 'task id', column: 'taskId', kind: 'number' },
    { key: 'Task Type', column: 'taskType', kind: 'text' },
    { key: 'task type', column: 'taskType', kind: 'text' },
    { key: 'level', column: 'level', kind: 'text' },
    { key: 'size(B)', column: 'sizeBytes', kind: 'number' },
    { key: 'size(Byte)', column: 'sizeBytes', kind: 'number' },
    { key: 'transport type', column: 'transport', kind: 'text' },
  ],
  categoryColumns: ['level', 'taskType'],
  flowKeyHasName: false,
  flowNamesEndInId: true,
  counterSelectors: ['acc_id', 'PA Link ID', 'PCIE ID'],
  naming: (rank, device = NONE) => ({
    process: (draft, all) => nameProcess(draft, all, rank, device),
    track: nameTrack,
  }),
};

/** Device number 31 stands for the host in packed pids. */
const HOST_DEVICE = 31;

function nameProcess(
  draft: ProcessDraft,
  all: readonly ProcessDraft[],
  rank: number,
  unnamedDevice: number,
): Omit<Process, 'key' | 'sortKey'> {
  const side = sideOf(draft);
  const packed = unpackPid(draft.key, all);
  return {
    name: draft.name || `process ${draft.key}`,
    label: draft.label,
    side,
    osPid: packed?.hostPid ?? (side === 'host' ? frameworkPid(draft, all) : undefined),
    rank,
    device: side === 'device' ? deviceOf(draft, packed, unnamedDevice) : NONE,
  };
}

/** Labels say NPU, CPU or DPU (a host-side accelerator thread); old captures without labels fall back to names. */
function sideOf({ label, name }: ProcessDraft): Process['side'] {
  if (label.startsWith('NPU')) return 'device';
  if (label !== '') return 'host';
  if (/^(Ascend Hardware|HCCL|Communication|Overlap Analysis)$/.test(name)) return 'device';
  return /^(Python|CANN|AscendCL|Runtime|GE|Python GC)$/.test(name) ? 'host' : 'unknown';
}

/** "NPU 3" says it; plain "NPU" leaves it to the packed pid, and where that is no packed one to the folders around. */
function deviceOf({ label }: ProcessDraft, packed: PackedPid | undefined, unnamedDevice: number): number {
  const named = /^NPU (\d+)$/.exec(label);
  if (named !== null) return Number(named[1]);
  if (packed !== undefined) return packed.device;
  return unnamedDevice === NONE ? 0 : unnamedDevice;
}

interface PackedPid {
  readonly hostPid: number;
  readonly device: number;
}

/**
 * Since 2024 pid = hostPid << 10 | layer << 5 | device as uint32. Older ids are digits put side by side, so a pid only
 * counts as packed when another layer of the file shares its host pid, and either one of these layers says that it is
 * the host's or the framework's own rows stand under that host pid.
 */
function unpackPid(key: string, all: readonly ProcessDraft[]): PackedPid | undefined {
  const hostPid = packedHostPid(key);
  if (hostPid === undefined) return undefined;
  const layers = all.filter((other) => packedHostPid(other.key) === hostPid);
  const confirmed =
    layers.some((layer) => Number(layer.key) % 32 === HOST_DEVICE) || all.some((other) => other.key === `${hostPid}`);
  if (layers.length < 2 || !confirmed) return undefined;
  const device = Number(key) % 32;
  return { hostPid, device: device === HOST_DEVICE ? NONE : device };
}

/** The framework's rows stand under the pid of the operating system; older ids begin with its digits. */
function frameworkPid({ key }: ProcessDraft, all: readonly ProcessDraft[]): number | undefined {
  const framework = all.find(
    (each) => each.name === 'Python' && /^\d{1,10}$/.test(each.key) && key.startsWith(each.key),
  );
  return framework === undefined ? undefined : Number(framework.key);
}

function packedHostPid(key: string): number | undefined {
  if (!/^\d{4,10}$/.test(key) || Number(key) > 0xffffffff) return undefined;
  const hostPid = Number(key) >>> 10;
  return hostPid === 0 ? undefined : hostPid;
}

function nameTrack(
  draft: TrackDraft,
  process: Process,
): { kind: TrackKind; name: string; stream: number; unit: string } {
  const kind = kindOf(draft, process);
  const streamName = /^Stream (\d+)$/.exec(draft.name);
  return {
    kind,
    name: draft.name || (draft.key === '' ? process.name : `${kind === 'stream' ? 'Stream' : 'Thread'} ${draft.key}`),
    stream: kind !== 'stream' ? NONE : Number(streamName?.[1] ?? draft.key),
    unit: unitOf(draft.series),
  };
}

function kindOf(draft: TrackDraft, process: Process): TrackKind {
  if (draft.kind !== 'thread') return draft.kind;
  switch (process.name) {
    case 'Ascend Hardware':
      return 'stream';
    case 'HCCL':
    case 'Communication':
      return draft.name.startsWith('Plane') ? 'plane' : 'communication';
    case 'Overlap Analysis':
      return 'overlap';
    default:
      return process.side === 'device' ? 'other' : 'thread';
  }
}
