import type { Diagnostics } from '../../../base/index.ts';
import type { Table } from '../../../timeline/index.ts';
import { selectionOf, stepNumber } from '../communication/op-names.ts';
import { RecordTable } from '../tables/record-table.ts';
import { exact, type Row } from './columns.ts';
import type { Database } from './database.ts';
import type { Names } from './names.ts';
import type { CellSource, TableSpec } from './table-specs.ts';

/** The tables of a database that hold something. `names`: for databases that have numbers for texts. */
export function readTables(
  database: Database,
  specs: readonly TableSpec[],
  names: Names | undefined,
  diagnostics: Diagnostics,
): Table[] {
  return specs
    .map((spec) => readTable(database, spec, names, diagnostics))
    .filter(({ rowCount }) => rowCount > 0)
    .map((table) => table.finish());
}

/** Cells go the way of those that stand as text, so that both are the same in every respect. */
function readTable(
  database: Database,
  { table, kind, columns, from, where }: TableSpec,
  names: Names | undefined,
  diagnostics: Diagnostics,
): RecordTable {
  const { path } = database.source;
  const made = new RecordTable(kind, path, columns, diagnostics, (header) => `${table}.${from[header].column}`);
  const headers = Object.keys(from);
  const wanted = Object.fromEntries(headers.map((header) => [header, exact(from[header].column)]));
  database.each<string>(
    table,
    wanted,
    (row) => {
      made.add(headers.map((header) => [header, cellText(row, header, from[header].as, names)]));
    },
    { where },
  );
  return made;
}

function cellText(
  row: Row<string>,
  header: string,
  as: CellSource['as'],
  names: Names | undefined,
): string | undefined {
  switch (as) {
    case 'value':
      return row.text(header);
    case 'string':
      return names?.text(row.number(header));
    case 'module':
      return names?.enumName('ENUM_MODULE', row.number(header));
    case 'step':
      return stepNumber(row.text(header) ?? '');
    case 'opType':
    case 'selection':
      return selectionOf(row.text(header) ?? '')?.[as];
  }
}
