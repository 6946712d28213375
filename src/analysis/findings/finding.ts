import type { RunAnalysis } from '../analyse-run.ts';
import type { DeviceId } from '../device-id.ts';
import type { TimeWindow } from '../extent.ts';

/**
 * Figures by name, with the unit in the name as everywhere (`...Ns`, `...Share` from 0 to 1, `...Count`, `...Bytes`), and
 * names from the trace; undefined where the input does not tell. What is said in words is made of them.
 */
export type Evidence = Readonly<Record<string, number | string | readonly string[] | undefined>>;

/** What a rule found: something that makes the run slower than it need be. */
export interface Found<E extends Evidence = Evidence> {
  /**
   * What could be won at most, summed up over the devices it was found on. Rules look at the same time from several sides,
   * so the stakes of two findings do not add up.
   */
  readonly stakeNs: number;
  /** That the cause is the one it is said to be, from 0 to 1. */
  readonly confidence: number;
  /** The device and the moment that show it best, without margin. */
  readonly device: DeviceId | undefined;
  readonly window: TimeWindow | undefined;
  readonly evidence: E;
}

/** undefined where the run shows nothing of the kind, or cannot show it. */
export type FindingRule<E extends Evidence = Evidence> = (
  analysis: RunAnalysis,
) => Found<E> | undefined | Promise<Found<E> | undefined>;

/** `rule`: the name of its file, as `host-bound`. */
export interface Finding<Rule extends string = string, E extends Evidence = Evidence> extends Found<E> {
  readonly rule: Rule;
}
