import type { Comparison } from '../../analysis/compare/index.ts';

/** The document of docs/schemas/compare-1.schema.json. */
export function renderJson(comparison: Comparison): string {
  return `${JSON.stringify(comparison, undefined, 2)}\n`;
}
