import type { Missing } from '../../src/locale/viewer-missing.ts';
import type { ReportDocument, Section } from '../../src/report/index.ts';
import { element } from '../widgets/element.ts';
import type { PanelTexts } from './panel-texts.ts';

/** What is not there, and how to capture it: an empty area would look like a fault. */
export function missing(what: Missing, { words }: PanelTexts): HTMLElement {
  const told = words.missing[what];
  return element('div', 'missing', element('p', '', told.what), element('p', 'quiet', told.how));
}

/** The same of a section that says nothing, unless that is so because no device ran an op. */
export function missingSection({ absent }: ReportDocument, section: Section & Missing, texts: PanelTexts): HTMLElement {
  const hasNoDevice = absent.some((each) => each.section === section && each.reason === 'no-device');
  return hasNoDevice ? element('p', '', texts.report.absent['no-device']) : missing(section, texts);
}
