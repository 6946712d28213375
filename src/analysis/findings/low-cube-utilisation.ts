/**
 * Matrix products and convolutions that neither keep the cube units busy nor the memory: hardware counters of each op
 * (`aic_mac_ratio` and its sisters, recorded with the metrics PipeUtilization) say for what share of its time each pipe
 * was at work.
 *
 * An op that is busy reading memory (mte2) is as fast as its memory lets it be: products of single tokens are. What is
 * bound by another pipe (scalar, mte1, fixpipe) or by none is slow for reasons of its own: odd shapes, too few blocks.
 * Attention kernels take turns between cube and vector units and are left out.
 * Stake: duration * (1 - max(mac, mte2) / 0.8).
 *
 * `cube_utilization(%)` says on how many cores an op ran for how long and nothing of what they did, so it is not looked at.
 */
import { type ArgColumn, type Run } from '../../timeline/index.ts';
import { CLASS } from '../op-class.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import type { TimeWindow } from '../extent.ts';
import { tasksOfClass } from '../tasks-of-class.ts';
import { textTest } from '../text-test.ts';
import type { FindingRule } from './finding.ts';
import { NameTimes } from './name-times.ts';
import { type DeviceStake, overDevices, sumOf, WORTH_TELLING } from './over-devices.ts';
import { readArgs } from './task-args.ts';

const CUBE_OP = /MatMul|Matmul|Gemm|Conv[23]D|Convolution/;

/** A pipe at work for this share of an op binds it: what good kernels reach. */
const BOUND = 0.8;

/** An op that comes closer to it is not worth a look. */
const LOW = 0.6;

/** Start-up makes up too much of a shorter op; the vendor's advisor draws the line here, too. */
const LEAST_NS = 20_000;

const CONFIDENCE = 0.6;

const PIPES = ['mac', 'mte2', 'mte1', 'fixpipe', 'scalar'] as const;
type Pipe = (typeof PIPES)[number];

/** What columns are called on chips with separate cores, with one kind of core, and on 310B. */
const COLUMNS: readonly ((pipe: Pipe) => string)[] = [
  (pipe) => `aic_${pipe}_ratio`,
  (pipe) => `${pipe}_ratio`,
  (pipe) => `${pipe}_exe_ratio`,
];
const KEYS = COLUMNS.flatMap((name) => PIPES.map((pipe) => ({ key: name(pipe), kind: 'number' as const })));

interface LowOps extends DeviceStake {
  readonly opCount: number;
  readonly opsNs: number;
  /** The sums of (duration * ratio), at the positions of PIPES. */
  readonly pipeNs: Float64Array;
  readonly ops: NameTimes;
}

export const lowCubeUtilisation: FindingRule<{
  opCount: number;
  opsNs: number;
  macShare: number;
  /** The pipe that is at work most. */
  busiestPipe: Pipe;
  busiestShare: number;
  ops: readonly string[];
}> = ({ run, devices }) =>
  overDevices(
    devices,
    WORTH_TELLING,
    ({ tasks }) => lowOps(run, tasks),
    (seen) => {
      const opsNs = sumOf(seen, (each) => each.opsNs);
      const shares = PIPES.map((pipe, i) => ({ pipe, share: sumOf(seen, ({ pipeNs }) => pipeNs[i]) / opsNs }));
      const busiest = shares.reduce((a, b) => (b.share > a.share ? b : a));
      return {
        confidence: CONFIDENCE,
        evidence: {
          opCount: sumOf(seen, ({ opCount }) => opCount),
          opsNs,
          macShare: shares[0].share,
          busiestPipe: busiest.pipe,
          busiestShare: busiest.share,
          ops: NameTimes.top(
            seen.map(({ ops }) => ops),
            devices[0].tasks.texts,
          ),
        },
      };
    },
  );

async function lowOps(run: Run, tasks: DeviceTasks): Promise<LowOps> {
  const pipeNs = new Float64Array(PIPES.length);
  const ops = new NameTimes();
  let [opCount, opsNs, stakeNs, mostNs] = [0, 0, 0, 0];
  let window: TimeWindow | undefined;
  const rows = cubeOps(tasks);
  await readArgs(run, tasks, rows, KEYS, (place, columns, row) => {
    const [mac, mte2] = [ratioOf(0, columns, row), ratioOf(1, columns, row)];
    const [startNs, endNs] = [tasks.startNs[rows[place]], tasks.endNs[rows[place]]];
    const lostNs = (endNs - startNs) * (1 - Math.max(mac, mte2) / BOUND);
    // NaN where nothing was measured; 0 of an op that ran on other cores.
    if (!(Math.max(mac, mte2) < LOW) || mac === 0) return;
    opCount++;
    opsNs += endNs - startNs;
    stakeNs += lostNs;
    ops.add(tasks.type[rows[place]], lostNs);
    for (let pipe = 0; pipe < PIPES.length; pipe++) {
      pipeNs[pipe] += (ratioOf(pipe, columns, row) || 0) * (endNs - startNs);
    }
    if (lostNs <= mostNs) return;
    mostNs = lostNs;
    window = { startNs, endNs };
  });
  return { stakeNs: Math.round(stakeNs), window, opCount, opsNs, pipeNs, ops };
}

function cubeOps(tasks: DeviceTasks): Uint32Array {
  const { startNs, endNs, type, texts } = tasks;
  const isCubeOp = textTest(texts, CUBE_OP);
  return tasksOfClass(tasks, CLASS.compute).filter(
    (task) => endNs[task] - startNs[task] >= LEAST_NS && isCubeOp(type[task]),
  );
}

/** Of the pipe at a position of PIPES; NaN where nothing tells. */
function ratioOf(pipe: number, columns: readonly ArgColumn[], row: number): number {
  for (let column = pipe; column < columns.length; column += PIPES.length) {
    const ratio = columns[column].values[row];
    if (!Number.isNaN(ratio)) return ratio;
  }
  return Number.NaN;
}
