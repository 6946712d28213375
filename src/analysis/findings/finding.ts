import type { DeviceId } from '../device-id.ts';
import type { TimeWindow } from '../extent.ts';
import type { RunAnalysis } from '../analyse-run.ts';

/** Something that makes the run slower than it need be. */
export interface Finding {
  /** The rule that found it: the name of its file, as `host-bound`. */
  readonly rule: string;
  /** What could be won at most, summed up over the devices it was found on. */
  readonly stakeNs: number;
  /** From 0 to 1. */
  readonly confidence: number;
  /** The device and the moment that show it best. */
  readonly device: DeviceId | undefined;
  readonly window: TimeWindow | undefined;
  /** Figures by name, with the unit in the name as everywhere; what is said in words is made of them. */
  readonly evidence: Readonly<Record<string, number | string | readonly string[]>>;
}

/** undefined where the run shows nothing of the kind, or cannot show it. */
export type FindingRule = (analysis: RunAnalysis) => Finding | undefined | Promise<Finding | undefined>;
