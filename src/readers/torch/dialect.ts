import {
  fileName,
  NONE,
  type Process,
  type ProcessDraft,
  type TimelineBuilder,
  type TrackDraft,
  type TrackKind,
} from '../../timeline/index.ts';
import type { Dialect } from '../trace-events/dialect.ts';
import { unitOf } from '../trace-events/units.ts';
import { rankIn } from './document-facts.ts';
import { GROWTH } from './memory-since-start.ts';
import { deviceOfLabel, roleOf, sideOf } from './vendors.ts';

/** What launch calls and the device slices they set off have in common. */
export const CORRELATION = 'correlation';

export const kinetoDialect: Dialect = {
  typedKeys: [
    { key: 'correlation', column: CORRELATION, kind: 'number' },
    { key: 'stream', column: 'streamId', kind: 'number' },
    { key: 'device', column: 'deviceId', kind: 'number' },
    { key: 'External id', column: 'externalId', kind: 'number' },
    { key: 'external id', column: 'externalId', kind: 'number' },
    // Where it stands, it is the operator's id, and the external id is the slice's own correlation.
    { key: 'Linked id', column: 'linkedId', kind: 'number' },
    { key: 'bytes', column: 'sizeBytes', kind: 'number' },
    { key: 'memory bandwidth (GB/s)', column: 'bandwidthGBs', kind: 'number' },
    // Stands in the operator of a collective and in the kernels that carry it out.
    { key: 'Collective name', column: 'collective', kind: 'text' },
    // With `with_modules`, of operators of TorchScript.
    { key: 'Module Hierarchy', column: 'moduleHierarchy', kind: 'text' },
    // Of records of waiting (`cuda_sync`): the call that recorded the event, and the stream it was recorded on.
    { key: 'wait_on_cuda_event_record_corr_id', column: 'waitsForRecord', kind: 'number' },
    { key: 'wait_on_musa_event_record_corr_id', column: 'waitsForRecord', kind: 'number' },
    { key: 'wait_on_stream', column: 'waitsForStream', kind: 'number' },
    // Of memory marks alone, which are instants: no slice has them, so they cost no column.
    { key: 'Device Type', column: 'markDeviceType', kind: 'number' },
    { key: 'Device Id', column: 'markDevice', kind: 'number' },
    { key: 'Bytes', column: 'markBytes', kind: 'number' },
    { key: 'Total Allocated', column: 'markAllocatedBytes', kind: 'number' },
    { key: 'Total Reserved', column: 'markReservedBytes', kind: 'number' },
  ],
  categoryColumns: [],
  flowKeyHasName: false,
  flowNamesEndInId: false,
  counterSelectors: [],
  valuedInstants: {
    name: '[memory]',
    counter: 'Memory',
    deviceType: 'Device Type',
    device: 'Device Id',
    series: ['Total Allocated', 'Total Reserved'],
    change: { key: 'Bytes', series: GROWTH },
  },
  naming: (rank, _device, builder) => {
    const ownRank = rank === NONE && builder !== undefined ? rankOf(builder) : rank;
    let sides: ReadonlyMap<string, Process['side']> | undefined;
    const sideOfContent = (pid: string): Process['side'] | undefined => {
      sides ??= builder === undefined ? new Map() : sidesByContent(builder);
      return sides.get(pid);
    };
    return { process: (draft) => nameProcess(draft, ownRank, sideOfContent), track: nameTrack };
  },
};

function rankOf({ metadata, parts }: TimelineBuilder): number {
  return rankIn(metadata) ?? rankOfFile(parts[0].source.path) ?? NONE;
}

/** `rank0.json.gz`, `rank-34.Jul_15.1074.pt.trace.json`, `dp0_tp1_rank3.1745830000.pt.trace.json.gz`. */
function rankOfFile(path: string): number | undefined {
  const digits = /(?:^|[^a-z])rank[-_]?(\d{1,6})(?!\d)/i.exec(fileName(path))?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Pids of what is no process, and what they stand for. */
const SPECIAL: ReadonlyMap<string, string> = new Map([
  ['', 'Recording'],
  ['-1', 'Profiler overhead'],
  ['Spans', 'Spans'],
  ['Traces', 'Traces'],
]);

/** Labels stand behind the events: of a capture that breaks off, and of a bare array, only content tells what is a device. */
function nameProcess(
  { key, name, label }: ProcessDraft,
  rank: number,
  sideOfContent: (pid: string) => Process['side'] | undefined,
): Omit<Process, 'key' | 'sortKey'> {
  const special = SPECIAL.get(key);
  const labelled = deviceOfLabel(label);
  const told = labelled !== undefined ? 'device' : label === 'CPU' ? 'host' : undefined;
  const side = told ?? (special === undefined ? sideOfContent(key) : undefined) ?? 'unknown';
  const isNumber = /^\d{1,10}$/.test(key);
  return {
    name: name || (special ?? `${side === 'device' ? 'device' : 'process'} ${key}`),
    label,
    side,
    osPid: side === 'host' && isNumber ? Number(key) : undefined,
    rank,
    device: side !== 'device' ? NONE : (labelled ?? (isNumber ? Number(key) : NONE)),
  };
}

/** By pid, where the categories of its slices tell: pids of devices are their numbers. */
function sidesByContent({ groups, strings, tracks }: TimelineBuilder): Map<string, Process['side']> {
  const sides = new Map<string, Process['side']>();
  const known: (Process['side'] | undefined)[] = [];
  for (const { slices } of groups) {
    const [track, category] = [slices.column('track'), slices.column('category')];
    for (let row = 0; row < slices.length; row++) {
      if (category[row] === NONE) continue;
      const side = (known[category[row]] ??= sideOfCategory(new TextDecoder().decode(strings.bytesOf(category[row]))));
      if (side === 'unknown') continue;
      const { key } = tracks.processes[tracks.tracks[track[row]].process];
      if (sides.get(key) !== 'device') sides.set(key, side);
    }
  }
  return sides;
}

function sideOfCategory(category: string): Process['side'] {
  const role = roleOf(category);
  return (role && sideOf(role)) ?? 'unknown';
}

/** Names end in a space; in captures of 2021 they are the thread ids. Context-wide events have no stream: tid -1. */
const STREAM = /^(?:stream )?(\d+)\s*$/;

function nameTrack(
  { kind, key, name, series }: TrackDraft,
  { side }: Process,
): { kind: TrackKind; name: string; stream: number; unit: string } {
  const isOfDevice = kind === 'thread' && side === 'device';
  const stream = isOfDevice ? (STREAM.exec(key) ?? STREAM.exec(name))?.[1] : undefined;
  return {
    kind: stream !== undefined ? 'stream' : isOfDevice ? 'other' : kind,
    name: name.trim() || (stream !== undefined ? `stream ${stream}` : key === '' ? 'events' : `thread ${key}`),
    stream: stream === undefined ? NONE : Number(stream),
    unit: series.startsWith('Total ') ? 'B' : unitOf(series),
  };
}
