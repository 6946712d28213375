import type { ReportDocument } from '../document/report-document.ts';
import { formatCount, formatShortDuration } from '../format.ts';
import type { ReportTexts } from '../texts.ts';
import type { Block } from './part.ts';

/** That devices may have worked where they seem idle. Nothing where every graph left something on a device. */
export function unseenGraphsNote({ dataQuality, totals }: ReportDocument, { sentences }: ReportTexts): Block[] {
  const count = dataQuality.unseenGraphCount;
  if (count === 0) return [];
  const unseenNs = totals.reduce((sum, { unseenGraphNs }) => sum + unseenGraphNs, 0);
  return [{ sentence: [sentences.unseenGraphs(formatCount(count), formatShortDuration(unseenNs))] }];
}
