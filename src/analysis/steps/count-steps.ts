import type { DeviceSteps, Phase } from './step.ts';

export interface StepCounts {
  /** Steps of one id on several devices are one; in several captures of one device they are several. */
  readonly count: number;
  readonly deviceCount: number;
}

/** Of a phase. */
export function countSteps(devices: readonly DeviceSteps[], phase: Phase): StepCounts {
  const byPlace = new Map<string, Map<string, number>>();
  const mostAtOnePlace = new Map<string, number>();
  for (const { rank, device, steps } of devices) {
    const place = JSON.stringify([rank, device]);
    for (const step of steps) {
      if (step.phase !== phase) continue;
      const ofPlace = byPlace.get(place) ?? new Map<string, number>();
      byPlace.set(place, ofPlace);
      const count = (ofPlace.get(step.id) ?? 0) + 1;
      ofPlace.set(step.id, count);
      mostAtOnePlace.set(step.id, Math.max(mostAtOnePlace.get(step.id) ?? 0, count));
    }
  }
  return {
    count: [...mostAtOnePlace.values()].reduce((sum, count) => sum + count, 0),
    deviceCount: byPlace.size,
  };
}
