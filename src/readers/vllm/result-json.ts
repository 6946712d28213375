/**
 * Results of vLLM's benchmarks as JSON: `benchmark_serving.py` and `vllm bench serve` (0.4 to 0.11 and later), throughput,
 * latency, and forks of them; lists and rows of them, `*.pytorch.json`. Seen: serve of 2026, throughput, latency; what else
 * is known stands in docs/metrics.md.
 * Read: every number and text at the top, lists per request. Ignored: texts that were generated, start times.
 * Odd rules: told by keys, never by version; `request_inthroughput` and `request_goodput:` are spelt so; rates may be "inf",
 * figures NaN; failed requests are 0, [] and a text in lists; texts of --metadata stand among the rest.
 */
import { PADDING } from '../../bytes/json-skip.ts';
import type { Reader } from '../reader.ts';
import { ObjectWalk } from './json/members.ts';
import { unitOfName } from './units.ts';

/** All keys of one line have to stand in the first object; a fork may write them as they are printed. */
const SIGNATURES: readonly (readonly [what: string, ...keys: RegExp[]])[] = [
  ['a serving benchmark', /^completed$/, /^request_(in)?throughput$/],
  ['a serving benchmark', /^total_output_tokens$/, /^output_throughput$/],
  ['a serving benchmark', /^(mean|median)_ttft_ms$/, /^(mean|median)_tpot_ms$/],
  ['a throughput benchmark', /^elapsed_time$/, /^requests_per_second$/],
  ['a throughput benchmark', /^num_requests$/, /^(tokens_per_second|output_token_throughput|output_throughput)$/],
  ['a throughput benchmark', /^(successful_requests|req_s)$/, /^output_token_throughput$/],
  ['a latency benchmark', /^avg_latency$/, /^(latencies|percentiles)$/],
  ['records of a benchmark', /^benchmark$/, /^model$/, /^metric$/],
];
/** An object has more keys before its figures only where it is none of ours. */
const MOST_KEYS = 300;

export const vllmResultJson: Reader = {
  id: 'vllm-result-json',
  vendor: 'vLLM',
  label: 'vLLM benchmark result JSON',
  role: 'facts',
  isWholeFolder: true,
  sniff(_path, head) {
    const keys = firstKeys(head);
    const found = SIGNATURES.find(([, ...all]) => all.every((pattern) => keys.some((key) => pattern.test(key))));
    if (found === undefined) return { confidence: 0, why: 'no keys of a benchmark result' };
    return { confidence: 3, why: `the result of ${found[0]}` };
  },
  load: async () => (await import('./json/load.ts')).loadResultJson,
};

/** Of the first object. */
function firstKeys(head: Uint8Array): string[] {
  const start = head.find((byte) => byte > 0x20 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf);
  if (start !== 0x7b && start !== 0x5b) return [];
  const padded = new Uint8Array(head.length + PADDING);
  padded.set(head);
  const walk = new ObjectWalk(padded, head.length);
  if (!walk.next()) return [];
  const keys: string[] = [];
  for (const { key } of walk.members()) if (keys.push(asKey(key)) === MOST_KEYS) break;
  // A list may be longer than the head.
  return [...keys, asKey(walk.lastKey)];
}

/** "Output token throughput (tok/s)" is `output_token_throughput`. */
function asKey(name: string): string {
  return unitOfName(name)
    .stem.toLowerCase()
    .replace(/[\s/]+/g, '_');
}
