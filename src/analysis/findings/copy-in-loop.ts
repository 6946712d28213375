/**
 * Copies that the device waits for: between host and device, or within the device by an engine of its own. Where all is
 * moved by engines of cores, slow-feeding.ts looks.
 *
 * Counted are copies that run, at least partly, while the device neither computes nor communicates. Stake: that time.
 */
import { NONE, type Run } from '../../timeline/index.ts';
import type { DeviceAnalysis } from '../analyse-run.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import { intersection, IntervalUnion, lengthNs, longest, windowOf } from '../intervals.ts';
import { CLASS } from '../op-class.ts';
import { tasksOfClass } from '../tasks-of-class.ts';
import type { FindingRule } from './finding.ts';
import { NameTimes } from './name-times.ts';
import { type DeviceStake, overDevices, sumOf, WORTH_TELLING } from './over-devices.ts';
import { hasEngines } from './slow-feeding.ts';
import { readArgs } from './task-args.ts';

/** An op may have been waiting for something else at the same time. */
const CONFIDENCE = 0.6;

interface Copies extends DeviceStake {
  /** Those of which some is exposed. */
  readonly count: number;
  /** NaN where there are no steps. */
  readonly stepCount: number;
  readonly kinds: NameTimes;
}

export const copyInLoop: FindingRule<{
  copyCount: number;
  copiesPerStepCount: number | undefined;
  exposedNs: number;
  windowShare: number;
  /** "host to device", or as the profiler calls them. */
  kinds: readonly string[];
}> = ({ run, devices }) =>
  overDevices(
    devices.filter(({ tasks }) => !hasEngines(tasks)),
    WORTH_TELLING,
    (device) => exposedCopies(run, device),
    (seen, windowNs) => {
      const copyCount = sumOf(seen, ({ count }) => count);
      const stepCount = sumOf(seen, (each) => each.stepCount);
      const exposedNs = sumOf(seen, ({ stakeNs }) => stakeNs);
      return {
        confidence: CONFIDENCE,
        evidence: {
          copyCount,
          copiesPerStepCount: Number.isNaN(stepCount) ? undefined : copyCount / stepCount,
          exposedNs,
          windowShare: exposedNs / windowNs,
          kinds: NameTimes.top(
            seen.map(({ kinds }) => kinds),
            devices[0].tasks.texts,
          ),
        },
      };
    },
  );

async function exposedCopies(run: Run, { tasks, overlap, steps }: DeviceAnalysis): Promise<Copies | undefined> {
  const { startNs, endNs } = tasks;
  const { deviceIdle } = overlap;
  const hasSteps = steps.steps.length > 0;
  const union = new IntervalUnion();
  let gap = 0;
  const rows = tasksOfClass(tasks, CLASS.copy).filter((task) => {
    if (hasSteps && steps.stepOf[task] === NONE) return false;
    union.add(startNs[task], endNs[task]);
    while (gap < deviceIdle.length && deviceIdle[gap + 1] <= startNs[task]) gap += 2;
    return gap < deviceIdle.length && deviceIdle[gap] < endNs[task];
  });
  if (rows.length === 0) return undefined;
  const exposed = intersection(union.finish(), deviceIdle);
  const kinds = await kindsOf(run, tasks, rows);
  const stepCount = hasSteps ? steps.steps.length : Number.NaN;
  return { stakeNs: lengthNs(exposed), window: windowOf(longest(exposed)), count: rows.length, stepCount, kinds };
}

/** By what the profiler says is copied to where, else by its word for the task. */
async function kindsOf(run: Run, tasks: DeviceTasks, rows: Uint32Array): Promise<NameTimes> {
  const kinds = Int32Array.from(rows, (task) => tasks.type[task]);
  await readArgs(run, tasks, rows, [{ key: 'operation', kind: 'text' }], (place, [operation], row) => {
    const said = operation.kind === 'text' && operation.values[row] !== NONE;
    if (said) kinds[place] = tasks.texts.add(operation.strings.get(operation.values[row]));
  });
  const times = new NameTimes();
  for (let place = 0; place < rows.length; place++) {
    times.add(kinds[place], tasks.endNs[rows[place]] - tasks.startNs[rows[place]]);
  }
  return times;
}
