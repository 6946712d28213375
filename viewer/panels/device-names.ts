import { deviceLabel as labelOf, DEVICE_WORDS } from '../../src/base/device-label.ts';
import type { DeviceName } from '../../src/report/index.ts';
import type { RunInfo } from '../../src/session/requests/protocol.ts';

const UNKNOWN = -1;

/** The position of a device among those of the run; -1 where it is none of them. */
export function deviceAt({ devices }: RunInfo, { rank, device, capture }: DeviceName): number {
  const alike = devices.flatMap((each, position) =>
    each.rank === (rank ?? UNKNOWN) && each.device === (device ?? UNKNOWN) ? [position] : [],
  );
  const ofCapture = alike.find((position) => capture !== null && devices[position].label.includes(capture));
  return ofCapture ?? alike[0] ?? UNKNOWN;
}

/** Of a rank of which only figures are known, what its name says. */
export function deviceLabel(info: RunInfo, name: DeviceName): string {
  return info.devices[deviceAt(info, name)]?.label ?? labelOf(name, DEVICE_WORDS);
}
