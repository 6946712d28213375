/**
 * The timeline of Ascend's profilers: `msprof_*.json` and its slices (CANN msprof), `trace_view.json` (torch_npu,
 * MindSpore). Versions seen in captures: Jan 2024, Jan 2025, Aug 2026; the 2022 form is known from descriptions only.
 * Read: everything in it, with the layers named and classified. Ignored: nothing but unknown metadata, which is counted.
 * Odd rules: `ts` is text with epoch microseconds; flow ids are digits beyond 64 bits and match by category and id
 * alone; layer numbers changed between versions, so layers go by name; one counter name may hold several series that
 * only an arg tells apart.
 */
import type { Reader } from '../reader.ts';
import { hasAscendLabel, headText, traceEventShape } from '../trace-events/sniff.ts';

const FILE_NAME = /(^|\/)(msprof|trace_view|step_trace|chrome_trace_\d)[^/]*$/;
/** Any of these in the head settles it. */
const SIGNATURES: readonly (readonly [RegExp, string])[] = [
  [/"ts"\s*:\s*"\d{15,}\.\d{3}"/, 'ts as text with epoch microseconds'],
  [/"(Physic )?Stream Id"\s*:/, 'Stream Id args'],
  [/"Ascend Hardware"/, 'an Ascend Hardware process'],
  [/"(AscendCL|Node|Runtime|HCCL)@/, 'CANN API names'],
  [/"torch_to_npu"/, 'torch_to_npu flows'],
];

export const ascendMsprofJson: Reader = {
  id: 'ascend-msprof-json',
  vendor: 'Ascend',
  label: 'Ascend msprof or torch_npu timeline JSON',
  role: 'timeline',
  sniff(path, head) {
    const text = headText(head);
    const shape = traceEventShape(text);
    if (shape === undefined) return { confidence: 0, why: 'no trace events' };
    const found = SIGNATURES.filter(([pattern]) => pattern.test(text)).map(([, what]) => what);
    if (hasAscendLabel(text)) found.push('NPU labels');
    if (found.length > 0) return { confidence: 3, why: `${shape} with ${found.join(', ')}` };
    if (FILE_NAME.test(path)) return { confidence: 3, why: `${shape} in a file named by an Ascend tool` };
    return { confidence: 0, why: 'trace events without a sign of Ascend' };
  },
  async load() {
    const { loadTraceEvents } = await import('../trace-events/load.ts');
    const { ascendDialect } = await import('./dialect.ts');
    return (sources, diagnostics, options) => loadTraceEvents(sources, diagnostics, options, ascendDialect);
  },
};
