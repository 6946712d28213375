import { NONE, type TrackKind } from '../../timeline/index.ts';
import type { SourceTrack } from './source-tracks.ts';
import type { PlannedProcess, PlannedTrack } from './track-tree.ts';

/** What traceconv wrote of a track of the timeline, and the how many-th of its lanes this one is. */
export interface TrackFacts extends Omit<PlannedTrack, 'process' | 'taskType'> {
  readonly lane: number;
}

const KINDS: readonly TrackKind[] = [
  'thread',
  'stream',
  'communication',
  'plane',
  'overlap',
  'async',
  'counter',
  'other',
];
const SIDES = ['host', 'device', 'unknown'] as const;

type Json = Readonly<Record<string, unknown>>;

/** undefined where the track was written by another tool. */
export function trackFacts({ facts }: Pick<SourceTrack, 'facts'>): TrackFacts | undefined {
  const said = parsed(facts)?.['track'];
  if (!isObject(said)) return undefined;
  return {
    lane: numberOf(said['lane']) ?? 0,
    kind: KINDS.find((kind) => kind === said['kind']) ?? 'other',
    name: textOf(said['name']),
    key: textOf(said['key']),
    stream: numberOf(said['stream']) ?? NONE,
    sortKey: numberOf(said['sortKey']),
    series: textOf(said['series']),
    unit: textOf(said['unit']),
  };
}

/** undefined where the track was no process of the timeline. */
export function processFacts({ facts }: Pick<SourceTrack, 'facts'>): PlannedProcess | undefined {
  const said = parsed(facts)?.['process'];
  if (!isObject(said)) return undefined;
  return {
    name: textOf(said['name']),
    key: textOf(said['key']),
    label: textOf(said['label']),
    side: SIDES.find((side) => side === said['side']) ?? 'unknown',
    osPid: numberOf(said['osPid']),
    rank: numberOf(said['rank']) ?? NONE,
    device: numberOf(said['device']) ?? NONE,
    sortKey: numberOf(said['sortKey']),
  };
}

function parsed(json: string): Json | undefined {
  if (json === '') return undefined;
  try {
    const value: unknown = JSON.parse(json);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
