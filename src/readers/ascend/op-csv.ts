/**
 * Tables of ops: `op_summary_*.csv` (CANN msprof) and `kernel_details.csv` (torch_npu), at every level and with any
 * columns of hardware counters. Versions seen in captures: Nov 2023, Jan 2025, Nov 2025, Aug 2026; the form of chips with
 * one core type is known from a vendor test only.
 * Read: every row as a slice on its stream, with all its cells as args; types, shapes, formats and block counts as columns.
 * Ignored: nothing. Odd rules: big numbers end in a tab, shapes stand in quotes within quotes, names hold commas without
 * quotes, `N/A` and an empty cell mean nothing, collectives have no stream.
 */
import type { Reader } from '../reader.ts';
import { headerOf } from './csv-head.ts';
import { opHeader } from './op-csv/columns.ts';

export const ascendOpCsv: Reader = {
  id: 'ascend-op-csv',
  vendor: 'Ascend',
  label: 'Ascend op_summary or kernel_details CSV',
  role: 'ops',
  sniff(_path, head) {
    const header = opHeader(headerOf(head));
    if (header === undefined || !header.hasOpTypes) return { confidence: 0, why: 'no header of an op table' };
    const { names, name, start, duration } = header;
    return { confidence: 3, why: `a table with ${names[name]}, ${names[start]} and ${names[duration]}` };
  },
  load: async () => (await import('./op-csv/load.ts')).loadOpTables,
};
