import { InputError, type Source } from '../../base/index.ts';
import { NONE, type Timeline, type TrackNaming, typedColumns } from '../../timeline/index.ts';
import type { ReadOptions } from '../reader.ts';
import type { TraceClocks } from './clocks.ts';
import type { FlowName } from './flow-ends.ts';
import type { TrackEventTarget } from './track-events.ts';
import { type PlannedProcess, type PlannedTrack, type TrackPlan, TrackPlanner } from './track-tree.ts';
import { PERFETTO_KEYS, TASK_TYPE } from './typed-keys.ts';

/** All packets have been read: decides what tracks are, closes what is open, and makes a timeline of it. */
export async function finishTrace(
  target: TrackEventTarget,
  attributes: ReadonlyMap<string, string>,
  source: Source,
  options: ReadOptions,
): Promise<Timeline> {
  const { builder, args, flows, slices, diagnostics, clocks } = target;
  const isOwn = attributes.get('converter') === 'traceconv';
  slices.finish(builder.groups, source.path);
  const plan = planTracks(target, options.rank);
  if (plan.tracks.length === 0) throw noEvents(source);
  const { tooDeepCount } = target.texts;
  if (tooDeepCount > 0) diagnostics.add('depth_limited', { path: source.path }, undefined, tooDeepCount);
  if (plan.cycleCount > 0) diagnostics.add('track_own_ancestor', { path: source.path }, undefined, plan.cycleCount);
  flows.finish(builder, isOwn ? flowNames(attributes, target) : undefined);
  setTaskTypes(target, plan);
  moveRows(target, plan);
  for (const [key, value] of metadataOf(attributes, isOwn)) builder.metadata.set(key, value);
  args.finish(isOwn);
  const timeline = await builder.finish(register(target, plan), diagnostics, args);
  return { ...timeline, originNs: timeline.originNs + originShift(attributes, isOwn, clocks) };
}

function planTracks({ builder, tracks }: TrackEventTarget, rank: number): TrackPlan {
  const isUsed = new Uint8Array(tracks.all.length);
  const hasCounters = new Uint8Array(tracks.all.length);
  const hasOthers = new Uint8Array(tracks.all.length);
  for (const { slices, instants, counters, flowEnds } of builder.groups) {
    for (const track of slices.column('track')) isUsed[track] = hasOthers[track] = 1;
    for (const track of instants.column('track')) isUsed[track] = hasOthers[track] = 1;
    for (const track of flowEnds.column('track')) isUsed[track] = 1;
    for (const track of counters.column('track')) isUsed[track] = hasCounters[track] = 1;
  }
  // Tracks that hold both are no counters that could not hold slices.
  hasOthers.forEach((has, track) => {
    if (has === 1) hasCounters[track] = 0;
  });
  return new TrackPlanner(tracks, rank).plan(isUsed, hasCounters, hasOthers);
}

/** Rows knew source tracks; from here on they know those of the builder, which are numbered as they were planned. */
function moveRows({ builder }: TrackEventTarget, { trackOf }: TrackPlan): void {
  for (const { slices, instants, counters, flowEnds } of builder.groups) {
    const columns = [slices.column('track'), instants.column('track'), counters.column('track')];
    for (const column of [...columns, flowEnds.column('track')]) {
      for (let row = 0; row < column.length; row++) column[row] = trackOf[column[row]];
    }
  }
}

function setTaskTypes({ builder }: TrackEventTarget, { tracks, trackOf }: TrackPlan): void {
  const typeOf = tracks.map(({ taskType }) => (taskType === '' ? NONE : builder.strings.addText(taskType)));
  if (typeOf.every((type) => type === NONE)) return;
  const column = typedColumns(PERFETTO_KEYS).findIndex((spec) => spec.column === TASK_TYPE);
  for (const { slices, typed } of builder.groups) {
    slices.column('track').forEach((track, row) => {
      const type = typeOf[trackOf[track]];
      if (type !== NONE) typed.set(column, row, type);
    });
  }
}

/** Makes the builder's processes and tracks; their drafts say which is which. */
function register({ builder }: TrackEventTarget, plan: TrackPlan): TrackNaming {
  const processOf = new Map<object, PlannedProcess>();
  const trackOf = new Map<object, PlannedTrack>();
  for (const process of plan.processes) {
    const { key, name, label, sortKey } = process;
    const draft = { key, name, label, sortKey };
    builder.tracks.newProcess(draft);
    processOf.set(draft, process);
  }
  for (const track of plan.tracks) {
    const { process, key, name, sortKey, series } = track;
    const draft = { process, kind: 'thread' as const, key, name, sortKey, series };
    builder.tracks.newTrack(draft);
    trackOf.set(draft, track);
  }
  return {
    process: (draft) => known(processOf, draft),
    track: (draft) => {
      const { kind, name, stream, unit } = known(trackOf, draft);
      return { kind, name, stream, unit };
    },
  };
}

function known<T>(map: ReadonlyMap<object, T>, draft: object): T {
  const value = map.get(draft);
  if (value === undefined) throw new Error('a track that was not planned');
  return value;
}

/** traceconv keeps the capture's own facts under "metadata", behind which stands their key. */
function metadataOf(attributes: ReadonlyMap<string, string>, isOwn: boolean): [string, string][] {
  if (!isOwn) return [...attributes].map(([key, value]) => [key, JSON.stringify(value)]);
  return [...attributes].flatMap(([key, value]) => {
    const own = /^(?:part \d+ )?metadata (.*)$/s.exec(key)?.[1];
    return own === undefined ? [] : [[own, value] as [string, string]];
  });
}

/** What stands at the number in an id of traceconv's: `[["HostToDevice", "async"], ["ac2g", null]]`. */
function flowNames(attributes: ReadonlyMap<string, string>, { builder }: TrackEventTarget): FlowName[] {
  let names: unknown;
  try {
    names = JSON.parse(attributes.get('flowNames') ?? '[]');
  } catch {
    return [];
  }
  if (!Array.isArray(names)) return [];
  return names.map((each: unknown) => {
    const [name, category] = Array.isArray(each) ? (each as unknown[]) : [];
    return {
      name: builder.strings.addText(typeof name === 'string' ? name : ''),
      category: typeof category === 'string' ? builder.strings.addText(category) : NONE,
    };
  });
}

/** What to add to times of the trace's clock: traceconv wrote down where it begins; others may know the Unix epoch. */
function originShift(attributes: ReadonlyMap<string, string>, isOwn: boolean, clocks: TraceClocks): bigint {
  const originNs = attributes.get('originNs');
  if (isOwn && originNs !== undefined && /^-?\d{1,30}$/.test(originNs)) return BigInt(originNs) - clocks.startNs;
  return clocks.epochShiftNs ?? 0n;
}

function noEvents(source: Source): InputError {
  return new InputError('no_events', {
    at: { path: source.path, offset: source.sizeBytes },
    expected: 'at least one track event',
    found: 'none',
    hint: 'traces of the system (ftrace, statistics of processes) have none; record the data source track_event',
  });
}
