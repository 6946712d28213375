/**
 * Kineto's JSON, which the profilers of PyTorch leave on CUDA, ROCm, MUSA and SUPA (`*.pt.trace.json`). Captures of 2021 to
 * 2025 seen, of MUSA those of torch_musa 1.3.
 * Read: everything the event format holds; streams of devices, the rank, what launched what, the absolute time.
 * Ignored: arrows `ac2g`, where calls and device slices share a correlation.
 * Odd rules: `ts` counts from `baseTimeNanoseconds` where that is given, else from the epoch; names of categories changed in
 * 2021, and MUSA had its own until 2025; a runtime call and the driver call in it may share a correlation.
 */
import type { Reader } from '../reader.ts';
import { headText, traceEventShape } from '../trace-events/sniff.ts';

/** The members of the document that only Kineto writes; with long lists of ranks the events begin behind the head. */
const MEMBERS = /^\s*\{[^]*"schemaVersion"\s*:\s*\d[^]*"(deviceProperties|distributedInfo|traceEvents)"\s*:/;
const CATEGORIES =
  /"cat"\s*:\s*"(cpu_op|user_annotation|kernel|gpu_(memcpy|memset|user_annotation)|(cuda|musa|privateuse1)_(runtime|driver)|Operator|Runtime|Kernel)"/;
/** Ascend's framework writes some of these categories, too. */
const ASCEND = /"ts"\s*:\s*"|"(Ascend Hardware|CANN|AscendCL|torch_to_npu|async_npu)"|"labels"\s*:\s*"NPU/;

export const torchKineto: Reader = {
  id: 'torch-kineto',
  vendor: 'PyTorch',
  label: 'PyTorch (Kineto) timeline JSON',
  role: 'timeline',
  sniff(_path, head) {
    const text = headText(head);
    const isKineto = MEMBERS.test(text) || (traceEventShape(text) !== undefined && CATEGORIES.test(text));
    if (!isKineto || ASCEND.test(text)) return { confidence: 0, why: 'no sign of Kineto' };
    const events = traceEventShape(text) ?? 'an object';
    const category = CATEGORIES.exec(text)?.[1];
    return { confidence: 3, why: category === undefined ? `${events} of Kineto` : `${events} of category ${category}` };
  },
  async load() {
    const { loadKineto } = await import('./load.ts');
    return loadKineto;
  },
};
