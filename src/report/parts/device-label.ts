import type { DeviceName, ReportDocument } from '../document/report-document.ts';
import type { ReportTexts } from '../texts.ts';
import type { Value } from './part.ts';

/** "rank 3 · NPU 5"; the capture where no rank is known. */
export function deviceLabel({ rank, device, capture }: DeviceName, { sentences }: ReportTexts): string {
  const words = [
    rank === null ? undefined : sentences.rank(String(rank)),
    device === null ? undefined : sentences.device(String(device)),
    capture ?? undefined,
  ].filter((word) => word !== undefined);
  return words.length === 0 ? sentences.theDevice : words.join(' · ');
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
