import {
  NONE,
  type Run,
  type Table,
  type TableColumn,
  type TableKind,
  type Timeline,
} from '../../src/timeline/index.ts';
import { StringTable } from '../../src/timeline/index.ts';
import { readFiles, type TestFile } from './reading.ts';

/** Timelines as one run on the clock of the first. */
export function runOf(...timelines: readonly Timeline[]): Run {
  const [{ originNs }] = timelines;
  const shards = timelines.map((timeline, index) => ({
    timeline,
    readerId: 'test',
    files: [`part-${index}`],
    shiftNs: Number(timeline.originNs - originNs),
  }));
  return { originNs, endNs: Math.max(...shards.map(({ timeline, shiftNs }) => shiftNs + timeline.endNs)), shards };
}

/** A run of one capture, with tables beside it. */
export async function readRun(
  readerId: string,
  files: readonly TestFile[],
  { rank = NONE, tables = [] as readonly Table[] } = {},
): Promise<Run> {
  const { timeline } = await readFiles(readerId, files, { rank });
  return runOf({ ...timeline, tables });
}

/** A table of rows as tests write them down: a column is of numbers where all its cells are. */
export function tableOf(
  kind: TableKind,
  path: string,
  rows: readonly Readonly<Record<string, string | number>>[],
): Table {
  const strings = new StringTable();
  const columns = Object.keys(rows[0] ?? {}).map((name): TableColumn => {
    const cells = rows.map((row) => row[name]);
    if (cells.every((cell) => typeof cell === 'number')) {
      return { name, kind: 'number', values: Float64Array.from(cells) };
    }
    return {
      name,
      kind: 'text',
      values: Int32Array.from(cells, (cell) => (cell === '' ? NONE : strings.add(`${cell}`))),
    };
  });
  return { kind, path, originNs: 0n, rowCount: rows.length, columns, strings };
}
