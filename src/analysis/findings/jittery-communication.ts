/**
 * A collective that takes much longer at times than it mostly does.
 *
 * Only equal collectives can be compared: those of one type at one place in their step (the third hcom_allReduce of it), as
 * steps of one phase repeat; prompts differ in length, so prefill is left out. Without steps: those of one type and number
 * of elements, as the args tell. As in ranks/transfers.ts, waiting does not count where it is known (collectives.ts). Each
 * is divided by the median of its group; p50 and p95 are of all groups together.
 * Stake: what they take beyond the median of their group.
 */
import { grouped } from '../../base/index.ts';
import { NONE, type Run } from '../../timeline/index.ts';
import type { DeviceAnalysis, RunAnalysis } from '../analyse-run.ts';
import { collectivesOf } from '../collectives/collectives.ts';
import type { TimeWindow } from '../extent.ts';
import { CLASS } from '../op-class.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import { nearestRank } from '../quantiles.ts';
import type { FindingRule } from './finding.ts';
import { NameTimes } from './name-times.ts';
import { type DeviceStake, overDevices, sumOf, WORTH_TELLING } from './over-devices.ts';
import { readArgs } from './task-args.ts';

/** One in twenty takes at least twice the median. */
const LEAST_P95 = 2;

/** A group needs enough for a median, all together for a percentile. */
const LEAST_IN_GROUP = 5;
const LEAST_COUNT = 20;

/** Where waiting is not known, it may as well be the slow rank that is waited for. */
const CONFIDENCE = 0.5;

interface Jitter extends DeviceStake {
  readonly opCount: number;
  readonly p95: number;
  readonly medianNs: number;
  readonly longestNs: number;
  readonly ops: NameTimes;
}

export const jitteryCommunication: FindingRule<{
  opCount: number;
  /** p95 / p50 of the device where it is worst. */
  p95Ratio: number;
  medianNs: number;
  longestNs: number;
  excessNs: number;
  ops: readonly string[];
}> = (analysis) => {
  const { run, devices } = analysis;
  const waitsOf = waitsByTask(analysis);
  return overDevices(
    devices,
    WORTH_TELLING,
    async (device) => jitterOf(device.tasks, waitsOf.get(device)!, await equalCollectives(run, device)),
    (seen) => {
      const worst = seen.reduce((a, b) => (b.stakeNs > a.stakeNs ? b : a));
      return {
        confidence: CONFIDENCE,
        evidence: {
          opCount: sumOf(seen, ({ opCount }) => opCount),
          p95Ratio: worst.p95,
          medianNs: worst.medianNs,
          longestNs: worst.longestNs,
          excessNs: sumOf(seen, ({ stakeNs }) => stakeNs),
          ops: NameTimes.top(
            seen.map(({ ops }) => ops),
            devices[0].tasks.texts,
          ),
        },
      };
    },
  );
};

/** Tasks in groups of equal collectives. */
type Groups = readonly (readonly number[])[];

interface Equal {
  readonly task: number;
  /** What equal ones have in common. */
  readonly key: string;
}

async function equalCollectives(run: Run, { tasks, steps }: DeviceAnalysis): Promise<Groups> {
  const rows: number[] = [];
  for (let task = 0; task < tasks.length; task++) if (tasks.opClass[task] === CLASS.communication) rows.push(task);
  if (steps.steps.length === 0) return bySize(run, tasks, rows);
  const places = new Map<number, number>();
  let last = NONE;
  const equal = rows.flatMap((task): Equal[] => {
    const step = steps.stepOf[task];
    if (step !== last) places.clear();
    last = step;
    if (step === NONE || steps.steps[step].phase === 'prefill') return [];
    const type = tasks.type[task];
    const place = places.get(type) ?? 0;
    places.set(type, place + 1);
    return [{ task, key: `${type} ${place} ${steps.steps[step].phase}` }];
  });
  return groupsOf(equal);
}

async function bySize(run: Run, tasks: DeviceTasks, rows: readonly number[]): Promise<Groups> {
  const equal: Equal[] = [];
  await readArgs(run, tasks, rows, [{ key: 'count', kind: 'number' }], (task, [{ values }], row) => {
    if (values[row] > 0) equal.push({ task, key: `${tasks.type[task]} ${values[row]}` });
  });
  return groupsOf(equal);
}

function groupsOf(equal: readonly Equal[]): Groups {
  return grouped(equal, ({ key }) => key).map((group) => group.map(({ task }) => task));
}

/** How long each task of each device is known to have waited; 0 where that is not known. */
function waitsByTask(analysis: RunAnalysis): ReadonlyMap<DeviceAnalysis, Float64Array> {
  const { sides, waitNs } = collectivesOf(analysis);
  const waits = analysis.devices.map(({ tasks }) => new Float64Array(tasks.length));
  for (let side = 0; side < sides.length; side++) {
    if (sides.task[side] !== NONE) waits[sides.participant[side]][sides.task[side]] = waitNs[side] || 0;
  }
  return new Map(analysis.devices.map((device, number) => [device, waits[number]]));
}

function jitterOf({ startNs, endNs, type }: DeviceTasks, waitNs: Float64Array, groups: Groups): Jitter | undefined {
  const transferNs = (task: number): number => endNs[task] - startNs[task] - waitNs[task];
  const ratios: number[] = [];
  const ops = new NameTimes();
  let [stakeNs, medianNs, longestNs, mostNs] = [0, 0, 0, 0];
  let window: TimeWindow | undefined;
  for (const group of groups) {
    if (group.length < LEAST_IN_GROUP) continue;
    const durations = Float64Array.from(group, transferNs).sort();
    const median = nearestRank(durations, 50);
    if (median === 0) continue;
    for (const task of group) {
      const durNs = transferNs(task);
      const moreNs = durNs - median;
      ratios.push(durNs / median);
      if (moreNs <= 0) continue;
      stakeNs += moreNs;
      ops.add(type[task], moreNs);
      if (moreNs <= mostNs) continue;
      [mostNs, medianNs, longestNs] = [moreNs, median, durNs];
      window = { startNs: startNs[task], endNs: endNs[task] };
    }
  }
  const sorted = Float64Array.from(ratios).sort();
  if (sorted.length < LEAST_COUNT || nearestRank(sorted, 95) < LEAST_P95 * nearestRank(sorted, 50)) return undefined;
  const p95 = nearestRank(sorted, 95) / nearestRank(sorted, 50);
  return { stakeNs, window, opCount: sorted.length, p95, medianNs, longestNs, ops };
}
