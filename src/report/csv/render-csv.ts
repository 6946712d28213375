/** One section of a report as a table for other programs. */
import type { ReportDocument } from '../document/report-document.ts';
import type { Section } from '../document/sections.ts';
import { partOf } from '../parts/report-parts.ts';
import { rowsFor } from '../parts/rows-for.ts';
import { textsFor } from '../texts.ts';
import { csvText } from './csv-text.ts';

/** Only the names of columns where there is nothing to say; ids of what is ours, whatever the language. */
export function renderCsv(document: ReportDocument, section: Section): string {
  const { main } = partOf(document, section, textsFor(document, 'en'), rowsFor('machine'));
  return main === undefined ? '' : csvText(main);
}
