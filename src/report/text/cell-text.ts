import { spark } from './spark.ts';
import type { Column, Value } from '../parts/part.ts';
import { formatBytes, formatCount, formatDuration, formatMicros, formatShare, formatShortDuration } from '../format.ts';

/** A value as people read it; names as they are. Nothing stands for what is not known and for what is drawn. */
export function cellText({ kind }: Pick<Column, 'kind'>, value: Value): string {
  if (value === null) return '';
  if (kind === 'spark') return Array.isArray(value) ? spark(value) : '';
  if (typeof value === 'string') return value;
  if (typeof value !== 'number') return 'word' in value ? value.word : '';
  switch (kind) {
    case 'count':
      return formatCount(value);
    case 'decimal':
      return Number.isInteger(value) ? formatCount(value) : value.toFixed(1);
    case 'duration':
      return formatShortDuration(value);
    case 'micros':
      return formatMicros(value);
    case 'time':
      return formatDuration(value);
    case 'ratio':
      return formatShare(value);
    case 'rate':
      return `${formatBytes(value)}/s`;
    case 'bytes':
      return formatBytes(value);
    case 'bar':
    case 'stack':
      return '';
    case 'measured':
    case 'text':
    case 'name':
    case 'names':
      return String(value);
  }
}

export function isDrawn({ kind }: Pick<Column, 'kind'>): boolean {
  return kind === 'bar' || kind === 'stack';
}

const FIGURES: ReadonlySet<Column['kind']> = new Set([
  ...(['count', 'decimal', 'measured', 'duration', 'micros', 'time', 'ratio', 'rate', 'bytes'] as const),
]);

/** Figures stand to the right, under one another. */
export function isFigure({ kind }: Pick<Column, 'kind'>): boolean {
  return FIGURES.has(kind);
}

/** Positions of the columns in which anything is said. */
export function columnsWithValues(columns: readonly unknown[], rows: readonly (readonly Value[])[]): number[] {
  const positions = columns.map((_, position) => position);
  return positions.filter((position) => rows.some((row) => !isNothing(row[position])));
}

function isNothing(value: Value): boolean {
  return value === null || value === '' || (typeof value === 'object' && 'word' in value && value.word === '');
}
