import type { TableKind } from '../../../timeline/index.ts';

/** One column of a format, whatever it has been called. */
export interface ColumnSpec {
  /** In camelCase. `...Ns` and `...Bytes` are converted to that unit. */
  readonly column: string;
  /** device: `3`, `NPU:3`, or `host`, which is none. */
  readonly kind: 'number' | 'text' | 'time' | 'device';
  /** Without the unit in brackets; capitals, spaces and underscores do not matter. */
  readonly names: readonly string[];
  /** What one is where the name has no unit; else 1, or microseconds for `...Ns` and times. */
  readonly factor?: number;
  /** Figures below zero say that nothing is known. */
  readonly isNegativeNone?: true;
}

/** Which columns of a table are drawn: one counter per component, one series per column. */
export interface CounterSpec {
  /** What the layer of the device is called that they are shown in. */
  readonly process: string;
  readonly component: string;
  readonly time: string;
  /** By column: what the series is called. */
  readonly series: Readonly<Record<string, string>>;
}

/** A format of tables: how its header is told from others and what its columns mean. */
export interface TableSpec {
  readonly kind: TableKind;
  /** The file it usually stands in. */
  readonly label: string;
  readonly columns: readonly ColumnSpec[];
  /** A header has all of these. */
  readonly marks: readonly string[];
  /** And none of these. */
  readonly without?: readonly string[];
  /** Where the marks are ordinary words: some name in the header is only found in these tables. */
  readonly sign?: RegExp;
  /** And the header has to hold nothing that is unknown. */
  readonly isExact?: true;
  /** Text that exporters write without quotes, though it may hold commas. */
  readonly nameColumn?: string;
  readonly counters?: CounterSpec;
}

type Options = Pick<ColumnSpec, 'factor' | 'isNegativeNone'>;

export const text = (column: string, ...names: string[]): ColumnSpec => ({ column, kind: 'text', names });
export const time = (column: string, ...names: string[]): ColumnSpec => ({ column, kind: 'time', names });
export const number = (column: string, names: string | readonly string[], options?: Options): ColumnSpec => ({
  column,
  kind: 'number',
  names: typeof names === 'string' ? [names] : names,
  ...options,
});

/** Prepended to most tables since CANN 7. Tables of torch_npu have the others at their end. */
export const DEVICE: ColumnSpec = {
  column: 'device',
  kind: 'device',
  names: ['Device_id', 'Device', 'Device Type'],
};
