/**
 * What hosts do for their devices: how long launches take to arrive, how far ahead the host is, what copies move, and what
 * marked ranges and operators launch. Nothing of a device of which no launch is known and nothing is copied or marked.
 */
import type { RunAnalysis } from '../analyse-run.ts';
import { type Annotation, annotations } from './annotations.ts';
import { type CopyBandwidth, copyBandwidths } from './copy-bandwidth.ts';
import { type LaunchDelays, launchDelays } from './launch-delay.ts';
import { type LauncherGroup, launchedBy } from './launched-by.ts';
import { launchedTasks } from './launched-tasks.ts';
import { type QueueLength, queueLengths } from './queue-length.ts';

/** Of one device, in the order of those of the analysis. */
export interface DeviceHost {
  readonly delays: LaunchDelays;
  readonly queues: readonly QueueLength[];
  readonly copies: readonly CopyBandwidth[];
  readonly annotations: readonly Annotation[];
}

export interface HostFigures {
  readonly devices: readonly DeviceHost[];
  readonly launchedBy: readonly LauncherGroup[];
}

export function hostFigures(analysis: RunAnalysis): HostFigures {
  const devices = analysis.devices.map((device): DeviceHost => {
    const launched = launchedTasks(analysis, device);
    return {
      delays: launchDelays(device, launched),
      queues: queueLengths(device, launched),
      copies: copyBandwidths(analysis, device),
      annotations: annotations(analysis.run, device, launched),
    };
  });
  return { devices, launchedBy: launchedBy(analysis) };
}
