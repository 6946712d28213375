import { compareText } from '../base/index.ts';
import type { Surroundings } from '../readers/ascend/surroundings.ts';
import { NONE } from '../timeline/index.ts';
import { captureTimeOf, hostNameOf } from './capture-home.ts';
import type { Capture } from './captures.ts';
import { foldersAbove } from './paths.ts';

/** A capture and what its folder says about it. */
export interface PlacedCapture {
  readonly capture: Capture;
  readonly surroundings: Surroundings;
}

export interface OlderCapture {
  readonly placed: PlacedCapture;
  readonly newerHome: string;
}

/** What the folder's name and those of its files add: the host, and the rank that a database is called by. */
export function withNames({ capture, surroundings }: PlacedCapture): PlacedCapture {
  const hostName = surroundings.hostName ?? hostNameOf(capture.home);
  const named = capture.exports.flatMap(({ subject }) => /^ascend_pytorch_profiler_(\d+)$/.exec(subject)?.[1] ?? []);
  const rank = surroundings.rank === NONE && named.length > 0 ? Number(named[0]) : surroundings.rank;
  return { capture, surroundings: { ...surroundings, hostName, rank } };
}

/**
 * Where no capture knows its rank but each knows its devices, ranks count machines and devices up, as msprof-analyze
 * counts them. Captures that share a device are several captures of one rank, so they stay without.
 */
export function withCountedRanks(all: readonly PlacedCapture[]): PlacedCapture[] {
  const places = all.flatMap(({ surroundings: { hostId, hostName, devices } }, index) =>
    devices.map((device) => ({ index, host: hostId ?? hostName ?? '', device })),
  );
  const distinct = new Set(places.map(({ host, device }) => `${host} ${device}`));
  const isCountable =
    places.length > 1 &&
    distinct.size === places.length &&
    all.every(({ surroundings }) => surroundings.rank === NONE && surroundings.devices.length > 0);
  if (!isCountable) return [...all];
  places.sort((a, b) => compareText(a.host, b.host) || a.device - b.device);
  return all.map(({ capture, surroundings }, index) => {
    const own = places.flatMap((place, rank) => (place.index === index ? [[place.device, rank] as const] : []));
    const rank = own.length === 1 ? own[0][1] : NONE;
    return { capture, surroundings: { ...surroundings, rank, rankOfDevice: new Map(own) } };
  });
}

/** Of several captures of one rank the newest; what was named by the user always stays. */
export function withoutOlderCaptures(all: readonly PlacedCapture[]): {
  kept: PlacedCapture[];
  older: OlderCapture[];
} {
  const newestOf = new Map<number, PlacedCapture>();
  for (const placed of all) {
    const { rank } = placed.surroundings;
    const newest = newestOf.get(rank);
    if (rank === NONE || captureTimeOf(placed.capture.home) === undefined) continue;
    if (newest === undefined || isNewer(placed, newest)) newestOf.set(rank, placed);
  }
  const kept: PlacedCapture[] = [];
  const older: OlderCapture[] = [];
  for (const placed of all) {
    const newest = newestOf.get(placed.surroundings.rank);
    if (newest === undefined || !isNewer(newest, placed) || isNamed(placed)) kept.push(placed);
    else older.push({ placed, newerHome: newest.capture.home });
  }
  return { kept, older };
}

/** Captures of unknown time are neither newer nor older ones. */
function isNewer(a: PlacedCapture, b: PlacedCapture): boolean {
  const [aTime, bTime] = [captureTimeOf(a.capture.home), captureTimeOf(b.capture.home)];
  return aTime !== undefined && bTime !== undefined && aTime > bTime;
}

/** Its folder, or something in it, was asked for by its name. */
function isNamed({ capture: { home, exports } }: PlacedCapture): boolean {
  const isInside = (folder = ''): boolean => folder === home || foldersAbove(folder).includes(home);
  return exports.some(({ files }) => files.some(({ isNamed: byName, namedFolder }) => byName || isInside(namedFolder)));
}
