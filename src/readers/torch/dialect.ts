import { NONE, type Process, type ProcessDraft, type TrackDraft, type TrackKind } from '../../timeline/index.ts';
import type { Dialect } from '../trace-events/dialect.ts';
import { unitOf } from '../trace-events/units.ts';

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
  ],
  categoryColumns: [],
  flowKeyHasName: false,
  flowNamesEndInId: false,
  counterSelectors: [],
  naming: (rank, _device, metadata) => {
    const ownRank = rank === NONE ? rankIn(metadata?.get('distributedInfo')) : rank;
    return { process: (draft) => nameProcess(draft, ownRank), track: nameTrack };
  },
};

/** "GPU 0", and for other accelerators "XPU 0" and the like. */
const DEVICE_LABEL = /^(?!CPU\b)[A-Z]+ (\d+)$/;

function nameProcess({ key, name, label }: ProcessDraft, rank: number): Omit<Process, 'key' | 'sortKey'> {
  const device = DEVICE_LABEL.exec(label)?.[1];
  const side = device !== undefined ? 'device' : label === 'CPU' ? 'host' : 'unknown';
  return {
    name: name || (key === '' ? 'process' : `process ${key}`),
    label,
    side,
    osPid: side === 'host' && /^\d{1,10}$/.test(key) ? Number(key) : undefined,
    rank,
    device: device === undefined ? NONE : Number(device),
  };
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
    unit: unitOf(series),
  };
}

/** `{"rank": 3, ...}`; NONE where it says nothing. */
function rankIn(json: string | undefined): number {
  if (json === undefined) return NONE;
  try {
    const info: unknown = JSON.parse(json);
    const rank: unknown = typeof info === 'object' && info !== null && 'rank' in info ? info.rank : undefined;
    return typeof rank === 'number' && Number.isSafeInteger(rank) && rank >= 0 ? rank : NONE;
  } catch {
    return NONE;
  }
}
