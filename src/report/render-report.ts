import type { Language } from '../locale/index.ts';
import { renderCollapsed } from './collapsed/render-collapsed.ts';
import { renderCsv } from './csv/render-csv.ts';
import type { ReportDocument } from './document/report-document.ts';
import type { Section } from './document/sections.ts';
import { renderHtml } from './html/index.ts';
import { renderJson } from './json/render-json.ts';
import { renderMarkdown } from './markdown/render-markdown.ts';
import { renderText } from './text/render-text.ts';

export const REPORT_FORMATS = ['text', 'md', 'html', 'json', 'csv', 'collapsed'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export interface RenderOptions {
  readonly language: Language;
  /** How many rows people see of each table; what there is room for where nothing is said. */
  readonly top?: number | undefined;
  /** With all that is known of findings also in text. */
  readonly isVerbose?: boolean;
  /** In cells, for text. */
  readonly width?: number | undefined;
  /** The table that CSV shows. */
  readonly section: Section;
}

/** Text may hold styles; the others never do. */
export function renderReport(document: ReportDocument, format: ReportFormat, options: RenderOptions): string {
  switch (format) {
    case 'text':
      return renderText(document, options);
    case 'md':
      return renderMarkdown(document, options);
    case 'html':
      return renderHtml(document, options);
    case 'json':
      return renderJson(document);
    case 'csv':
      return renderCsv(document, options.section);
    case 'collapsed':
      return renderCollapsed(document);
  }
}
