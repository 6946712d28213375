import { ENGINES_LABEL, type Run } from '../../timeline/index.ts';

/** Shorter than a launch takes: what is below is the device's own pause between two ops. */
const LAUNCH_NS = 10_000;

/** Engines fetch their commands by themselves: what is below is the pause between two of them, about a hundred cycles. */
const COMMAND_NS = 100;

/** How long a gap is at least that is listed, where nobody says. */
export function ownThresholdNs({ shards }: Pick<Run, 'shards'>): number {
  const hasEngines = shards.some(({ timeline }) => timeline.processes.some(({ label }) => label === ENGINES_LABEL));
  return hasEngines ? COMMAND_NS : LAUNCH_NS;
}
