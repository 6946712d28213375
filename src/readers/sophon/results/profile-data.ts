/**
 * `profile_data.js` beside the web pages of Sophon's tools: PerfWeb (TPU-MLIR's tpu_profile and bigTpuProfile for the BM1688,
 * the BM1690 and others) and the page for the BM1684 and the BM1684X. Seen: what TPU-MLIR of Nov 2025 writes.
 * Read: time_data of every core; the summary as a table; configs and captions as metadata. Ignored: operations on local and
 * global memory (lmem_op_record, gmem_op_record), partitions of memory, filters.
 * Odd rules: literals of Python or nearly JSON, never evaluated; rows longer and shorter than the header; the header's
 * names say what time is counted in.
 */
import type { Reader } from '../../reader.ts';
import { headText } from '../../trace-events/sniff.ts';

export const sophonProfileData: Reader = {
  id: 'sophon-profile-data',
  vendor: 'Sophon',
  label: 'Sophon PerfWeb profile_data.js',
  role: 'timeline',
  sniff(path, head) {
    if (/\b(let|var|const)\s+(time_header|summary_caption|page_caption)\s*=/.test(headText(head))) {
      return { confidence: 3, why: 'a script with the rows of a web page' };
    }
    return /(^|[\\/])profile_data\.js$/.test(path)
      ? { confidence: 1, why: 'the name of a script with the rows of a web page' }
      : { confidence: 0, why: 'no script with rows' };
  },
  load: async () => (await import('./profile-data-load.ts')).loadProfileData,
};
