import type { Phase } from '../../src/analysis/index.ts';
import type { StepInfo } from '../../src/session/requests/protocol.ts';

/** Steps of each device, sorted by start. */
export class DeviceSteps {
  readonly #byDevice = new Map<number, StepInfo[]>();

  constructor(steps: readonly StepInfo[]) {
    for (const step of [...steps].sort((a, b) => a.startNs - b.startNs)) {
      const known = this.#byDevice.get(step.device);
      if (known === undefined) this.#byDevice.set(step.device, [step]);
      else known.push(step);
    }
  }

  /** Of another device where this one has none. */
  of(device: number): readonly StepInfo[] {
    return this.#byDevice.get(device) ?? this.#byDevice.values().next().value ?? [];
  }
}

export const stepName = ({ id, phase }: StepInfo, phases: Readonly<Record<Phase, string>>): string =>
  phase === 'other' ? id : `${id} ${phases[phase]}`;
