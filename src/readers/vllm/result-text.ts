/**
 * What benchmarks print, saved as text: the block of vLLM's serving benchmark (all generations, also of forks and of SGLang),
 * the lines of its throughput and latency benchmarks, the lines of the vendor's offline benchmark, and FTL and TPS of the
 * vendor's `test_whole_model.py`, whose exact lines are not known.
 * Read: names with a number, arguments that are printed before them as labels. Ignored: everything around.
 * Odd rules: colours and progress bars stand between; several results in one file are several measurements; of two runs of
 * test_whole_model.py the first only warms up.
 */
import { headText } from '../trace-events/sniff.ts';
import type { Reader } from '../reader.ts';

const SIGNATURES: readonly (readonly [what: string, confidence: 2 | 3, ...patterns: RegExp[]])[] = [
  ['a printed serving benchmark', 3, /(?<!=)={6,} ?[\w ]{0,40}Benchmark Result ?={6,}/, /^.*requests:\s+\d+/m],
  ['a printed throughput benchmark', 3, /Throughput: [\d.]+ requests\/s, [\d.]+ (total )?tokens\/s/],
  ['a printed latency benchmark', 3, /Avg latency: [\d.]+ seconds/, /% percentile latency: [\d.]+ seconds/],
  [
    'printed results',
    2,
    /(?:Successful requests|Req\/s)\s*:\s*[\d.]+/i,
    /Output token throughput \(tok\/s\)\s*:\s*[\d.]+/i,
  ],
  ['printed FTL and TPS', 2, /\bFTL\b[^\n\d]{0,20}[\d.]+/, /\bTPS\b[^\n\d]{0,20}[\d.]+/],
  ['the arguments of a benchmark', 2, /Namespace\([^\n]{0,8000}\bnum_prompts=/],
];
/** Documents quote results; they hold none. Lines of logs may begin with a bracket, too. */
const DOCUMENT_START = /^\s*(?:<|[[{]\s*["[\]{}])/;
const DOCUMENT = /\.(md|rst|html?|py|ipynb|json|csv|ya?ml|xml|js|ts)(\.gz)?$/i;

export const vllmResultText: Reader = {
  id: 'vllm-result-text',
  vendor: 'vLLM',
  label: 'printed vLLM benchmark result',
  role: 'facts',
  isWholeFolder: true,
  sniff(path, head) {
    const none = { confidence: 0, why: 'no printed result of a benchmark' } as const;
    const text = headText(head);
    if (DOCUMENT.test(path) || DOCUMENT_START.test(text.slice(0, 100)) || text.slice(0, 1000).includes('\0'))
      return none;
    const found = SIGNATURES.find(([, , ...patterns]) => patterns.every((pattern) => pattern.test(text)));
    return found === undefined ? none : { confidence: found[1], why: found[0] };
  },
  load: async () => (await import('./text/load.ts')).loadResultText,
};
