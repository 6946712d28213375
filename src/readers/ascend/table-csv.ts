/**
 * Tables that Ascend's tools write beside timelines and op tables: statistics of ops, APIs and collectives, times of steps
 * and iterations, host operators, memory, caches, utilization of cores (CANN msprof, torch_npu), step times of a cluster
 * (msprof-analyze). Versions seen in captures: Sep 2023, Jan 2025, Nov 2025, Aug 2026; what is known from the exporter's
 * source or documents only is marked so in docs/formats.md.
 * Read: every cell, times exactly; memory over time as counters, too. Ignored: nothing; unknown columns keep their names.
 * Not read here: op_summary, kernel_details, task_time, which hold what is to be drawn.
 * Odd rules: units stand in brackets behind names or nowhere, big numbers end in a tab, names hold commas without quotes,
 * `N/A`, an empty cell and a time of 0 mean nothing, several columns have one name.
 */
import type { Reader } from '../reader.ts';
import { headerOf } from './csv-head.ts';
import { formatsOf } from './tables/header.ts';

export const ascendTableCsv: Reader = {
  id: 'ascend-table-csv',
  vendor: 'Ascend',
  label: 'Ascend table CSV',
  role: 'facts',
  sniff(_path, head) {
    const [format] = formatsOf(headerOf(head));
    if (format === undefined) return { confidence: 0, why: 'no header of a known table' };
    return { confidence: 3, why: `a table as in ${format.label}` };
  },
  load: async () => (await import('./tables/load.ts')).loadTables,
};
