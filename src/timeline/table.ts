import { NONE } from './model.ts';
import type { StringTable } from './strings.ts';

/** What the rows of a table are about. */
export type TableKind =
  /** Totals by type of op and core. */
  | 'op-statistic'
  | 'api-statistic'
  | 'communication-statistic'
  /** What the vendor's tool makes of each step: computing, communication, free. */
  | 'step-times'
  /** Iterations of a graph as the device saw them. */
  | 'iterations'
  /** Host operators with shapes and call stacks. */
  | 'host-operators'
  /** Allocations of device memory. */
  | 'allocations'
  | 'memory'
  | 'l2-cache'
  | 'core-utilization'
  /** One row per collective: how long it waited and transferred. */
  | 'collectives'
  /** One row per collective and kind of link. */
  | 'bandwidth'
  /** One row per collective, kind of link and size of packet. */
  | 'packets'
  /** One row per pair of ranks. */
  | 'links'
  /** Which ranks communicate with one another. */
  | 'process-groups'
  /** What the vendor's tool says was computing, communicating or idle, when. */
  | 'overlap'
  /** What a compiler expected of each layer, beside what was measured. */
  | 'layer-estimates'
  /** Numbers of the whole run: latencies, rates. Read and written by `run-metrics`, as the next two. */
  | 'metrics'
  /** What such a number was worked out from: one row per request or token. */
  | 'samples'
  /** What a server counted by size: one row per bucket. */
  | 'histograms'
  /** How the profiler was set up. */
  | 'settings'
  /** A table of a kind that has no meaning here yet. */
  | 'other';

interface Named {
  /** In camelCase with its unit, as `totalNs`, `sizeBytes`, `hitRate`; unknown columns keep the name they have. */
  readonly name: string;
}

/** number: NaN where nothing stands. time: ns from the table's origin, NaN where nothing stands. text: ids, or NONE. */
export type TableColumn =
  | (Named & { readonly kind: 'number' | 'time'; readonly values: Float64Array })
  | (Named & { readonly kind: 'text'; readonly values: Int32Array });

/** Figures a profiler wrote down beside the events: not to be drawn, but to be shown and to be compared with ours. */
export interface Table {
  readonly kind: TableKind;
  /** The file it stands in. */
  readonly path: string;
  /** Which device it is about, where its folder tells and no column does. */
  readonly device?: number | undefined;
  /** The first of all times in it; 0 where it has none. */
  readonly originNs: bigint;
  readonly rowCount: number;
  readonly columns: readonly TableColumn[];
  readonly strings: StringTable;
}

/** A cell for people and tests: undefined where nothing stands, times as absolute ns. */
export function tableCell(table: Table, name: string, row: number): string | number | bigint | undefined {
  const column = table.columns.find((each) => each.name === name);
  if (column === undefined) return undefined;
  const value = column.values[row];
  if (column.kind === 'text') return value === NONE ? undefined : table.strings.get(value);
  if (Number.isNaN(value)) return undefined;
  return column.kind === 'time' ? table.originNs + BigInt(value) : value;
}
