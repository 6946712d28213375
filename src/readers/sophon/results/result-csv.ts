/**
 * Tables of Sophon's tools: `detail.csv` with `mem.csv` and `summary.csv` beside it (tpu_profile --format csv for the BM1684
 * and the BM1684X), and `PerfAI_output.csv` (PerfDoc). Seen: what TPU-MLIR of Nov 2025 writes.
 * Read: every row of detail.csv and of PerfAI_output.csv as a slice, summary.csv as a table. Ignored: mem.csv, operations on
 * local and global memory.
 * Odd rules: every line of the first three ends with a comma; quotes inside texts are not doubled; PerfAI_output.csv counts
 * in cycles and does not say how long they are.
 */
import { headerOf } from '../../ascend/csv-head.ts';
import type { Reader } from '../../reader.ts';
import { csvRoleOf } from './csv-role.ts';

export const sophonResultCsv: Reader = {
  id: 'sophon-result-csv',
  vendor: 'Sophon',
  label: 'Sophon tpu_profile CSV',
  role: 'timeline',
  isWholeFolder: true,
  sniff(_path, head) {
    switch (csvRoleOf(headerOf(head))) {
      case 'slices':
        return { confidence: 3, why: 'a table of what engines ran' };
      case 'memory':
        return { confidence: 2, why: 'a table of operations on memory' };
      case 'summary':
        return { confidence: 2, why: 'a table of subnets' };
      case undefined:
        return { confidence: 0, why: 'no table of what engines ran' };
    }
  },
  load: async () => (await import('./csv-load.ts')).loadResultCsv,
};
