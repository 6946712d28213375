import type { Comparison } from '../../analysis/compare/index.ts';
import { checkDocuments } from './check-text.ts';

/** The document of docs/schemas/compare-1.schema.json. */
export function renderJson(comparison: Comparison): string {
  const document = { ...comparison, comparability: checkDocuments(comparison.comparability) };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
