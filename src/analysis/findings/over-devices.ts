import type { DeviceAnalysis } from '../analyse-run.ts';
import type { TimeWindow } from '../extent.ts';
import type { Evidence, Found } from './finding.ts';

/** What a rule sees on one device. */
export interface DeviceStake {
  readonly stakeNs: number;
  /** The moment that shows it best. */
  readonly window: TimeWindow | undefined;
}

/** Less of a device's window is not worth anyone's time, and within what runs differ by anyway. */
export const WORTH_TELLING = 0.01;

/** Puts together what is seen on each device where it puts at least `leastShare` of the window at stake. */
export async function overDevices<Seen extends DeviceStake, E extends Evidence>(
  devices: readonly DeviceAnalysis[],
  leastShare: number,
  look: (device: DeviceAnalysis) => Seen | undefined | Promise<Seen | undefined>,
  tell: (seen: readonly Seen[], windowNs: number) => { readonly confidence: number; readonly evidence: E },
): Promise<Found<E> | undefined> {
  const seen: Seen[] = [];
  let [stakeNs, windowNs] = [0, 0];
  let worst: { readonly device: DeviceAnalysis; readonly seen: Seen } | undefined;
  for (const device of devices) {
    const { totals } = device.overlap;
    const here = await look(device);
    if (here === undefined || here.stakeNs <= 0 || here.stakeNs < leastShare * totals.windowNs) continue;
    seen.push(here);
    stakeNs += here.stakeNs;
    windowNs += totals.windowNs;
    if (worst === undefined || here.stakeNs > worst.seen.stakeNs) worst = { device, seen: here };
  }
  if (worst === undefined) return undefined;
  const { rank, device, capture } = worst.device.tasks;
  const { confidence, evidence } = tell(seen, windowNs);
  return { stakeNs, confidence, device: { rank, device, capture }, window: worst.seen.window, evidence };
}

export function sumOf<T>(rows: readonly T[], figure: (row: T) => number): number {
  return rows.reduce((sum, row) => sum + figure(row), 0);
}
