/**
 * A collective that takes much longer at times than it mostly does.
 *
 * Only equal collectives can be compared: those of one type at one place in their step (the third hcom_allReduce of it), as
 * steps of one phase repeat; prompts differ in length, so prefill is left out. Without steps: those of one type and number
 * of elements, as the args tell. As in ranks/transfers.ts, waiting does not count where it is known (collectives.ts). Each
 * is divided by the median of its group; p50 and p95 are of all groups together.
 * Stake: what they take beyond the median of their group.
 */
import { NONE, type Run } from '../../timeline/index.ts';
import type { DeviceAnalysis, RunAnalysis } from '../analyse-run.ts';
import { type Collectives, collectivesOf } from '../collectives/collectives.ts';
import { CLASS } from '../op-class.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import { nearestRanks } from '../../base/index.ts';
import { groupRows, type RowGroups } from '../row-groups.ts';
import { type DeviceSteps, PHASES } from '../steps/step.ts';
import { tasksOfClass } from '../tasks-of-class.ts';
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

const PREFILL = PHASES.indexOf('prefill');

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
}> = (analysis) =>
  overDevices(
    analysis.devices,
    WORTH_TELLING,
    (device) => lookForJitter(analysis, device),
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
            analysis.devices[0].tasks.texts,
          ),
        },
      };
    },
  );

async function lookForJitter(analysis: RunAnalysis, device: DeviceAnalysis): Promise<Jitter | undefined> {
  const { tasks, steps } = device;
  const collectives = tasksOfClass(tasks, CLASS.communication);
  const keys =
    steps.steps.length === 0
      ? await keysBySize(analysis.run, tasks, collectives)
      : keysByPlace(tasks, steps, collectives);
  const transferNs = transferTimes(tasks, collectives, collectivesOf(analysis), analysis.devices.indexOf(device));
  return jitterOf(tasks, collectives, transferNs, groupRows(keys));
}

/** What equal ones have in common, as one number; NaN for those that are equal to none. */
function keysByPlace({ type, texts }: DeviceTasks, { steps, stepOf }: DeviceSteps, rows: Uint32Array): Float64Array {
  const keys = new Float64Array(rows.length).fill(Number.NaN);
  const phases = steps.map(({ phase }) => PHASES.indexOf(phase));
  const places = new Map<number, number>();
  let last = NONE;
  for (let row = 0; row < rows.length; row++) {
    const step = stepOf[rows[row]];
    if (step !== last) places.clear();
    last = step;
    if (step === NONE || phases[step] === PREFILL) continue;
    const own = type[rows[row]];
    const place = places.get(own) ?? 0;
    places.set(own, place + 1);
    keys[row] = (place * PHASES.length + phases[step]) * texts.length + own;
  }
  return keys;
}

async function keysBySize(run: Run, tasks: DeviceTasks, rows: Uint32Array): Promise<Float64Array> {
  const keys = new Float64Array(rows.length).fill(Number.NaN);
  const sizes = new Map<number, number>();
  await readArgs(run, tasks, rows, [{ key: 'count', kind: 'number' }], (place, [{ values }], row) => {
    if (!(values[row] > 0)) return;
    const size = sizes.get(values[row]) ?? sizes.size;
    sizes.set(values[row], size);
    keys[place] = size * tasks.texts.length + tasks.type[rows[place]];
  });
  return keys;
}

/** How long collectives take without what is known to be waiting. Sides of a device are in the order of its tasks. */
function transferTimes(
  { startNs, endNs }: DeviceTasks,
  collectives: Uint32Array,
  { sides, waitNs }: Collectives,
  device: number,
): Float64Array {
  let side = sides.sideRange[device];
  const toSide = sides.sideRange[device + 1];
  return Float64Array.from(collectives, (task) => {
    const knownNs = side < toSide && sides.task[side] === task ? waitNs[side++] || 0 : 0;
    return endNs[task] - startNs[task] - knownNs;
  });
}

function jitterOf(
  { startNs, endNs, type }: DeviceTasks,
  collectives: Uint32Array,
  transferNs: Float64Array,
  { count, from, rows }: RowGroups,
): Jitter | undefined {
  const ratios = new Float64Array(rows.length);
  const ops = new NameTimes();
  let [opCount, stakeNs, medianNs, longestNs, mostNs] = [0, 0, 0, 0, 0];
  let worst = NONE;
  for (let each = 0; each < count; each++) {
    const group = rows.subarray(from[each], from[each + 1]);
    if (group.length < LEAST_IN_GROUP) continue;
    const [median] = nearestRanks(
      Float64Array.from(group, (row) => transferNs[row]),
      [50],
    );
    if (median === 0) continue;
    let excessNs = 0;
    for (const row of group) {
      ratios[opCount++] = transferNs[row] / median;
      const moreNs = transferNs[row] - median;
      if (moreNs > 0) excessNs += moreNs;
      if (moreNs > mostNs) [mostNs, medianNs, longestNs, worst] = [moreNs, median, transferNs[row], collectives[row]];
    }
    stakeNs += excessNs;
    // Equal collectives are of one type.
    ops.add(type[collectives[group[0]]], excessNs);
  }
  const [p50, p95] = nearestRanks(ratios.subarray(0, opCount), [50, 95]);
  if (opCount < LEAST_COUNT || p95 < LEAST_P95 * p50) return undefined;
  const window = worst === NONE ? undefined : { startNs: startNs[worst], endNs: endNs[worst] };
  return { stakeNs, window, opCount, p95: p95 / p50, medianNs, longestNs, ops };
}
