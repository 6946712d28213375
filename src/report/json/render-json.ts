import type { ReportDocument } from '../document/report-document.ts';

/** The document itself: docs/schemas/report-1.schema.json describes it. */
export function renderJson(document: ReportDocument): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
