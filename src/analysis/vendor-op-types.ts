import type { Run } from '../timeline/index.ts';
import { opTypeKey, type OpTypeTimes, opTypeTimes } from './op-types.ts';
import { deviceKey } from './device-id.ts';
import { type DeviceWork } from './overlap.ts';
import {
  type DeviceRow,
  deviceRows,
  groupBySource,
  numberCell,
  type OpFigure,
  textCell,
  type VendorFigure,
  withDifference,
} from './vendor-figure.ts';

const FIGURES: readonly {
  readonly figure: OpFigure;
  readonly column: string;
  readonly ours: (times: OpTypeTimes) => number;
  /** The vendor rounds once for each op, or once for all. */
  readonly roundings: (times: OpTypeTimes) => number;
}[] = [
  { figure: 'total of ops', column: 'totalNs', ours: ({ totalNs }) => totalNs, roundings: ({ count }) => count },
  { figure: 'shortest op', column: 'minNs', ours: ({ minNs }) => minNs, roundings: () => 1 },
  { figure: 'mean op', column: 'meanNs', ours: ({ totalNs, count }) => totalNs / count, roundings: () => 1 },
  { figure: 'longest op', column: 'maxNs', ours: ({ maxNs }) => maxNs, roundings: () => 1 },
];

/**
 * The vendor's statistics of ops by type and core. Equal totals and means are equal counts. Types that it does not have
 * come last, with their total.
 */
export function opTypeFigures(run: Run, works: readonly DeviceWork[]): VendorFigure[] {
  const rows = deviceRows(run, works, 'op-statistic');
  if (rows.length === 0) return [];
  const times = opTypeTimes(run);
  return groupBySource(rows, ({ device, table }) => ({ device, source: table.path })).flatMap((ofDevice) =>
    figuresOf(ofDevice, times.get(deviceKey(ofDevice[0].device)) ?? new Map<string, OpTypeTimes>()),
  );
}

function figuresOf(rows: readonly DeviceRow[], times: ReadonlyMap<string, OpTypeTimes>): VendorFigure[] {
  const [{ device, table: first }] = rows;
  const known = new Set<string>();
  const common = { ...device, step: '', source: first.path, window: undefined };
  const figures = rows.flatMap(({ table, row }) => {
    const opType = textCell(table, 'opType', row);
    const core = textCell(table, 'coreType', row);
    known.add(opTypeKey(opType, core));
    const ours = times.get(opTypeKey(opType, core));
    return FIGURES.flatMap(({ figure, column, ...of }) => {
      const vendorNs = numberCell(table, column, row);
      if (vendorNs === undefined) return [];
      const oursNs = ours && of.ours(ours);
      return withDifference({
        ...common,
        figure,
        opType,
        core,
        vendorNs,
        oursNs,
        roundingNs: ours ? of.roundings(ours) : 0,
      });
    });
  });
  const unknown = [...times].filter(([key]) => !known.has(key));
  const [{ figure }] = FIGURES;
  return [
    ...figures,
    ...unknown.map(([, { opType, core, totalNs, count }]) =>
      withDifference({ ...common, figure, opType, core, vendorNs: undefined, oursNs: totalNs, roundingNs: count }),
    ),
  ];
}
