/** What numbers of a run are called, whoever measured them. docs/metrics.md shows the same list. */

/** Times are ns, as everywhere. ratio: 0 to 1. */
export type MetricUnit = 'ns' | '1/s' | 'bytes' | 'count' | 'ratio';
/** Which way is an improvement; neither: it says what was run. */
export type Better = 'lower' | 'higher' | 'neither';

export interface MetricFamily {
  readonly unit: MetricUnit;
  readonly better: Better;
  /** Whether it stands for many values, so that what is compared are statistics of them: `ttft.p99`. */
  readonly isSpread: boolean;
}

/** What follows the dot; also `p99.9` and every other percentile. */
export const STATISTICS = ['mean', 'p50', 'p90', 'p95', 'p99', 'max', 'std'] as const;

const spread = (unit: MetricUnit, better: Better): MetricFamily => ({ unit, better, isSpread: true });
const single = (unit: MetricUnit, better: Better): MetricFamily => ({ unit, better, isSpread: false });

export const METRIC_FAMILIES: Readonly<Record<string, MetricFamily>> = {
  /** From the request to its first token. */
  ttft: spread('ns', 'lower'),
  /** Per token after the first, averaged over a request. */
  tpot: spread('ns', 'lower'),
  /** Between two tokens of a request. */
  itl: spread('ns', 'lower'),
  /** From the request to its last token. */
  e2el: spread('ns', 'lower'),
  /** Of a whole batch, offline. */
  latency: spread('ns', 'lower'),
  queue_time: spread('ns', 'lower'),
  /** In the benchmark itself, before the request is sent. */
  client_queue_time: spread('ns', 'lower'),
  e2el_including_client_queue: spread('ns', 'lower'),
  prefill_time: spread('ns', 'lower'),
  decode_time: spread('ns', 'lower'),
  inference_time: spread('ns', 'lower'),
  input_tokens: spread('count', 'neither'),
  output_tokens: spread('count', 'neither'),
  req_s: single('1/s', 'higher'),
  goodput_req_s: single('1/s', 'higher'),
  input_tok_s: single('1/s', 'higher'),
  output_tok_s: single('1/s', 'higher'),
  total_tok_s: single('1/s', 'higher'),
  max_output_tok_s: single('1/s', 'higher'),
  duration: single('ns', 'neither'),
  'requests.completed': single('count', 'neither'),
  'requests.failed': single('count', 'lower'),
  'requests.reject_rate': single('ratio', 'lower'),
  'requests.slo_violation_rate': single('ratio', 'lower'),
  'requests.running': single('count', 'neither'),
  'requests.waiting': single('count', 'lower'),
  'tokens.input': single('count', 'neither'),
  'tokens.output': single('count', 'neither'),
  /** Input and output, where nobody tells them apart. */
  'tokens.total': single('count', 'neither'),
  'concurrency.max': single('count', 'neither'),
  preemptions: single('count', 'lower'),
  'kv_cache.available': single('bytes', 'neither'),
  'kv_cache.usage': single('ratio', 'neither'),
  'prefix_cache.hit_rate': single('ratio', 'higher'),
  'spec_decode.acceptance_rate': single('ratio', 'higher'),
};

const STATISTIC = /^(mean|max|min|std|p(?:\d{1,2}|100)(?:\.\d+)?)$/;

/** The family of `ttft.p99`, `req_s` and the like; undefined where no such number is known. */
export function knownMetric(id: string): MetricFamily | undefined {
  const own = Object.hasOwn(METRIC_FAMILIES, id) ? METRIC_FAMILIES[id] : undefined;
  if (own !== undefined) return own.isSpread ? undefined : own;
  const dot = id.indexOf('.');
  const [name, statistic] = [id.slice(0, dot), id.slice(dot + 1)];
  const family = Object.hasOwn(METRIC_FAMILIES, name) ? METRIC_FAMILIES[name] : undefined;
  return family?.isSpread === true && STATISTIC.test(statistic) ? family : undefined;
}

/** One percentile may be written in several ways: `ttft.p99.90` is `ttft.p99.9`. What is not known stays as it is. */
export function canonicalMetric(id: string): string {
  return knownMetric(id)?.isSpread === true ? id.replace(/(?<=\.p)\d.*$/, (percent) => `${Number(percent)}`) : id;
}

/** `ttft` of `ttft.p99`; what is one number, or not known, is its own family. */
export function metricFamily(id: string): string {
  return knownMetric(id)?.isSpread === true ? id.slice(0, id.indexOf('.')) : id;
}
