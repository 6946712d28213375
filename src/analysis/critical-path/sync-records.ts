/**
 * What Kineto tells of waiting, where the profiler was asked for it (categories `cuda_sync`, `musa_sync` ...): a stream that
 * waits for an event of another one, and calls in which the host waits for a stream, an event or the device. Such slices
 * stand where the host made the call, also those on streams, which may wait much later; so they are no tasks. An event
 * is told by the stream it was recorded on and by the correlation of the call that recorded it.
 */
import { NONE, type Run, type SliceId, type Timeline } from '../../timeline/index.ts';
import { byString } from '../by-string.ts';

const CATEGORY = /^[a-z]+\d?_sync$/;
const RECORDING = /EventRecord/;

/** What is over when the last task of a stream is that was launched before a moment. Times are ns from the run's origin. */
export interface StreamUntil {
  /** As the device numbers it. */
  readonly stream: number;
  readonly launchedBeforeNs: number;
}

/** Tasks of a stream that are launched after the call wait for another stream. */
export interface StreamWait {
  readonly stream: number;
  readonly calledNs: number;
  readonly waitsFor: StreamUntil;
}

export interface ShardSyncs {
  readonly isRecord: (slice: SliceId) => boolean;
  readonly streamWaits: readonly StreamWait[];
  /** By calls in which the host waits for one stream; not those that wait for the whole device. */
  readonly hostWaits: ReadonlyMap<SliceId, StreamUntil>;
  /** Whether there are records, and all waits of streams say what for. */
  readonly tellsAll: boolean;
}

/** By shard. */
export function syncRecords({ shards }: Pick<Run, 'shards'>): ShardSyncs[] {
  return shards.map(({ timeline, shiftNs }) => {
    const { slices, strings } = timeline;
    const isSync = byString(strings.size, (id) => Number(CATEGORY.test(strings.get(id))));
    const isRecord = (slice: SliceId): boolean =>
      slices.category[slice] !== NONE && isSync(slices.category[slice]) === 1;
    return { isRecord, ...waitsOf(timeline, shiftNs, isRecord) };
  });
}

function waitsOf(timeline: Timeline, shiftNs: number, isRecord: ShardSyncs['isRecord']): Omit<ShardSyncs, 'isRecord'> {
  const { flows, slices, tracks } = timeline;
  const streamWaits: StreamWait[] = [];
  const hostWaits = new Map<SliceId, StreamUntil>();
  let [recordCount, untoldCount] = [0, 0];
  const recordedNs = momentsOfRecords(timeline);
  for (let arrow = 0; arrow < flows.length; arrow++) {
    const [call, slice] = [flows.fromSlice[arrow], flows.toSlice[arrow]];
    if (call === NONE || slice === NONE || !isRecord(slice)) continue;
    recordCount++;
    const calledNs = slices.startNs[call] + shiftNs;
    const { stream } = tracks[slices.track[slice]];
    const event = { stream: numberOf(timeline, 'waitsForStream', slice), ns: recordedNs(slice) };
    const isOfEvent = event.stream >= 0 && !Number.isNaN(event.ns);
    const waitsFor = { stream: event.stream, launchedBeforeNs: event.ns + shiftNs };
    if (isStreamWait(timeline, slice)) {
      if (isOfEvent) streamWaits.push({ stream, calledNs, waitsFor });
      else untoldCount++;
    } else if (isOfEvent) hostWaits.set(call, waitsFor);
    else if (stream !== NONE) hostWaits.set(call, { stream, launchedBeforeNs: calledNs });
  }
  return { streamWaits, hostWaits, tellsAll: recordCount > 0 && untoldCount === 0 };
}

function isStreamWait({ slices, strings }: Timeline, slice: SliceId): boolean {
  return /^Stream Wait/.test(strings.get(slices.name[slice]));
}

/** When the host recorded the event that a slice waits for; NaN where nothing tells. */
function momentsOfRecords(timeline: Timeline): (slice: SliceId) => number {
  let moments: Map<number, number> | undefined;
  return (slice) => {
    const record = numberOf(timeline, 'waitsForRecord', slice);
    if (!(record > 0)) return Number.NaN;
    moments ??= findRecords(timeline);
    return moments.get(record) ?? Number.NaN;
  };
}

function findRecords(timeline: Timeline): Map<number, number> {
  const { slices, strings, tracks } = timeline;
  const isRecording = byString(strings.size, (id) => Number(RECORDING.test(strings.get(id))));
  const moments = new Map<number, number>();
  for (let slice = 0; slice < slices.length; slice++) {
    if (isRecording(slices.name[slice]) !== 1 || tracks[slices.track[slice]].kind !== 'thread') continue;
    moments.set(numberOf(timeline, 'correlation', slice), slices.startNs[slice]);
  }
  return moments;
}

function numberOf({ slices }: Timeline, column: string, slice: SliceId): number {
  return slices.typed.get(column)?.at(slice) ?? Number.NaN;
}
