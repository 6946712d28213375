/**
 * What keys of results, columns of tables and names in printed results mean. They differ in spelling only ("mean_ttft_ms",
 * "Mean TTFT (ms)"), so that one list is enough. docs/metrics.md shows it to people.
 */
import { type Better, canonicalMetric, knownMetric, type MetricUnit } from '../../timeline/index.ts';
import { betterOfUnit, COUNT, MILLISECONDS, PERCENT, SECONDS, unitOfName, type WrittenUnit } from './units.ts';

/** What a number becomes: `factor` makes what is written one of `unit`. */
export interface MetricMeaning {
  readonly id: string;
  readonly unit: MetricUnit;
  readonly better: Better;
  readonly factor: number;
}

const RATE: WrittenUnit = { unit: '1/s', factor: 1 };
const RATIO: WrittenUnit = { unit: 'ratio', factor: 1 };
/** `unit`: where the name itself does not say it. */
type Known = readonly [id: string, unit: WrittenUnit, ...names: string[]];

/** By their names in small letters and digits. */
const METRICS: readonly Known[] = [
  ['duration', SECONDS, 'duration', 'benchmarkduration', 'elapsedtime', 'latency'],
  [
    'requests.completed',
    COUNT,
    'completed',
    'successfulrequests',
    'succesfulrequests',
    'succesfulrequest',
    'numrequests',
  ],
  ['requests.failed', COUNT, 'failed', 'failedrequests'],
  ['tokens.input', COUNT, 'totalinputtokens', 'inputtokens', 'totalnumprompttokens'],
  ['tokens.output', COUNT, 'totaloutputtokens', 'outputtokens', 'totalgeneratedtokens', 'totalnumoutputtokens'],
  ['tokens.total', COUNT, 'totalnumtokens'],
  // The first benchmarks of vLLM wrote `request_inthroughput`.
  ['req_s', RATE, 'requestthroughput', 'requestinthroughput', 'requestspersecond', 'reqs'],
  ['goodput_req_s', RATE, 'requestgoodput'],
  ['input_tok_s', RATE, 'inputthroughput', 'inputtokenthroughput'],
  ['output_tok_s', RATE, 'outputthroughput', 'outputtokenthroughput'],
  ['total_tok_s', RATE, 'totaltokenthroughput', 'tokenspersecond'],
  ['max_output_tok_s', RATE, 'maxoutputtokenspers', 'peakoutputtokenthroughput'],
  ['concurrency.max', COUNT, 'maxconcurrentrequests', 'peakconcurrentrequests'],
  ['requests.running', COUNT, 'numrequestsrunning'],
  ['requests.waiting', COUNT, 'numrequestswaiting'],
  // It is called a percentage and is none.
  ['kv_cache.usage', RATIO, 'kvcacheusageperc', 'gpucacheusageperc'],
  ['prefix_cache.hit_rate', RATIO, 'prefixcachehitrate'],
  ['kv_cache.available', { unit: 'bytes', factor: 1 }, 'availablekvcachememorybytes'],
  ['requests.reject_rate', RATIO, 'rejectrate'],
  ['requests.slo_violation_rate', RATIO, 'sloviolationrate'],
  ['spec_decode.acceptance_rate', PERCENT, 'specdecodeacceptancerate', 'acceptancerate'],
];
/** In percent, although names that end so mean a share elsewhere. */
const IN_PERCENT_ANYWAY = 'specdecodeacceptancerate';

/** `combine_ret.csv` of mttransformer.perf_test, assumed: of a batch, without the first token. */
const COMBINED: readonly Known[] = [
  ['ttft.mean', MILLISECONDS, 'prefilllatency', 'ttft', 'ftl'],
  ['tpot.mean', MILLISECONDS, 'tpot'],
  ['decode_time.mean', MILLISECONDS, 'generationtime'],
  ['latency.mean', MILLISECONDS, 'latency'],
  ['tokens.output', COUNT, 'generatedtokens'],
  ['output_tok_s', RATE, 'tokenspersecond', 'tps'],
];

const LABELS: readonly (readonly [label: string, ...names: string[]])[] = [
  ['model', 'model', 'modelid', 'modelname'],
  ['backend', 'backend'],
  ['endpoint_type', 'endpointtype'],
  ['request_rate', 'requestrate', 'requestrateconfigured', 'trafficrequestrate'],
  ['max_concurrency', 'maxconcurrency', 'maximumrequestconcurrency', 'maxrequestconcurrency'],
  ['burstiness', 'burstiness', 'burstinessfactor'],
  ['num_prompts', 'numprompts'],
  ['label', 'label'],
  ['dataset', 'dataset', 'datasetname'],
  ['batch', 'batch', 'batchs', 'batches', 'batchsize', 'bs'],
  ['prefill', 'prefill', 'prefilltokens', 'prefilltokenlen', 'prefilltokenlens', 'prefilllen'],
  ['decode', 'decode', 'decodetokens', 'decodetokenlen', 'decodetokenlens', 'decodelen'],
  ['input_len', 'inputlen', 'randominputlen'],
  ['output_len', 'outputlen', 'randomoutputlen'],
  ['tensor_parallel_size', 'tensorparallelsize', 'tensorparasize', 'tp', 'tpsize'],
  ['pipeline_parallel_size', 'pipelineparallelsize', 'pipelineparasize', 'pp', 'ppsize'],
  ['data_parallel_size', 'dataparallelsize', 'dp', 'dpsize'],
  ['dtype', 'dtype', 'datatype'],
  ['quantization', 'quantization'],
  ['gpu_num', 'gpunum', 'numgpus'],
  ['num_heads', 'numheads'],
  ['num_kv_heads', 'numkvheads'],
  ['num_layers', 'numlayers'],
  ['vocab_size', 'vocabsize'],
  ['best_of', 'bestof'],
  ['use_beam_search', 'usebeamsearch'],
  ['engine', 'engine'],
];

/** Neither what was measured nor what tells one measurement from another. */
const IGNORED = new Set(['date', 'tokenizer', 'tokenizerid']);

const metricBySpelling = bySpelling(METRICS);
const combinedBySpelling = bySpelling(COMBINED);
const labelBySpelling = new Map(LABELS.flatMap(([label, ...names]) => names.map((name) => [name, label] as const)));

function bySpelling(known: readonly Known[]): Map<string, { id: string; unit: WrittenUnit }> {
  return new Map(known.flatMap(([id, unit, ...names]) => names.map((name) => [name, { id, unit }] as const)));
}

/** Statistics and families as they are spelt: `p99.9_e2el_ms`, `Mean E2E Latency (ms)`, `Median ITL (ms)`. */
const STATISTIC = /^(mean|avg|average|median|std|min|max|p\d{1,3}(?:\.\d+)?)([a-z][a-z0-9]*)$/;
const SPELT_STATISTICS: Readonly<Record<string, string>> = { median: 'p50', avg: 'mean', average: 'mean' };
const FAMILIES: Readonly<Record<string, string>> = {
  ...{ ttft: 'ttft', tpot: 'tpot', itl: 'itl', e2el: 'e2el', e2elatency: 'e2el', latency: 'latency' },
  clientqueuetime: 'client_queue_time',
  e2elincludingclientqueue: 'e2el_including_client_queue',
};

/** What of a name is the same however it is written: small letters, digits, and points between digits. */
function spelling(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9.]|(?<!\d)\.|\.(?!\d)/g, '');
}

export function labelCalled(name: string): string | undefined {
  return labelBySpelling.get(spelling(unitOfName(name).stem));
}

/** Labels of the list above may be numbers; what others say is text, as a version of 0.10. */
export function isKnownLabel(label: string): boolean {
  return LABELS.some(([known]) => known === label);
}

export function isIgnored(name: string): boolean {
  return IGNORED.has(spelling(name));
}

/** The metric that a name stands for; undefined where no such is known. `isCombined`: in a combine_ret.csv. */
export function metricCalled(name: string, isCombined = false): MetricMeaning | undefined {
  const { stem, written } = unitOfName(name);
  const spelt = spelling(stem);
  const known = (isCombined ? combinedBySpelling.get(spelt) : undefined) ?? metricBySpelling.get(spelt);
  if (known === undefined) return statisticCalled(spelt.replace(/ms$/, ''), written);
  const family = knownMetric(known.id);
  const { unit, better } = family ?? { unit: known.unit.unit, better: 'neither' };
  const isOfUnit = written?.unit === unit && spelt !== IN_PERCENT_ANYWAY;
  return { id: known.id, unit, better, factor: isOfUnit ? written.factor : known.unit.factor };
}

function statisticCalled(spelt: string, said: WrittenUnit | undefined): MetricMeaning | undefined {
  const [, statistic, name] = STATISTIC.exec(spelt) ?? [];
  if (statistic === undefined || !Object.hasOwn(FAMILIES, name)) return undefined;
  // Latencies of whole batches are the only ones in seconds.
  const written = said ?? (name === 'latency' ? SECONDS : MILLISECONDS);
  if (written.unit !== 'ns') return undefined;
  const id = canonicalMetric(`${FAMILIES[name]}.${SPELT_STATISTICS[statistic] ?? statistic}`);
  return { id, unit: 'ns', better: 'lower', factor: written.factor };
}

/** Of a number that nobody knows: it keeps its name, and its unit tells which way is better. */
export function ownMetric(name: string): MetricMeaning {
  const { stem, written = COUNT } = unitOfName(name);
  return { id: stem, ...written, better: betterOfUnit(written.unit) };
}

/** A number that says how the benchmark was set up. */
export function isSetting(name: string): boolean {
  return /(^|_)(size|len|lens|num|seed|parallel|rps|port|count|version)$/.test(name.toLowerCase());
}
