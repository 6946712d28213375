import { NONE, type Run } from '../../timeline/index.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import type { DeviceSteps } from './step.ts';

export interface StepOptions {
  /** What names of host ranges or marks have to match to be steps. */
  readonly marker?: RegExp | undefined;
  /** How many tokens were generated, where the user knows: a hint for finding repetition. */
  readonly tokens?: number | undefined;
  /** Whether steps without marks may be found from repetition; true where nothing is said. */
  readonly detect?: boolean | undefined;
}

/** The steps of each device, in the order of the devices. */
export function findSteps(_run: Run, devices: readonly DeviceTasks[], _options: StepOptions): DeviceSteps[] {
  return devices.map(({ rank, device, capture, length }) => ({
    ...{ rank, device, capture, source: 'none', confidence: 0, steps: [] },
    stepOf: new Int32Array(length).fill(NONE),
  }));
}
