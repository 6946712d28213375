import {
  type DelaySpread,
  type DeviceAnalysis,
  type DeviceHost,
  type HostFigures,
  LAUNCHERS,
  meansOver,
  type RunAnalysis,
} from '../../analysis/index.ts';
import type { ReportCopies, ReportHost, ReportLaunchDelay, ReportQueue } from './host-document.ts';
import type { DeviceName } from './report-document.ts';
import { type DeviceNaming, ratio, wholeNs } from './values.ts';

const SERIES_PARTS = 24;
const BYTES_PER_GB = 1e9;

export function hostSection(
  { devices }: Pick<RunAnalysis, 'devices'>,
  figures: HostFigures,
  limit: number,
  nameOf: DeviceNaming,
): ReportHost {
  const each = <T>(rowsOf: (host: DeviceHost, device: DeviceAnalysis, name: DeviceName) => readonly T[]): T[] =>
    figures.devices.flatMap((host, at) => rowsOf(host, devices[at], nameOf(devices[at].tasks)));
  return {
    launchDelays: each((host, device, name) => delayRows(host, device, name, limit)),
    queues: each(queueRows),
    copies: each(copyRows),
    annotations: each((host, _, name) =>
      host.annotations.slice(0, limit).map(({ name: text, side, count, totalNs, ...own }) => ({
        ...{ ...name, name: text, side, count, totalNs: wholeNs(totalNs), kernelCount: own.kernelCount },
        ...{ deviceNs: wholeNs(own.deviceNs), share: ratio(own.share), idleNs: wholeNs(own.idleNs) },
      })),
    ),
    launchedBy: LAUNCHERS.flatMap((by) =>
      figures.launchedBy
        .filter((group) => group.by === by)
        .slice(0, limit)
        .map(({ name, count, deviceNs, share }) => ({
          ...{ by, name: name ?? null, count, deviceNs: wholeNs(deviceNs), share: ratio(share) },
        })),
    ),
  };
}

function delayRows(
  { delays: { all, byStream, byOp } }: DeviceHost,
  { tasks }: DeviceAnalysis,
  name: DeviceName,
  limit: number,
): ReportLaunchDelay[] {
  if (all === undefined) return [];
  const row = (stream: string | null, op: string | null, spread: DelaySpread): ReportLaunchDelay => ({
    ...{ ...name, stream, op, count: spread.count, clampedCount: spread.clampedCount },
    ...{ p50Ns: wholeNs(spread.p50Ns), p95Ns: wholeNs(spread.p95Ns), maxNs: wholeNs(spread.maxNs) },
    totalNs: wholeNs(spread.totalNs),
  });
  return [
    row(null, null, all),
    ...byStream.map((spread) => row(tasks.streams[spread.stream].name, null, spread)),
    ...byOp.slice(0, limit).map((spread) => row(null, tasks.texts.get(spread.op), spread)),
  ];
}

function queueRows(
  { queues, delays }: DeviceHost,
  { tasks, overlap }: DeviceAnalysis,
  name: DeviceName,
): ReportQueue[] {
  return queues.map(({ stream, launchCount, series, mean, most, emptyNs, emptyIdleNs }) => ({
    ...{ ...name, stream: stream === undefined ? null : tasks.streams[stream].name, launchCount },
    ...{ unknownCount: stream === undefined ? delays.unknownCount : null, mean: ratio(mean), most },
    ...{ emptyNs: wholeNs(emptyNs), emptyIdleNs: wholeNs(emptyIdleNs) },
    series: [...meansOver(series, overlap.window, SERIES_PARTS)].map(ratio),
  }));
}

function copyRows({ copies }: DeviceHost, { overlap }: DeviceAnalysis, name: DeviceName): ReportCopies[] {
  const perSecond = (rate: number): number => Math.round(rate * BYTES_PER_GB);
  return copies.map(({ kind, count, ratedCount, sizeBytes, busyNs, meanGBs, mostGBs, series }) => ({
    ...{ ...name, kind, count, ratedCount, sizeBytes: ratedCount + sizeBytes === 0 ? null : sizeBytes },
    busyNs: wholeNs(busyNs),
    bytesPerSecond: ratedCount === 0 ? null : perSecond(meanGBs),
    mostBytesPerSecond: ratedCount === 0 ? null : perSecond(mostGBs),
    series: [...meansOver(series, overlap.window, SERIES_PARTS)].map(perSecond),
  }));
}
