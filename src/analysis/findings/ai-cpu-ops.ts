/**
 * Ops that run on the AI CPU, because no kernel for the AI cores takes their data type or shape.
 *
 * Stake: the time in which nothing but AI CPU ops computed; beside other ops they do no harm.
 */
import { OP_KINDS } from '../op-kind.ts';
import { type AloneEvidence, aloneEvidence, opsAlone } from './ops-alone.ts';
import type { FindingRule } from './finding.ts';
import { overDevices, WORTH_TELLING } from './over-devices.ts';

const AI_CPU = OP_KINDS.indexOf('ai-cpu');

/** The profiler names the engine; whether another kernel exists for the op it does not say. */
const CONFIDENCE = 0.9;

export const aiCpuOps: FindingRule<AloneEvidence> = ({ devices }) =>
  overDevices(
    devices,
    WORTH_TELLING,
    (device) => opsAlone(device, (task) => device.tasks.kind[task] === AI_CPU),
    (seen) => ({ confidence: CONFIDENCE, evidence: aloneEvidence(seen, devices[0].tasks.texts) }),
  );
