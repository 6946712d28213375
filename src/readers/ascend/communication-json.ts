/**
 * What Ascend's tools work out about collectives: `communication.json` (how long each waited and transferred, over which
 * links) and `communication_matrix.json` (between which ranks) of torch_npu and msprof --analyze; the same of a whole
 * cluster and `communication_group.json` of msprof-analyze. Versions seen in captures: Sep 2023, Jan 2025, Nov 2025.
 * Read: every figure, in tables. Ignored: nothing. Odd rules: starts are floats that were rounded to a quarter of a
 * microsecond before they were written; MB and GB are powers of ten here; the same keys stand in another order in the
 * documents of a cluster; `Total Op Info` and the selection `total` are sums of the other records, without a group or a start.
 */
import type { Reader } from '../reader.ts';
import { headText } from '../trace-events/sniff.ts';

/** All of one line have to stand in the head. */
const SIGNATURES: readonly (readonly [what: string, ...RegExp[]])[] = [
  ['times of collectives', /"Communication (Time|Bandwidth) Info"\s*:\s*\{/],
  ['transfers between ranks', /"Transport Type"\s*:/, /"Transit (Size\(MB\)|Time\(ms\))"\s*:/],
  ['steps without collectives', /^\s*\{\s*"step\d*"\s*:\s*\{\s*"(p2p|collective)"\s*:\s*\{/],
  ['groups of ranks', /"collective"\s*:\s*\[/, /"p2p"\s*:\s*\[/],
];

export const ascendCommunicationJson: Reader = {
  id: 'ascend-communication-json',
  vendor: 'Ascend',
  label: 'Ascend communication JSON',
  role: 'facts',
  sniff(_path, head) {
    const text = headText(head).replace(/^\u00ef\u00bb\u00bf/, '');
    const found = SIGNATURES.find(([, ...patterns]) => patterns.every((pattern) => pattern.test(text)));
    if (!/^\s*\{/.test(text) || found === undefined) return { confidence: 0, why: 'no figures of collectives' };
    return { confidence: 3, why: `a document with ${found[0]}` };
  },
  load: async () => (await import('./communication/load.ts')).loadCommunication,
};
