import { deviceKey } from '../device-id.ts';
import type { DeviceOverlap, WindowRule } from '../overlap.ts';
import type { VendorFigure } from '../vendor-figure.ts';

/** What the vendor's tools call free time beside our device idle time of the same device. */
export interface FreeTime {
  readonly source: string;
  /** '' for the whole capture. */
  readonly step: string;
  readonly vendorNs: number;
  /** The window in which our idle time comes closest, and that time; undefined where the step is not known. */
  readonly window: WindowRule | undefined;
  readonly oursNs: number | undefined;
  /** Ours without the vendor's, and how much of it rounding explains. */
  readonly differenceNs: number | undefined;
  readonly roundingNs: number;
}

/** One entry for each source and step that states it; `figures` are all that `vendorFigures` found. */
export function freeTimes(overlap: DeviceOverlap, figures: readonly VendorFigure[]): FreeTime[] {
  const key = deviceKey(overlap);
  return figures.flatMap((each) => {
    const { figure, vendorNs, source, step, window, oursNs, differenceNs, roundingNs } = each;
    if (figure !== 'free' || vendorNs === undefined || deviceKey(each) !== key) return [];
    return [{ source, step, vendorNs, window, oursNs, differenceNs, roundingNs }];
  });
}
