/**
 * Tables of device tasks: `task_time_*.csv` (CANN msprof). Version seen in captures: Aug 2026. The older form of that name
 * holds sums without times and is no such table.
 * Read: every task, kernels and plumbing alike, as a slice on its stream. Ignored: nothing. Odd rules: a kernel goes by
 * the name of its binary, plumbing by none, so that it is called by its type; where the ops are known from another
 * table, its names count.
 */
import type { Reader } from '../reader.ts';
import { headerOf } from './csv-head.ts';
import { opHeader } from './op-csv/columns.ts';

export const ascendTaskCsv: Reader = {
  id: 'ascend-task-csv',
  vendor: 'Ascend',
  label: 'Ascend task_time CSV',
  role: 'tasks',
  sniff(_path, head) {
    const header = opHeader(headerOf(head));
    if (header === undefined || header.hasOpTypes) return { confidence: 0, why: 'no header of a table of tasks' };
    return { confidence: 3, why: `a table with ${header.names[header.name]} and ${header.names[header.start]}` };
  },
  load: async () => (await import('./op-csv/load.ts')).loadOpTables,
};
