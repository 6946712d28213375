import type { DeviceId } from '../../analysis/index.ts';
import { CaptureNames, NONE, type Run } from '../../timeline/index.ts';
import type { DeviceName } from './report-document.ts';

/** How values look in the document: null where nothing is known, whole ns, ratios of six decimals. */

export function known(id: number): number | null {
  return id === NONE ? null : id;
}

export function wholeNs(ns: number): number {
  return Math.round(ns);
}

export function wholeNsOrNull(ns: number | undefined): number | null {
  return ns === undefined ? null : wholeNs(ns);
}

export function ratio(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/** What devices of a run are called. */
export type DeviceNaming = (id: DeviceId) => DeviceName;

/** A capture is told by the name of its folder: where that lies is nothing of the run. */
export function deviceNaming({ shards }: Run): DeviceNaming {
  const captures = new CaptureNames(shards);
  return ({ rank, device, capture }) => ({
    rank: known(rank),
    device: known(device),
    capture: captures.of(rank, capture) ?? null,
  });
}
