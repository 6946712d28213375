import { NONE, type Run, type Shard } from '../timeline/index.ts';
import { opClasses } from './op-class.ts';
import { type DeviceId, deviceIdOf, deviceKey } from './device-id.ts';
import { Extent, type TimeWindow } from './extent.ts';
import { PROFILER_STEP } from './steps/step-names.ts';

/**
 * When each step of a device was, by its number as text: from the start of its first op, or of its mark on the host where
 * no op says what step it belongs to, to the last end of ops and mark. These are the steps of Ascend's own tools.
 */
export class StepWindows {
  /** By deviceKey; marks under that of no device. */
  readonly #ofOps = new Map<string, Map<string, Extent>>();
  readonly #ofMarks = new Map<string, Map<string, Extent>>();

  constructor(run: Run) {
    for (const shard of run.shards) {
      this.#addOps(shard);
      this.#addMarks(shard);
    }
  }

  /** Numbers of the steps of a device, in the order of time. */
  stepsOf(device: DeviceId): string[] {
    const marks = this.#ofMarks.get(deviceKey({ ...device, device: NONE })) ?? new Map<string, Extent>();
    const all = new Map([...marks, ...(this.#ofOps.get(deviceKey(device)) ?? [])]);
    return [...all].sort(([, a], [, b]) => a.startNs - b.startNs).map(([step]) => step);
  }

  /** The mark of the framework; undefined where it set none. */
  markOf(device: DeviceId, step: string): TimeWindow | undefined {
    return this.#ofMarks
      .get(deviceKey({ ...device, device: NONE }))
      ?.get(step)
      ?.window();
  }

  of(device: DeviceId, step: string): TimeWindow | undefined {
    const ops = this.#ofOps.get(deviceKey(device))?.get(step);
    const mark = this.markOf(device, step);
    if (ops === undefined) return mark;
    return { startNs: ops.startNs, endNs: Math.max(ops.endNs, mark?.endNs ?? ops.endNs) };
  }

  #addOps(shard: Shard): void {
    const { timeline } = shard;
    const steps = timeline.slices.typed.get('step');
    if (steps?.kind !== 'number') return;
    const classOf = opClasses(timeline);
    for (const [track, { process }] of timeline.tracks.entries()) {
      const ofDevice = stepsOf(this.#ofOps, deviceIdOf(shard, timeline.processes[process]));
      addRows(shard, track, ofDevice, (row) => {
        const step = steps.at(row);
        const opClass = Number.isNaN(step) ? undefined : classOf(row);
        return opClass === 'compute' || opClass === 'communication' ? `${step}` : '';
      });
    }
  }

  #addMarks(shard: Shard): void {
    const { slices, tracks, processes, strings } = shard.timeline;
    const stepOfName: string[] = [];
    for (const [track, { kind, process }] of tracks.entries()) {
      if (kind !== 'thread') continue;
      const host = deviceIdOf(shard, { rank: processes[process].rank, device: NONE });
      addRows(shard, track, stepsOf(this.#ofMarks, host), (row) => {
        const name = slices.name[row];
        return (stepOfName[name] ??= PROFILER_STEP.exec(strings.get(name))?.[1] ?? '');
      });
    }
  }
}

function stepsOf(devices: Map<string, Map<string, Extent>>, device: DeviceId): Map<string, Extent> {
  const key = deviceKey(device);
  const steps = devices.get(key) ?? new Map<string, Extent>();
  devices.set(key, steps);
  return steps;
}

/** Widens the extent of each row's step; '' is none. */
function addRows(
  { timeline: { slices, sliceRange }, shiftNs }: Shard,
  track: number,
  steps: Map<string, Extent>,
  stepOf: (row: number) => string,
): void {
  for (let row = sliceRange[track]; row < sliceRange[track + 1]; row++) {
    const step = stepOf(row);
    if (step === '') continue;
    const extent = steps.get(step) ?? new Extent();
    steps.set(step, extent);
    const startNs = slices.startNs[row] + shiftNs;
    extent.add(startNs, startNs + slices.durNs[row]);
  }
}
