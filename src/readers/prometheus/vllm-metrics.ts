/**
 * The metrics page of vLLM's server in Prometheus' text format: saved once, before and after a run, or again and again with
 * times, as `traceconv scrape` does. Pages of vLLM main of Aug 2026 seen; names from 0.4.0.post1 on from its sources.
 * Also in quotes, as Prometheus 3 and OpenMetrics have it. There are no native histograms in text.
 * Read: counters, gauges and histograms of vLLM, memory and CPU time of the process, counts of HTTP requests; labels of
 * `*_info` as settings. Ignored and counted: metrics of Python and of other programs.
 * Odd rules: `time_per_output_token_seconds` is observed for each token; `*_perc` goes from 0 to 1; a hit rate of -1 says that
 * there is no cache; a counter that falls was begun anew.
 */
import type { Reader } from '../reader.ts';
import { headText } from '../trace-events/sniff.ts';

const VLLM_SAMPLE = /^[ \t]*(vllm[:_]\w+(\{[^\n]*\})?|\{"vllm[:_.][^\n]*\})[ \t]+[-+\d.NI]/m;
const VLLM_COMMENT = /^# (HELP|TYPE) "?vllm[:_.]\w+"? /m;
/** A page may begin with a quoted name, which is no JSON. */
const JSON_BEGINNING = /^\s*(\[|\{(?!"[^"\n]*"\s*[,}]))/;

export const vllmMetrics: Reader = {
  id: 'vllm-metrics',
  vendor: 'vLLM',
  label: 'vLLM metrics (Prometheus text)',
  role: 'facts',
  isWholeFolder: true,
  sniff(path, head) {
    const text = headText(head);
    if (!JSON_BEGINNING.test(text) && (VLLM_SAMPLE.test(text) || VLLM_COMMENT.test(text))) {
      return { confidence: 3, why: 'metrics of vLLM in the text format of Prometheus' };
    }
    if (/\.prom(\.gz)?$/i.test(path)) return { confidence: 1, why: 'its name ends as those of metrics do' };
    return { confidence: 0, why: 'no metrics of vLLM' };
  },
  load: async () => (await import('./load.ts')).loadMetrics,
};
