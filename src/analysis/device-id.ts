import { NONE, type Shard } from '../timeline/index.ts';

export interface DeviceId {
  /** NONE where unknown. */
  readonly rank: number;
  readonly device: number;
  /** Where it is not known: the machine, of a rank nobody knows. Tells devices apart. */
  readonly capture: string | undefined;
}

/** The device of a process among those of the run. */
export function deviceIdOf(
  { capture, hostName }: Shard,
  { rank, device }: Pick<DeviceId, 'rank' | 'device'>,
): DeviceId {
  return { rank, device, capture: capture ?? (rank === NONE ? hostName : undefined) };
}

export function deviceKey({ rank, device, capture }: DeviceId): string {
  return JSON.stringify([rank, device, capture ?? '']);
}
