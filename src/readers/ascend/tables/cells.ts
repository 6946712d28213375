import type { DiagnosticKind } from '../../../base/index.ts';
import { decimalValue, hashBytes, MicrosScanner } from '../../../bytes/index.ts';
import { NONE, type TableBuilder } from '../../../timeline/index.ts';
import { isNothing } from '../op-csv/columns.ts';
import { type ColumnNames, columnNames, specOf, spellingsOf } from './column-names.ts';
import type { ColumnSpec } from './table-spec.ts';
import { nameAndUnit, type Units } from './units.ts';

/** A column of a file: where it stands in the table and how its cells are to be read. */
export interface BoundColumn {
  readonly column: number;
  /** any: a column that the format does not know. */
  readonly kind: ColumnSpec['kind'] | 'any';
  readonly factor: number;
  readonly isNegativeNone: boolean;
}

/** What is wrong with a cell. */
export type CellProblem = Extract<DiagnosticKind, 'cell_not_numeric' | 'cell_time_bad' | 'cell_time_cut'>;

/** Where exporters name no unit of a time or a duration, it is this one. */
const MICROSECOND = 1000;
const TIME_UNITS: readonly (string | undefined)[] = [undefined, 'us', 'ns'];
const NPU = [0x4e, 0x50, 0x55, 0x3a];

/** Writes cells that stand as text in a file into the columns of a table. */
export class Cells {
  readonly builder: TableBuilder;
  readonly #names: ColumnNames;
  readonly #units: Units;
  readonly #times = new MicrosScanner();
  readonly #columns = new Map<ColumnSpec, number>();
  /** Times finer than a nanosecond. */
  roundedCount = 0;

  constructor(builder: TableBuilder, specs: readonly ColumnSpec[], units: Units) {
    this.builder = builder;
    this.#names = columnNames(specs);
    this.#units = units;
  }

  /** Which of the columns a header or a key names. */
  specOf(header: string): ColumnSpec | undefined {
    return specOf(spellingsOf(header, this.#units), this.#names);
  }

  /**
   * Adds the column that a header or a key names. In a table, columns of one name are several; in a document, keys that mean
   * the same are one (`isShared`).
   */
  bind(header: string, isShared = false): BoundColumn {
    const spec = this.specOf(header);
    const { unit } = nameAndUnit(header, this.#units);
    if (spec === undefined || (spec.kind === 'time' && !TIME_UNITS.includes(unit))) {
      const column = this.builder.addColumn(header === '' ? 'unnamed' : header, 'any');
      return { column, kind: 'any', factor: 1, isNegativeNone: false };
    }
    const known = isShared ? this.#columns.get(spec) : undefined;
    const column = known ?? this.builder.addColumn(spec.column, spec.kind === 'device' ? 'number' : spec.kind);
    this.#columns.set(spec, column);
    return {
      column,
      kind: spec.kind,
      factor: unit === undefined ? factorOf(spec) : (this.#units[unit] ?? 1),
      isNegativeNone: spec.isNegativeNone === true,
    };
  }

  /** Fills a cell of the row begun last. What is no number or no time leaves it empty and is told. */
  set(bound: BoundColumn, b: Uint8Array, from: number, to: number): CellProblem | undefined {
    if (isNothing(b, from, to)) return undefined;
    switch (bound.kind) {
      case 'text':
      case 'any':
        this.builder.setText(bound.column, this.builder.strings.add(b, from, to, hashBytes(b, from, to)));
        return undefined;
      case 'number':
        return this.#setNumber(bound, decimalValue(b, from, to));
      case 'device':
        return this.#setDevice(bound, b, from, to);
      case 'time':
        return this.#setTime(bound, b, from, to);
    }
  }

  setText(bound: BoundColumn, text: string): void {
    this.builder.setText(bound.column, text === '' ? NONE : this.builder.strings.addText(text));
  }

  #setNumber({ column, factor, isNegativeNone }: BoundColumn, value: number): CellProblem | undefined {
    const scaled = value * factor;
    if (!Number.isFinite(scaled)) return 'cell_not_numeric';
    if (value >= 0 || !isNegativeNone) this.builder.setNumber(column, scaled);
    return undefined;
  }

  #setDevice(bound: BoundColumn, b: Uint8Array, from: number, to: number): CellProblem | undefined {
    const value = decimalValue(b, hasNpuPrefix(b, from) ? from + NPU.length : from, to);
    if (!Number.isNaN(value)) return this.#setNumber(bound, value);
    return /^(host|cpu)/i.test(textOf(b, from, to)) ? undefined : 'cell_not_numeric';
  }

  #setTime({ column, factor }: BoundColumn, b: Uint8Array, from: number, to: number): CellProblem | undefined {
    const times = this.#times;
    if (isCut(b, from, to)) return 'cell_time_cut';
    const isTime = factor < MICROSECOND ? times.scanNanos(b, from, to) : times.scanTime(b, from, to);
    if (!isTime) return 'cell_time_bad';
    // Exporters write 0 for a time that was never measured.
    if (times.micros === 0 && times.nanos === 0) return undefined;
    if (!this.builder.setTime(column, times.micros, times.nanos)) return 'cell_time_bad';
    if (times.rounded) this.roundedCount++;
    return undefined;
  }
}

function factorOf({ column, kind, factor }: ColumnSpec): number {
  return factor ?? (kind === 'time' || column.endsWith('Ns') ? MICROSECOND : 1);
}

/** Whether a cell could stand in a column. */
export function fits({ kind }: BoundColumn, b: Uint8Array, from: number, to: number): boolean {
  if (kind !== 'number' && kind !== 'time') return true;
  return isNothing(b, from, to) || Number.isFinite(decimalValue(b, from, to));
}

function hasNpuPrefix(b: Uint8Array, from: number): boolean {
  for (let i = 0; i < NPU.length; i++) if (b[from + i] !== NPU[i]) return false;
  return true;
}

/** `1.69512E+15`: the digits that are left do not reach the last whole number. */
function isCut(b: Uint8Array, from: number, to: number): boolean {
  let at = from;
  while (at < to && (b[at] | 0x20) !== 0x65) at++;
  if (at === to) return false;
  const match = /^\d+(?:\.(\d*))?e\+?(\d{1,3})$/i.exec(textOf(b, from, to));
  return match !== null && Number(match[2]) > (match[1] ?? '').length;
}

function textOf(b: Uint8Array, from: number, to: number): string {
  return new TextDecoder().decode(b.subarray(from, to));
}
