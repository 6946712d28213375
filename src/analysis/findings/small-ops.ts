/**
 * Many ops that take less time than it takes to launch one, with gaps before them: the device waits for a next op that is
 * over at once. Where commands lie in queues of engines nothing is launched. Where the device runs through (a graph is replayed, or the host is far ahead) small ops do no harm.
 *
 * Stake: the idle time that ends where a small op starts; of each gap no more than a launch takes, because that is what one
 * op less saves. What is longer is found by other rules.
 */
import type { DeviceAnalysis } from '../analyse-run.ts';
import { CLASS } from '../op-class.ts';
import type { FindingRule } from './finding.ts';
import { NameTimes } from './name-times.ts';
import { type DeviceStake, overDevices, sumOf } from './over-devices.ts';
import { hasEngines } from './slow-feeding.ts';

/** What a launch takes: from 5 µs for a plain kernel to 20 µs with the profiler at work. */
const LAUNCH_NS = 10_000;

/** Every model has some. */
const LEAST_OP_SHARE = 0.5;

/** Of the window. */
const LEAST_LOSS = 0.05;

/** The gap may have other reasons. */
const CONFIDENCE = 0.6;

interface SmallOps extends DeviceStake {
  readonly opCount: number;
  readonly smallCount: number;
  readonly smallNs: number;
  readonly ops: NameTimes;
}

export const smallOps: FindingRule<{
  smallCount: number;
  smallShare: number;
  meanNs: number;
  gapNs: number;
  windowShare: number;
  ops: readonly string[];
}> = ({ devices }) =>
  overDevices(devices, LEAST_LOSS, lookForSmallOps, (seen, windowNs) => {
    const smallCount = sumOf(seen, (each) => each.smallCount);
    const gapNs = sumOf(seen, ({ stakeNs }) => stakeNs);
    return {
      confidence: CONFIDENCE,
      evidence: {
        smallCount,
        smallShare: smallCount / sumOf(seen, ({ opCount }) => opCount),
        meanNs: sumOf(seen, ({ smallNs }) => smallNs) / smallCount,
        gapNs,
        windowShare: gapNs / windowNs,
        ops: NameTimes.top(
          seen.map(({ ops }) => ops),
          devices[0].tasks.texts,
        ),
      },
    };
  });

/** Tasks and idle intervals are both walked in the order of time. The window is the longest row of small ops. */
function lookForSmallOps({ tasks, overlap }: DeviceAnalysis): SmallOps | undefined {
  if (hasEngines(tasks)) return undefined;
  const { length, startNs, endNs, opClass, type } = tasks;
  const { deviceIdle } = overlap;
  const ops = new NameTimes();
  const row = new LongestRow();
  let [opCount, smallCount, smallNs, stakeNs] = [0, 0, 0, 0];
  for (let task = 0, gap = 0; task < length; task++) {
    const isCompute = opClass[task] === CLASS.compute;
    if (!isCompute && opClass[task] !== CLASS.communication) continue;
    while (gap < deviceIdle.length && deviceIdle[gap + 1] < startNs[task]) gap += 2;
    const endsGap = gap < deviceIdle.length && deviceIdle[gap + 1] === startNs[task];
    const gapNs = endsGap ? deviceIdle[gap + 1] - deviceIdle[gap] : 0;
    if (endsGap) gap += 2;
    const durNs = endNs[task] - startNs[task];
    if (isCompute) opCount++;
    if (!isCompute || durNs >= LAUNCH_NS) {
      row.end();
      continue;
    }
    smallCount++;
    smallNs += durNs;
    stakeNs += Math.min(gapNs, LAUNCH_NS);
    ops.add(type[task], durNs);
    row.add(startNs[task], endNs[task]);
  }
  if (smallCount < LEAST_OP_SHARE * opCount) return undefined;
  return { stakeNs, window: row.longest, opCount, smallCount, smallNs, ops };
}

class LongestRow {
  longest: { startNs: number; endNs: number } | undefined;
  #startNs = Number.NaN;

  add(startNs: number, endNs: number): void {
    if (Number.isNaN(this.#startNs)) this.#startNs = startNs;
    const best = this.longest;
    if (best === undefined || endNs - this.#startNs > best.endNs - best.startNs) {
      this.longest = { startNs: this.#startNs, endNs };
    }
  }

  end(): void {
    this.#startNs = Number.NaN;
  }
}
