import type { ReportDocument } from '../../document/report-document.ts';
import { formatShare, formatShortDuration } from '../../format.ts';
import { classTerm, tellsCores } from '../../parts/top-ops-part.ts';
import type { ReportTexts } from '../../texts.ts';
import { inCategories } from '../charts/categories.ts';
import { legend } from '../charts/chart.ts';
import { shareBar } from '../charts/share-bar.ts';
import { type Content, html } from '../markup.ts';

/** How much of the busy time ops of each class take. */
export function opClassFigure({ opClasses }: ReportDocument, texts: ReportTexts): Content {
  const { columns } = texts;
  const busy = opClasses.filter(({ share }) => share > 0);
  if (busy.length < 2) return undefined;
  const whole = busy.reduce((sum, { totalNs }) => sum + totalNs, 0);
  const isSplit = tellsCores(opClasses);
  const parts = inCategories(
    busy.map(({ class: id, totalNs }) => ({ label: classTerm(id, texts, isSplit).word, value: totalNs })),
  );
  const told = ({ label, value }: { label: string; value: number }): string =>
    `${label} ${formatShortDuration(value)} (${formatShare(value / whole)})`;
  return html`<figure>
    <figcaption>${columns.class}</figcaption>
    ${legend(parts)}${shareBar(parts, `${columns.class}: ${parts.map(told).join(', ')}`, told)}
  </figure>`;
}
