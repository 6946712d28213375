/**
 * Ops that run on the AI CPU, because no kernel for the AI cores takes their data type or shape.
 *
 * Stake: the time in which nothing but AI CPU ops computed; beside other ops they do no harm.
 */
import { OP_KINDS } from '../op-kind.ts';
import { opsAlone } from './ops-alone.ts';
import type { FindingRule } from './finding.ts';
import { NameTimes } from './name-times.ts';
import { overDevices, sumOf, WORTH_TELLING } from './over-devices.ts';

const AI_CPU = OP_KINDS.indexOf('ai-cpu');

/** The profiler names the engine; whether another kernel exists for the op it does not say. */
const CONFIDENCE = 0.9;

export const aiCpuOps: FindingRule<{
  opCount: number;
  aloneNs: number;
  computeShare: number;
  ops: readonly string[];
}> = ({ devices }) =>
  overDevices(
    devices,
    WORTH_TELLING,
    (device) => opsAlone(device, (task) => device.tasks.kind[task] === AI_CPU),
    (seen) => ({
      confidence: CONFIDENCE,
      evidence: {
        opCount: sumOf(seen, ({ count }) => count),
        aloneNs: sumOf(seen, ({ stakeNs }) => stakeNs),
        computeShare: sumOf(seen, ({ stakeNs }) => stakeNs) / sumOf(seen, ({ computeNs }) => computeNs),
        ops: NameTimes.top(
          seen.map(({ names }) => names),
          devices[0].tasks.texts,
        ),
      },
    }),
  );
