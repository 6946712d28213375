import { grouped } from '../base/index.ts';
import { NONE, rankOf, type Run, type Shard, type Table, tableCell, type TableKind } from '../timeline/index.ts';
import { type DeviceId, deviceIdOf, deviceKey } from './device-id.ts';
import { type DeviceWork, type WindowRule } from './overlap.ts';

/** A number of the profiler's own tools beside ours. */
export interface VendorFigure extends DeviceId {
  /** As the profiler numbers it; '' for a figure of the whole capture. */
  readonly step: string;
  readonly figure: TimeFigure | OpFigure;
  /** Which ops a figure of ops is about; '' for the others. */
  readonly opType: string;
  readonly core: string;
  /** undefined where one of the two says nothing. */
  readonly vendorNs: number | undefined;
  readonly oursNs: number | undefined;
  /** Ours without the vendor's. */
  readonly differenceNs: number | undefined;
  /** How much of the difference rounding can explain: 1 ns for each interval, or op, that was added up. */
  readonly roundingNs: number;
  /** The file the figure stands in. */
  readonly source: string;
  /** The window in which the vendor's free time is ours; undefined for figures of ops. */
  readonly window: WindowRule | undefined;
}

export type TimeFigure = 'computing' | 'communication' | 'exposed communication' | 'overlapped' | 'free';
export type OpFigure = 'total of ops' | 'shortest op' | 'mean op' | 'longest op';

export function withDifference<T extends Pick<VendorFigure, 'vendorNs' | 'oursNs'>>(
  figure: T,
): T & Pick<VendorFigure, 'differenceNs'> {
  const { vendorNs, oursNs } = figure;
  return { ...figure, differenceNs: vendorNs === undefined || oursNs === undefined ? undefined : oursNs - vendorNs };
}

/** A row of a table that is about a device. */
export interface DeviceRow {
  readonly device: DeviceId;
  readonly table: Table;
  readonly row: number;
}

/** Where neither a table nor its folder names a device, it is about the only one there. */
export function deviceRows({ shards }: Run, works: readonly DeviceWork[], kind: TableKind): DeviceRow[] {
  return shards.flatMap((shard) => {
    const owner = ownerOf(shard, works);
    const own = works.filter((work) => isOfOwner(work, owner));
    const deviceOf = (table: Table, row: number): DeviceId => {
      const device = numberCell(table, 'device', row) ?? table.device ?? (own.length === 1 ? own[0].device : NONE);
      return own.find((work) => work.device === device) ?? { ...owner, device };
    };
    return shard.timeline.tables
      .filter((table) => table.kind === kind)
      .flatMap((table) =>
        Array.from({ length: table.rowCount }, (_, row) => {
          const { rank, device, capture } = deviceOf(table, row);
          return { device: { rank, device, capture }, table, row };
        }),
      );
  });
}

/** Of one capture, whatever the ranks of its devices; or of one rank where no capture is known. */
function isOfOwner(work: DeviceWork, owner: DeviceId): boolean {
  return work.capture === owner.capture && (owner.capture !== undefined || work.rank === owner.rank);
}

/** The rank, or host, whose figures stand in a shard. Where that does not say, they belong to the only rank there is. */
function ownerOf(shard: Shard, works: readonly DeviceWork[]): DeviceId {
  const own = rankOf(shard);
  const all = new Set(works.map(({ rank }) => rank));
  const [only = NONE] = all.size === 1 ? all : [];
  return deviceIdOf(shard, { rank: own === NONE && shard.timeline.processes.length === 0 ? only : own, device: NONE });
}

export function numberCell(table: Table, name: string, row: number): number | undefined {
  const cell = tableCell(table, name, row);
  const value = cell === undefined || cell === '' ? Number.NaN : Number(cell);
  return Number.isNaN(value) ? undefined : value;
}

export function textCell(table: Table, name: string, row: number): string {
  return `${tableCell(table, name, row) ?? ''}`;
}

/** What one source says of one device belongs together. */
export function groupBySource<T>(items: readonly T[], of: (item: T) => { device: DeviceId; source: string }): T[][] {
  return grouped(items, (item) => {
    const { device, source } = of(item);
    return JSON.stringify([deviceKey(device), source]);
  });
}
