import { deviceLabel as deviceLabelOf } from '../../base/index.ts';
import type { DeviceName, ReportDocument } from '../document/report-document.ts';
import type { ReportTexts } from '../texts.ts';
import type { Value } from './part.ts';

/** "rank 3 · NPU 5", with the capture where the rank does not tell it. */
export function deviceLabel(name: DeviceName, { sentences }: ReportTexts): string {
  return deviceLabelOf(name, sentences) || sentences.theDevice;
}

/** What stands in a table; a capture's name is anybody's text. */
export function deviceValue(name: DeviceName, texts: ReportTexts): Value {
  const label = deviceLabel(name, texts);
  return name.capture === null ? { id: label, word: label } : label;
}

/** The same, or nothing where there is only one device to speak of. */
export function deviceValueIn({ totals }: ReportDocument, texts: ReportTexts): (name: DeviceName) => Value {
  return totals.length === 1 ? () => null : (name) => deviceValue(name, texts);
}
