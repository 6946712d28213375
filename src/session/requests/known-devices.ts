/** What takes the whole run to find, as JSON and columns: a page that was saved with a part of a run carries it along. */
import type { DeviceBubbles, DeviceSteps } from '../../analysis/index.ts';
import type { KnownDevice } from '../../analysis/analyse-run.ts';
import type { PackedColumns } from '../../timeline/packed-columns.ts';

/** Of each device; columns stand under the name of where they are: `known.0.steps.stepOf`. */
export type PackedKnown = readonly KnownDevice[];

export function packKnown(devices: readonly KnownDevice[], columns: PackedColumns): PackedKnown {
  return devices.map(({ steps, bubbles }, at) => ({
    steps: withoutColumns(steps, `known.${at}.steps`, columns),
    bubbles: bubbles.map((each, kind) => withoutColumns(each, `known.${at}.${kind}`, columns)),
  }));
}

export function unpackKnown(packed: PackedKnown, columns: PackedColumns): KnownDevice[] {
  return packed.map(({ steps, bubbles }, at) => ({
    steps: withColumns<DeviceSteps>(steps, `known.${at}.steps`, columns),
    bubbles: bubbles.map((each, kind) => withColumns<DeviceBubbles>(each, `known.${at}.${kind}`, columns)),
  }));
}

function withoutColumns<T extends object>(value: T, at: string, columns: PackedColumns): T {
  const rest = Object.entries(value).filter(([name, each]: [string, unknown]) => {
    if (!ArrayBuffer.isView(each)) return true;
    columns.add(`${at}.${name}`, each);
    return false;
  });
  // What is missing of it is among the columns.
  return Object.fromEntries(rest) as T;
}

function withColumns<T extends object>(value: T, at: string, columns: PackedColumns): T {
  return { ...value, ...columns.under(`${at}.`) };
}
