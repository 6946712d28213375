/**
 * What people and machines read of an analysis: one document per report, rendered as text, markdown, HTML, JSON or CSV. No
 * number is worked out here.
 */
export { buildReport, LIMIT, type ReportOptions } from './document/build-report.ts';
export type { InputFacts, ReportFacts } from './document/facts.ts';
export type * from './document/host-document.ts';
export type * from './document/report-document.ts';
export { type AbsentReason, type Section, SECTIONS } from './document/sections.ts';
export { REPORT_FORMATS, type RenderOptions, renderReport, type ReportFormat } from './render-report.ts';
