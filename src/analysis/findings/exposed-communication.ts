/**
 * Communication that no computation hides.
 *
 * Stake: all of it. The least that can be said of it is which ops it consists of; why they take so long other rules say.
 */
import { isPointToPoint } from '../../timeline/index.ts';
import type { DeviceAnalysis } from '../analyse-run.ts';
import { byString } from '../by-string.ts';
import { intersection, IntervalUnion, lengthNs, longest, windowOf } from '../intervals.ts';
import { CLASS } from '../op-class.ts';
import { tasksOfClass } from '../tasks-of-class.ts';
import type { FindingRule } from './finding.ts';
import { NameTimes } from './name-times.ts';
import { type DeviceStake, overDevices, sumOf } from './over-devices.ts';

/** Of the window. Parallel models always communicate some. */
const LEAST_SHARE = 0.2;

/** How much of it can be hidden depends on the model. */
const CONFIDENCE = 0.4;

interface Exposed extends DeviceStake {
  readonly pointToPointNs: number;
  readonly communicationNs: number;
  readonly ops: NameTimes;
}

export const exposedCommunication: FindingRule<{
  exposedNs: number;
  windowShare: number;
  /** Of the communication. */
  exposedShare: number;
  /** Of the exposed time. */
  pointToPointShare: number;
  ops: readonly string[];
}> = ({ devices }) =>
  overDevices(devices, LEAST_SHARE, exposedOn, (seen, windowNs) => {
    const exposedNs = sumOf(seen, ({ stakeNs }) => stakeNs);
    const communicationNs = sumOf(seen, (each) => each.communicationNs);
    return {
      confidence: CONFIDENCE,
      evidence: {
        exposedNs,
        windowShare: exposedNs / windowNs,
        exposedShare: exposedNs / communicationNs,
        pointToPointShare: sumOf(seen, ({ pointToPointNs }) => pointToPointNs) / exposedNs,
        ops: NameTimes.top(
          seen.map(({ ops }) => ops),
          devices[0].tasks.texts,
        ),
      },
    };
  });

function exposedOn({ tasks, overlap }: DeviceAnalysis): Exposed | undefined {
  const { startNs, endNs, type, texts } = tasks;
  if (overlap.totals.exposedCommunicationNs === 0) return undefined;
  const sendsOrReceives = byString(texts.length, (name) => Number(isPointToPoint(texts.get(name))));
  const pointToPoint = new IntervalUnion();
  const ops = new NameTimes();
  for (const task of tasksOfClass(tasks, CLASS.communication)) {
    ops.add(type[task], endNs[task] - startNs[task]);
    if (sendsOrReceives(type[task]) === 1) pointToPoint.add(startNs[task], endNs[task]);
  }
  const { exposedCommunication: exposed, totals } = overlap;
  return {
    stakeNs: totals.exposedCommunicationNs,
    window: windowOf(longest(exposed)),
    pointToPointNs: lengthNs(intersection(pointToPoint.finish(), exposed)),
    communicationNs: totals.communicationNs,
    ops,
  };
}
