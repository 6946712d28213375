/**
 * Benchmark results as tables: what the vendor's `result_convert.py` makes of result JSON (a row per file, a column per key:
 * assumed, no such file has been seen), and `combine_ret.csv` of mttransformer.perf_test (a row per model, batch, prefill and
 * decode length; its columns are assumed, too).
 * Read: texts and settings as labels, every other number as a metric. Ignored: nothing.
 * Odd rules: read by header, never by place; empty rows part models; the header may stand in the middle once more; units
 * stand in brackets behind names.
 */
import { headText } from '../trace-events/sniff.ts';
import type { Reader } from '../reader.ts';
import { HeaderMeaning } from './csv/header.ts';

const LONGEST_HEADER = 1 << 14;

export const vllmResultCsv: Reader = {
  id: 'vllm-result-csv',
  vendor: 'vLLM',
  label: 'vLLM benchmark result CSV',
  role: 'facts',
  isWholeFolder: true,
  sniff(path, head) {
    const names = firstLine(head);
    const { kind } = new HeaderMeaning(names);
    if (kind === 'combined') return { confidence: 3, why: 'figures by batch, prefill and decode length' };
    if (kind === 'converted') return { confidence: 3, why: 'a table with the figures of benchmarks' };
    const isNamed = /(^|[\\/])combine_ret\.csv(\.gz)?$/.test(path) && names.length > 1;
    return isNamed ? { confidence: 1, why: 'called combine_ret.csv' } : { confidence: 0, why: 'no header of results' };
  },
  load: async () => (await import('./csv/load.ts')).loadResultCsv,
};

function firstLine(head: Uint8Array): string[] {
  const [line = ''] = headText(head.subarray(0, LONGEST_HEADER))
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
    .split(/\r?\n/, 1);
  if (/^[[{<]/.test(line)) return [];
  return line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
}
