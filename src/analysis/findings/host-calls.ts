/**
 * Calls of the host that keep it from launching, and the idle time of the device that they cause.
 *
 * A call causes idle time where it ends within a gap: what the device waited for came after it. Of the gap counts what lies
 * in the call. A call that outlasts the gap did not cause it, but for calls that launch the next op themselves.
 * A call that waits for the device and was under way when the gap began has made the device run dry: then the whole gap
 * counts, as nothing could be launched ahead.
 */
import { NONE, type Shard } from '../../timeline/index.ts';
import type { DeviceAnalysis, RunAnalysis } from '../analyse-run.ts';
import { type Intervals, IntervalUnion, lengthNs, longest, unionOf } from '../intervals.ts';
import type { TextId } from '../run-texts.ts';
import { textTest } from '../text-test.ts';
import type { FindingRule } from './finding.ts';
import { NameTimes } from './name-times.ts';
import { type DeviceStake, overDevices, sumOf, WORTH_TELLING } from './over-devices.ts';

export interface HostCallSpec {
  /** The names of the calls. */
  readonly names: RegExp;
  /** Shorter calls do not count. */
  readonly leastNs: number;
  /** What it does to launches: waits for the device first, stops its thread from making any, or ends by making one. */
  readonly effect: 'waits-for-device' | 'stops-thread' | 'launches';
  /** Whether a thread counts from which nothing is launched: a thread that only fetches results holds nobody up. */
  readonly onAnyThread: boolean;
  readonly confidence: number;
}

export type HostCallEvidence = Readonly<{
  callCount: number;
  hostNs: number;
  longestNs: number;
  idleNs: number;
  windowShare: number;
  calls: readonly string[];
}>;

/** Clocks of host and device differ by up to 14 µs in real captures. */
const CLOCK_TOLERANCE_NS = 20_000;

interface CallsOfDevice {
  /** Calls within calls are one. */
  readonly intervals: Intervals;
  readonly names: NameTimes;
}

interface IdleInCalls extends DeviceStake {
  readonly calls: CallsOfDevice;
  /** Those that cause idle time. */
  readonly count: number;
}

export function hostCallRule(spec: HostCallSpec): FindingRule<HostCallEvidence> {
  return (analysis) =>
    overDevices(
      analysis.devices,
      WORTH_TELLING,
      (device) => idleInCalls(callsFor(analysis, device, spec), device, spec),
      (seen, windowNs) => {
        const idleNs = sumOf(seen, ({ stakeNs }) => stakeNs);
        return {
          confidence: spec.confidence,
          evidence: {
            callCount: sumOf(seen, ({ count }) => count),
            hostNs: sumOf(seen, ({ calls }) => lengthNs(calls.intervals)),
            longestNs: Math.max(...seen.map(({ calls }) => lengthNs(longest(calls.intervals)))),
            idleNs,
            windowShare: idleNs / windowNs,
            calls: NameTimes.top(
              seen.map(({ calls }) => calls.names),
              analysis.devices[0].tasks.texts,
            ),
          },
        };
      },
    );
}

function idleInCalls(
  calls: CallsOfDevice,
  { overlap }: DeviceAnalysis,
  { effect }: HostCallSpec,
): IdleInCalls | undefined {
  const { deviceIdle } = overlap;
  const { intervals } = calls;
  if (intervals.length === 0) return undefined;
  let stakeNs = 0;
  let count = 0;
  let worst = { ns: 0, startNs: 0, endNs: 0 };
  for (let gap = 0, call = 0; gap < deviceIdle.length; gap += 2) {
    const [gapNs, gapEndNs] = [deviceIdle[gap], deviceIdle[gap + 1]];
    while (call < intervals.length && intervals[call + 1] + CLOCK_TOLERANCE_NS <= gapNs) call += 2;
    let lostNs = 0;
    let fromNs = gapNs;
    for (let next = call; next < intervals.length && intervals[next] < gapEndNs; next += 2) {
      const [startNs, endNs] = [intervals[next], intervals[next + 1]];
      if (endNs >= gapEndNs && effect !== 'launches') break;
      const ranDry = effect === 'waits-for-device' && startNs < gapNs;
      const inCallNs = Math.max(0, Math.min(endNs, gapEndNs) - Math.max(startNs, gapNs));
      lostNs = ranDry ? gapEndNs - gapNs : Math.min(gapEndNs - gapNs, lostNs + inCallNs);
      fromNs = Math.min(fromNs, startNs);
      count++;
    }
    stakeNs += lostNs;
    if (lostNs > worst.ns) worst = { ns: lostNs, startNs: fromNs, endNs: gapEndNs };
  }
  const window = worst.ns === 0 ? undefined : { startNs: worst.startNs, endNs: worst.endNs };
  return { stakeNs, window, calls, count };
}

/** Calls on threads of the hosts whose files know of the device, within the window of the device. */
function callsFor({ run }: RunAnalysis, { tasks, overlap }: DeviceAnalysis, spec: HostCallSpec): CallsOfDevice {
  const names = new NameTimes();
  const sets: Intervals[] = [];
  for (const number of new Set(tasks.streams.map(({ shard }) => shard))) {
    const shard = run.shards[number];
    const isCall = textTest(shard.timeline.strings, spec.names);
    const textOf = tasks.texts.of(shard);
    for (const track of hostThreads(shard, spec))
      sets.push(callsOn(track, shard, isCall, textOf, spec, overlap.window, names));
  }
  return { intervals: unionOf(sets), names };
}

function callsOn(
  track: number,
  { timeline: { slices, sliceRange }, shiftNs }: Shard,
  isCall: (name: number) => boolean,
  textOf: (name: number) => TextId,
  { leastNs }: HostCallSpec,
  window: { readonly startNs: number; readonly endNs: number },
  names: NameTimes,
): Intervals {
  const union = new IntervalUnion();
  for (let slice = sliceRange[track]; slice < sliceRange[track + 1]; slice++) {
    const durNs = slices.durNs[slice];
    if (durNs < leastNs || !isCall(slices.name[slice])) continue;
    const startNs = slices.startNs[slice] + shiftNs;
    if (startNs >= window.endNs || startNs + durNs <= window.startNs) continue;
    union.add(startNs, startNs + durNs);
    names.add(textOf(slices.name[slice]), durNs);
  }
  return union.finish();
}

/** Tracks. A thread of one number may have several: of the framework, of CANN. */
function hostThreads({ timeline }: Shard, { onAnyThread }: HostCallSpec): number[] {
  const { tracks, processes, flows } = timeline;
  const threads = [...tracks.keys()].filter(
    (track) => tracks[track].kind === 'thread' && processes[tracks[track].process].side !== 'device',
  );
  if (onAnyThread) return threads;
  const launching = new Set<string>();
  const isSource = new Uint8Array(tracks.length);
  for (let flow = 0; flow < flows.length; flow++) {
    if (flows.fromTrack[flow] !== NONE) isSource[flows.fromTrack[flow]] = 1;
  }
  for (const track of threads) if (isSource[track] === 1) launching.add(tracks[track].key);
  return launching.size === 0 ? threads : threads.filter((track) => launching.has(tracks[track].key));
}
