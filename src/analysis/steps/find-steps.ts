/**
 * Where steps begin and end, from what says it best (step-sources.ts). All devices of a run are told by one source where
 * one knows the steps of all; else each by the best it has, as ranks may have been captured with different settings.
 */
import { NONE, type Run } from '../../timeline/index.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import { Launches } from '../launches.ts';
import { firstOfPhases, outliers } from './exceptional.ts';
import { phasesOf } from './phases.ts';
import { type ClaimedSteps, placeSteps } from './place-steps.ts';
import { SOURCES_BY_TRUST, type StepContext } from './step-sources.ts';
import type { DeviceSteps } from './step.ts';

export interface StepOptions {
  /**
   * What names of steps match: of ranges of the host, else of instants (each lasts until the next), else of ops or their
   * types on the device (each begins a step).
   */
  readonly marker?: RegExp | undefined;
  /** How many tokens were generated, where the user knows: a hint for finding repetition. */
  readonly tokens?: number | undefined;
  /** Whether steps without marks may be found from repetition; true where nothing is said. */
  readonly detect?: boolean | undefined;
}

/** The steps of each device, in the order of the devices. */
export function findSteps(
  run: Run,
  devices: readonly DeviceTasks[],
  options: StepOptions,
  launches: Launches = new Launches(run),
): DeviceSteps[] {
  const contexts = devices.map((tasks): StepContext => ({ run, tasks, launches, options }));
  return claimsOf(contexts).map((claimed, i) => deviceSteps(contexts[i], claimed));
}

function claimsOf(contexts: readonly StepContext[]): (ClaimedSteps | undefined)[] {
  const best = contexts.map((): ClaimedSteps | undefined => undefined);
  for (const { source, find, isGuess } of SOURCES_BY_TRUST) {
    const known = contexts.map((context, i) => (isGuess && best[i] !== undefined ? undefined : find(context, source)));
    if (known.length > 0 && known.every((each) => each !== undefined)) return known;
    for (const [i, each] of known.entries()) best[i] ??= each;
  }
  return best;
}

function deviceSteps({ run, tasks }: StepContext, claimed: ClaimedSteps | undefined): DeviceSteps {
  const { rank, device, capture, length } = tasks;
  if (claimed === undefined) {
    const stepOf = new Int32Array(length).fill(NONE);
    return { ...{ rank, device, capture }, source: 'none', confidence: 0, steps: [], stepOf };
  }
  const placed = placeSteps(tasks, claimed);
  const phases = phasesOf(run, tasks, placed);
  const isFirst = firstOfPhases(phases);
  const isOutlier = outliers(
    phases,
    placed.steps.map(({ startNs, endNs }) => endNs - startNs),
  );
  const steps = placed.steps.map(({ mark, startNs, endNs }, i) => ({
    ...{ id: mark.number ?? `${i}`, phase: phases[i], startNs, endNs },
    ...{ isFirst: isFirst[i], isOutlier: isOutlier[i] },
  }));
  const { source, confidence } = claimed;
  return { ...{ rank, device, capture }, source, confidence, steps, stepOf: placed.stepOf };
}
