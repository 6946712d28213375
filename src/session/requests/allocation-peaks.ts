/** Who held the memory of a device when most of it was allocated, from a table of allocations. */
import { grouped } from '../../base/index.ts';
import { NONE, type Table } from '../../timeline/index.ts';

export interface AllocationPeak {
  readonly table: Table;
  readonly device: number | undefined;
  /** From the table's origin. */
  readonly atNs: number;
  readonly sizeBytes: number;
  readonly owners: readonly { readonly name: string; readonly count: number; readonly sizeBytes: number }[];
}

/** One for each device that the table is about. */
export function allocationPeaks(table: Table): AllocationPeak[] {
  const [size, from, to, device] = ['sizeBytes', 'allocationTime', 'releaseTime', 'device'].map((name) =>
    cellsOf(table, name),
  );
  const releasedNs = (row: number): number => to(row) ?? Number.POSITIVE_INFINITY;
  const rows = Array.from({ length: table.rowCount }, (_, row) => row).flatMap((row): Allocation[] => {
    const [sizeBytes, fromNs] = [size(row), from(row)];
    // Memory whose allocation was not seen has a size below zero, or no time.
    if (sizeBytes === undefined || sizeBytes <= 0 || fromNs === undefined) return [];
    return [{ row, sizeBytes, fromNs, toNs: releasedNs(row) }];
  });
  const deviceOf = ({ row }: Allocation): number | undefined => device(row) ?? table.device;
  return grouped(rows, deviceOf).map((own) => {
    const peak = peakOf(own);
    const held = own.filter(({ fromNs, toNs }) => fromNs <= peak.atNs && toNs > peak.atNs);
    return { table, device: deviceOf(own[0]), ...peak, owners: ownersOf(table, held) };
  });
}

interface Allocation {
  readonly row: number;
  readonly sizeBytes: number;
  readonly fromNs: number;
  /** Infinite where it was not released. */
  readonly toNs: number;
}

/** The first moment at which most is allocated; what is released then is gone. */
function peakOf(all: readonly Allocation[]): Pick<AllocationPeak, 'atNs' | 'sizeBytes'> {
  const begun = all.toSorted((a, b) => a.fromNs - b.fromNs);
  const over = all.filter(({ toNs }) => Number.isFinite(toNs)).sort((a, b) => a.toNs - b.toNs);
  let [heldBytes, next] = [0, 0];
  let peak = { atNs: 0, sizeBytes: 0 };
  for (const { fromNs, sizeBytes } of begun) {
    for (; next < over.length && over[next].toNs <= fromNs; next++) heldBytes -= over[next].sizeBytes;
    heldBytes += sizeBytes;
    if (heldBytes > peak.sizeBytes) peak = { atNs: fromNs, sizeBytes: heldBytes };
  }
  return peak;
}

function ownersOf(table: Table, held: readonly Allocation[]): AllocationPeak['owners'] {
  const nameOf = cellsOf(table, 'name');
  return grouped(held, ({ row }) => nameOf(row) ?? NONE)
    .map((own) => {
      const name = nameOf(own[0].row) ?? NONE;
      const sizeBytes = own.reduce((sum, each) => sum + each.sizeBytes, 0);
      return { name: name === NONE ? '' : table.strings.get(name), count: own.length, sizeBytes };
    })
    .sort((a, b) => b.sizeBytes - a.sizeBytes);
}

/** By row; undefined where nothing stands. */
function cellsOf({ columns }: Table, name: string): (row: number) => number | undefined {
  const values = columns.find((column) => column.name === name)?.values;
  return (row) => {
    const value = values?.[row];
    return value === undefined || Number.isNaN(value) ? undefined : value;
  };
}
