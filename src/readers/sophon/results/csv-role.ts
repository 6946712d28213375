import { ResultColumns } from './result-columns.ts';

/** What a table with these columns is about; undefined where it is none of Sophon's. */
export function csvRoleOf(header: readonly string[]): 'slices' | 'memory' | 'summary' | undefined {
  const columns = new ResultColumns(header);
  if (columns.hasTimes && (columns.has('category') || columns.has('engine'))) return 'slices';
  if (header.includes('mem_type') && header.includes('rw_type')) return 'memory';
  return header.includes('subnet_id') && header.includes('subnet_type') ? 'summary' : undefined;
}
