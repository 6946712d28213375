import { UsageError } from '../../base/index.ts';
import type { Language } from '../../locale/index.ts';
import type { ReportDocument } from '../document/report-document.ts';

/** One self-contained page. */
export function renderHtml(_document: ReportDocument, _language: Language): string {
  throw new UsageError('no_html', '--format html: this version writes no HTML', 'choose text, md, json or csv');
}
