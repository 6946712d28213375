import { frameShares, type HostFlame, readingOrder } from '../../analysis/index.ts';
import { NONE } from '../../timeline/index.ts';
import type { ReportOptions } from './build-report.ts';
import type { ReportFlame, ReportFrame } from './host-document.ts';
import { ratio, wholeNs } from './values.ts';

/** Of the time of all threads, or of all devices: what takes less is found in the whole tree. */
const LEAST_SHARE = 0.005;

export function flameSection(
  flame: HostFlame,
  { measure = 'host', frames: shown }: Pick<ReportOptions, 'measure' | 'frames'>,
): ReportFlame {
  const order = readingOrder(flame, measure);
  const position = new Uint32Array(flame.length);
  const depth = new Uint32Array(flame.length);
  const frames = Array.from(order, (frame, at): ReportFrame => {
    const parent = flame.parent[frame];
    position[frame] = at;
    depth[frame] = parent === NONE ? 0 : depth[parent] + 1;
    return {
      parent: parent === NONE ? null : position[parent],
      depth: depth[frame],
      name: flame.names.get(flame.name[frame]),
      count: flame.count[frame],
      hostNs: wholeNs(flame.hostNs[frame]),
      hostSelfNs: wholeNs(flame.hostSelfNs[frame]),
      deviceNs: wholeNs(flame.deviceNs[frame]),
      deviceSelfNs: wholeNs(flame.deviceSelfNs[frame]),
      launchCount: flame.launchCount[frame],
    };
  });
  const hostNs = frames.reduce((sum, { parent, hostNs: own }) => (parent === null ? sum + own : sum), 0);
  const largestFirst = shown === undefined ? undefined : frameShares(flame).sort().reverse();
  const leastShare = largestFirst === undefined ? LEAST_SHARE : (largestFirst[Math.max(0, (shown ?? 0) - 1)] ?? 0);
  return {
    ...{ measure, hostNs, deviceNs: wholeNs(flame.workNs), launchedNs: wholeNs(flame.launchedNs) },
    ...{ foldedCount: flame.foldedCount, leastShare: ratio(leastShare), frames },
  };
}
