/**
 * Engines that wait for memory: on chips whose commands lie in queues of hardware, the engine that computes waits while
 * another of its core moves what it is to compute on. Nobody launches anything in between, so memory is what costs.
 *
 * Counted are copies by engines that run, at least partly, while nothing computes. Stake: that time. Bandwidth: what they
 * moved on average while they ran.
 */
import { NONE, type Run } from '../../timeline/index.ts';
import type { DeviceAnalysis } from '../analyse-run.ts';
import { intersection, IntervalUnion, lengthNs, longest, windowOf } from '../intervals.ts';
import { CLASS } from '../op-class.ts';
import { tasksOfClass } from '../tasks-of-class.ts';
import type { FindingRule } from './finding.ts';
import { NameTimes } from './name-times.ts';
import { type DeviceStake, overDevices, sumOf, WORTH_TELLING } from './over-devices.ts';
import { readArgs } from './task-args.ts';

/** The commands say what waits for what; a few of the copies may be waiting themselves. */
const CONFIDENCE = 0.9;

interface Feeding extends DeviceStake {
  readonly count: number;
  readonly movedBytes: number;
  readonly movingNs: number;
  readonly kinds: NameTimes;
}

export const slowFeeding: FindingRule<{
  copyCount: number;
  exposedNs: number;
  windowShare: number;
  bandwidthGbs: number | undefined;
  /** "GDMA DDR->LMEM". */
  kinds: readonly string[];
}> = ({ run, devices }) =>
  overDevices(
    devices.filter(({ tasks }) => hasEngines(tasks)),
    WORTH_TELLING,
    (device) => exposedCopies(run, device),
    (seen, windowNs) => {
      const exposedNs = sumOf(seen, ({ stakeNs }) => stakeNs);
      const movedBytes = sumOf(seen, (each) => each.movedBytes);
      return {
        confidence: CONFIDENCE,
        evidence: {
          copyCount: sumOf(seen, ({ count }) => count),
          exposedNs,
          windowShare: exposedNs / windowNs,
          bandwidthGbs: movedBytes > 0 ? movedBytes / sumOf(seen, ({ movingNs }) => movingNs) : undefined,
          kinds: NameTimes.top(
            seen.map(({ kinds }) => kinds),
            devices[0].tasks.texts,
          ),
        },
      };
    },
  );

/** Whether the streams of a device are engines with queues of commands, so that none of them is launched by a host. */
export function hasEngines({ streams }: DeviceAnalysis['tasks']): boolean {
  return streams.some(({ core }) => core !== NONE);
}

async function exposedCopies(run: Run, { tasks, overlap }: DeviceAnalysis): Promise<Feeding | undefined> {
  const { startNs, endNs, stream, streams, texts } = tasks;
  const { deviceIdle } = overlap;
  const union = new IntervalUnion();
  let gap = 0;
  const rows = tasksOfClass(tasks, CLASS.copy).filter((task) => {
    union.add(startNs[task], endNs[task]);
    while (gap < deviceIdle.length && deviceIdle[gap + 1] <= startNs[task]) gap += 2;
    return gap < deviceIdle.length && deviceIdle[gap] < endNs[task];
  });
  if (rows.length === 0) return undefined;
  const moving = union.finish();
  const exposed = intersection(moving, deviceIdle);
  const kinds = Int32Array.from(rows, (task) => texts.add(streams[stream[task]].name));
  let [movedBytes, movingNs] = [0, 0];
  const keys = [
    { key: 'Direction', kind: 'text' },
    { key: 'Moved(B)', kind: 'number' },
  ] as const;
  await readArgs(run, tasks, rows, keys, (place, [direction, moved], row) => {
    const task = rows[place];
    if (direction.kind === 'text' && direction.values[row] !== NONE)
      kinds[place] = texts.add(`${streams[stream[task]].name} ${direction.strings.get(direction.values[row])}`);
    if (moved.kind !== 'number' || Number.isNaN(moved.values[row])) return;
    movedBytes += moved.values[row];
    movingNs += endNs[task] - startNs[task];
  });
  const times = new NameTimes();
  for (let place = 0; place < rows.length; place++) times.add(kinds[place], endNs[rows[place]] - startNs[rows[place]]);
  const window = windowOf(longest(exposed));
  return { stakeNs: lengthNs(exposed), window, count: rows.length, movedBytes, movingNs, kinds: times };
}
