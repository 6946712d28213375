/** Why devices idle, most first, in a few words. */
import type { BubbleCause } from '../../src/analysis/index.ts';
import { formatShare, formatShortDuration } from '../../src/report/format.ts';
import type { ReportDocument } from '../../src/report/index.ts';
import type { Store } from '../state.ts';
import { element } from '../widgets/element.ts';
import { swatch } from '../widgets/legend.ts';
import { rankedList } from '../widgets/ranked-list.ts';
import { causeSign } from './cause-sign.ts';
import type { PanelTexts } from './panel-texts.ts';

const SHOWN = 3;

export function idleCauses({ bubbles }: ReportDocument, { words, report }: PanelTexts, store: Store): HTMLElement[] {
  if (bubbles === null || bubbles.groups.length === 0) return [];
  const totals = new Map<BubbleCause, number>();
  for (const { cause, totalNs } of bubbles.groups) totals.set(cause, (totals.get(cause) ?? 0) + totalNs);
  const entries = [...totals]
    .sort(([, a], [, b]) => b - a)
    .slice(0, SHOWN)
    .map(([cause, ns]) => {
      const share = ns / (bubbles.totalNs || 1);
      const { className, letter } = causeSign(cause);
      return {
        ...{ name: report.causes[cause], sign: swatch(className, letter), share },
        told: [formatShortDuration(ns), formatShare(share)],
        onOpen: () => store.set({ panel: 'bubbles', cause }),
      };
    });
  return [element('h3', '', words.whyIdle), rankedList(entries)];
}
