import type { DeviceName } from '../document/report-document.ts';
import type { ReportTexts } from '../texts.ts';

/** "rank 3 · NPU 5"; the capture where no rank is known. */
export function deviceLabel({ rank, device, capture }: DeviceName, { sentences }: ReportTexts): string {
  const words = [
    rank === null ? undefined : sentences.rank(String(rank)),
    device === null ? undefined : sentences.device(String(device)),
    capture ?? undefined,
  ].filter((word) => word !== undefined);
  return words.length === 0 ? sentences.theDevice : words.join(' · ');
}
