/**
 * Ops that compute nothing but bring tensors into another layout or type: Transpose, TransData, Cast and the like.
 *
 * Stake: the time in which nothing but these ops computed.
 */
import { textTest } from '../text-test.ts';
import { type AloneEvidence, aloneEvidence, opsAlone } from './ops-alone.ts';
import type { FindingRule } from './finding.ts';
import { overDevices, WORTH_TELLING } from './over-devices.ts';

/**
 * Types, or names that hold the type as their last or only word: `aclnnCast_CastAiCore_Cast`, `trans_TransData_0`. Matrix
 * products that transpose on the way (TransposeBatchMatMul) are none.
 */
const LAYOUT_OP =
  /(^|[_/])(Transpose(D|V2)?|TransData(V2)?|Cast(V2)?|FormatCast|FormatTransfer|npu_format_cast)(_\d+)?$/;

/** Mixed precision casts some everywhere: 3 % of compute in a training run with nothing wrong, 9 and 17 % where something is. */
const LEAST_COMPUTE_SHARE = 0.05;

const CONFIDENCE = 0.7;

export const layoutOverhead: FindingRule<AloneEvidence> = ({ devices }) =>
  overDevices(
    devices,
    WORTH_TELLING,
    (device) => {
      const { tasks } = device;
      const isLayoutOp = textTest(tasks.texts, LAYOUT_OP);
      const seen = opsAlone(device, (task) => isLayoutOp(tasks.type[task]));
      return seen.stakeNs < LEAST_COMPUTE_SHARE * seen.computeNs ? undefined : seen;
    },
    (seen) => ({ confidence: CONFIDENCE, evidence: aloneEvidence(seen, devices[0].tasks.texts) }),
  );
