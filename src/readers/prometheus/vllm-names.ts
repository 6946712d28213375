/**
 * What the metrics of vLLM's page mean, from 0.4.0.post1 to the V1 engine. They are told by their names, not by a version:
 * names came and went one at a time. Servers that go through Ray write `vllm_` instead of `vllm:`,
 * and where names may be any text, `vllm.` is no other one.
 */

const PREFIX = /^vllm[:_.]/;
/** Of other programs on the same page. */
const OTHERS = /^(process_(cpu_seconds_total|resident_memory_bytes|start_time_seconds)|http_requests_(total|created))$/;

/** Names that are read; what else is on the page is about Python. */
export function isRead(name: string): boolean {
  return PREFIX.test(name) || OTHERS.test(name);
}

/** The name in the tables below. */
export function plainName(name: string): string {
  return name.replace(PREFIX, '');
}

/** When the process behind the page began: the page of another process counts from 0. */
export const PROCESS_START = 'process_start_time_seconds';

/**
 * Where two names of one page give one metric, the first of them counts. A `time_per_output_token_seconds` is observed for each
 * token and so is a time between two of them; newer servers call it so, and have a time per token of each request, too.
 */
export const HISTOGRAMS: ReadonlyMap<string, string> = new Map([
  ['time_to_first_token_seconds', 'ttft'],
  ['inter_token_latency_seconds', 'itl'],
  ['time_per_output_token_seconds', 'itl'],
  ['request_time_per_output_token_seconds', 'tpot'],
  ['e2e_request_latency_seconds', 'e2el'],
  ['request_queue_time_seconds', 'queue_time'],
  ['time_in_queue_requests', 'queue_time'],
  ['request_prefill_time_seconds', 'prefill_time'],
  ['request_decode_time_seconds', 'decode_time'],
  ['request_inference_time_seconds', 'inference_time'],
  ['request_prompt_tokens', 'input_tokens'],
  ['request_generation_tokens', 'output_tokens'],
]);

/** Names whose ending does not say that they are seconds. */
export const IN_SECONDS: ReadonlySet<string> = new Set(['time_in_queue_requests']);

export interface CounterMeaning {
  readonly name: string;
  readonly metric: string;
  /** The sum over this label, of some of its values. */
  readonly over?: { readonly label: string; readonly isCounted: (value: string) => boolean };
}

const FAILURES: ReadonlySet<string> = new Set(['abort', 'error']);

export const COUNTERS: readonly CounterMeaning[] = [
  { name: 'prompt_tokens_total', metric: 'tokens.input' },
  { name: 'generation_tokens_total', metric: 'tokens.output' },
  { name: 'num_preemptions_total', metric: 'preemptions' },
  {
    name: 'request_success_total',
    metric: 'requests.completed',
    over: { label: 'finished_reason', isCounted: (reason) => !FAILURES.has(reason) },
  },
  {
    name: 'request_success_total',
    metric: 'requests.failed',
    over: { label: 'finished_reason', isCounted: (reason) => FAILURES.has(reason) },
  },
];

/** What a counter is called that is divided by the time it took. */
export const RATES: ReadonlyMap<string, string> = new Map([
  ['tokens.input', 'input_tok_s'],
  ['tokens.output', 'output_tok_s'],
  ['requests.completed', 'req_s'],
]);

/** What one counter counted by what another one did. */
export const RATIOS: readonly { readonly metric: string; readonly part: string; readonly whole: string }[] = [
  { metric: 'prefix_cache.hit_rate', part: 'prefix_cache_hits_total', whole: 'prefix_cache_queries_total' },
  { metric: 'prefix_cache.hit_rate', part: 'gpu_prefix_cache_hits_total', whole: 'gpu_prefix_cache_queries_total' },
  {
    metric: 'spec_decode.acceptance_rate',
    part: 'spec_decode_num_accepted_tokens_total',
    whole: 'spec_decode_num_draft_tokens_total',
  },
];

export const GAUGES: ReadonlyMap<string, string> = new Map([
  ['num_requests_running', 'requests.running'],
  ['num_requests_waiting', 'requests.waiting'],
  ['kv_cache_usage_perc', 'kv_cache.usage'],
  ['gpu_cache_usage_perc', 'kv_cache.usage'],
  ['available_kv_cache_memory_bytes', 'kv_cache.available'],
  ['gpu_prefix_cache_hit_rate', 'prefix_cache.hit_rate'],
  ['spec_decode_draft_acceptance_rate', 'spec_decode.acceptance_rate'],
]);

/** Gauges that say with -1 that there is nothing to measure. */
export const OFF_BELOW_ZERO: ReadonlySet<string> = new Set(['gpu_prefix_cache_hit_rate', 'cpu_prefix_cache_hit_rate']);

/** Labels that say what was run; the others say which of its numbers it is. */
export const RUN_LABELS: ReadonlySet<string> = new Set(['instance', 'job', 'model_name', 'engine']);

/** Labels under which everybody knows them; the others keep their names. */
export const LABEL_NAMES: ReadonlyMap<string, string> = new Map([['model_name', 'model']]);
