/**
 * How a profiler was set up and where it ran: `profiler_info_<rank>.json` and `profiler_metadata.json` (torch_npu),
 * `host/info.json` of a PROF folder (CANN msprof). Versions seen in captures: Sep 2023, Jan 2025, Nov 2025, Aug 2026.
 * Read: every value, as rows of a key and a value; groups of ranks as a table of their own. Ignored: nothing. Odd rules:
 * `rank_id` is a number, digits in quotes, or -1; an empty value says that a variable was not set.
 */
import type { Reader } from '../reader.ts';
import { headText, traceEventShape } from '../trace-events/sniff.ts';

/** All of one line have to stand in the head. */
const SIGNATURES: readonly (readonly [what: string, ...RegExp[]])[] = [
  ['the configuration of a profiler', /"config"\s*:\s*\{\s*"(common|experimental)_config"\s*:\s*\{/],
  ['the end of a collection', /"collectionTimeEnd"\s*:/, /"MonotonicTimeEnd"\s*:/],
  ['groups of ranks', /"parallel_group_info"\s*:\s*\{/],
  ['the shape of a distributed run', /"distributed_args"\s*:\s*\{/, /"(rank|world_size)"\s*:/],
  ['variables of the environment', /"ENV_VARIABLES"\s*:\s*\{/, /"(ASCEND|HCCL)_/],
  ['the machine of a PROF folder', /"drvVersion"\s*:/, /"platform_version"\s*:/],
];

export const ascendSettingsJson: Reader = {
  id: 'ascend-settings-json',
  vendor: 'Ascend',
  label: 'Ascend settings JSON',
  role: 'facts',
  sniff(_path, head) {
    const text = headText(head).replace(/^\u00ef\u00bb\u00bf/, '');
    const found = SIGNATURES.find(([, ...patterns]) => patterns.every((pattern) => pattern.test(text)));
    if (!/^\s*\{/.test(text) || traceEventShape(text) !== undefined || found === undefined) {
      return { confidence: 0, why: 'no settings of a profiler' };
    }
    return { confidence: 3, why: `a document with ${found[0]}` };
  },
  load: async () => (await import('./settings/load.ts')).loadSettings,
};
