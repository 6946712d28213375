import type { DeviceId } from '../device-id.ts';

/** Tools whose numbers are reproduced: HolisticTraceAnalysis, Ascend's msprof with torch_npu, Sophon's bigTpuProfile. */
export const DEFINITIONS = ['hta', 'msprof', 'sophon'] as const;
export type Definition = (typeof DEFINITIONS)[number];

export type FigureUnit = 'us' | '%' | 'count' | 'GB/s';

/** One number as the tool would give it. */
export interface DefinitionRow extends DeviceId {
  /** What the tool calls the table that the number stands in. */
  readonly table: string;
  readonly figure: string;
  /** What of the device it is about; undefined for all of it. */
  readonly stream?: number | undefined;
  readonly step?: string | undefined;
  /** A kind or a name of kernels. */
  readonly subject?: string | undefined;
  readonly unit: FigureUnit;
  /** undefined where the input cannot tell. */
  readonly value: number | undefined;
}

export interface DefinitionFigures {
  readonly definition: Definition;
  readonly rows: readonly DefinitionRow[];
}

type RowFigure = Omit<DefinitionRow, keyof DeviceId | 'table'>;

/** Makes the rows of one table of a device. */
export function rowMaker({ rank, device, capture }: DeviceId, table: string): (figure: RowFigure) => DefinitionRow {
  return (figure) => ({ rank, device, capture, table, ...figure });
}
