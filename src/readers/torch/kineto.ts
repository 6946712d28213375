/**
 * Kineto's JSON, which the profilers of PyTorch leave on CUDA, ROCm, XPU, MTIA, MUSA and SUPA (`*.pt.trace.json`, gzip of it,
 * `.tmp` of an export that broke off). Captures of 2021 to 2025 seen, of MUSA those of torch_musa 1.3; of SUPA none.
 * Read: everything the event format holds; streams of devices, the rank, groups of ranks, the chip, what launched what, the
 * absolute time, marks of memory as counters.
 * Ignored: arrows `ac2g`, where calls and device slices share a correlation; devices that are only named.
 * Odd rules: `ts` counts from `baseTimeNanoseconds` where that is given, else from the epoch; names of categories changed in
 * 2021, and MUSA had its own until 2025; a runtime call and the driver call in it may share a correlation.
 */
import type { Reader } from '../reader.ts';
import { hasAscendLabel, headText, traceEventShape } from '../trace-events/sniff.ts';
import { roleOf, sideOf } from './vendors.ts';

/** The members of the document that only Kineto writes; with long lists of ranks the events begin behind the head. */
const MEMBERS = /^\s*\{[^]*"schemaVersion"\s*:\s*\d[^]*"(deviceProperties|distributedInfo|traceEvents)"\s*:/;
const CATEGORY = /"cat"\s*:\s*"(\w{1,40})"/g;
/** Ascend's framework writes some of these categories, too. */
const ASCEND = /"ts"\s*:\s*"|"(Ascend Hardware|CANN|AscendCL|torch_to_npu|async_npu)"/;

export const torchKineto: Reader = {
  id: 'torch-kineto',
  vendor: 'PyTorch',
  label: 'PyTorch (Kineto) timeline JSON',
  role: 'timeline',
  sniff(_path, head) {
    const text = headText(head);
    const isKineto = MEMBERS.test(text) || (traceEventShape(text) !== undefined && categoryIn(text) !== undefined);
    if (!isKineto || ASCEND.test(text) || hasAscendLabel(text)) return { confidence: 0, why: 'no sign of Kineto' };
    const events = traceEventShape(text) ?? 'an object';
    const category = categoryIn(text);
    return { confidence: 3, why: category === undefined ? `${events} of Kineto` : `${events} of category ${category}` };
  },
  async load() {
    const { loadKineto } = await import('./load.ts');
    return loadKineto;
  },
};

/** The first category that only profilers of PyTorch write. */
function categoryIn(text: string): string | undefined {
  for (const [, category] of text.matchAll(CATEGORY)) {
    const role = roleOf(category);
    if (role !== undefined && sideOf(role) !== undefined) return category;
  }
  return undefined;
}
