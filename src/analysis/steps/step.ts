import type { DeviceId } from '../device-id.ts';

/** What a language model was doing in a step: reading the prompt, making one more token, or something else. */
export const PHASES = ['prefill', 'decode', 'other'] as const;
export type Phase = (typeof PHASES)[number];

/**
 * What says where steps begin and end. profiler-step: the marks ProfilerStep#N on the host. op-step: a column of the op
 * table. step-trace: iterations of a graph as the device or the op table tells them. marker: what a user's pattern fits.
 * user-range: ranges that a user marked. repetition: the sequence of ops repeats. none: nothing tells.
 */
export const STEP_SOURCES = [
  'profiler-step',
  'op-step',
  'step-trace',
  'marker',
  'user-range',
  'repetition',
  'none',
] as const;
export type StepSource = (typeof STEP_SOURCES)[number];

/** One iteration or one token on one device. Times are integer ns from the run's origin. */
export interface Step {
  /** As the profiler numbers it, else counted from 0. */
  readonly id: string;
  readonly phase: Phase;
  readonly startNs: number;
  readonly endNs: number;
  /** The first of a phase, which usually warms up, and those that last unusually long are no example of the others. */
  readonly isFirst: boolean;
  readonly isOutlier: boolean;
}

/** Steps do not overlap; they are sorted by start. */
export interface DeviceSteps extends DeviceId {
  readonly source: StepSource;
  /** From 0 to 1: 1 where the profiler marks them. */
  readonly confidence: number;
  readonly steps: readonly Step[];
  /** Those of which the range that is looked at holds only a part; undefined where all of the run is looked at. */
  readonly cut?: readonly Step[] | undefined;
  /** The step of each task of the device, by its position in `steps`; NONE where it belongs to none. */
  readonly stepOf: Int32Array;
}
