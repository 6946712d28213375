/** The ops that cost most: of a token, of the mean step where nothing is decoded, of the run where nothing is a step. */
import { formatCount, formatShare, formatShortDuration } from '../../src/report/format.ts';
import type { ReportDocument } from '../../src/report/index.ts';
import { phasesByWeight } from '../../src/report/main-phase.ts';
import type { Store } from '../state.ts';
import { element } from '../widgets/element.ts';
import { rankedList } from '../widgets/ranked-list.ts';
import type { PanelTexts } from './panel-texts.ts';

const SHOWN = 3;

/** Of a document whose top ops are by type. */
export function costliestOps(document: ReportDocument, { words }: PanelTexts, store: Store): HTMLElement[] {
  const [main] = phasesByWeight(document.steps);
  const ofStep = main?.[1].ops.map(({ key, nsPerStep, share, countPerStep }) => ({
    ...{ name: key, share, ns: nsPerStep },
    count: formatCount(Number(countPerStep.toFixed(1))),
  }));
  const ofRun = document.topOps.map(({ key, totalNs, shareOfBusy, count }) => ({
    ...{ name: key, share: shareOfBusy, ns: totalNs },
    count: formatCount(count),
  }));
  const shown = (ofStep ?? ofRun).slice(0, SHOWN);
  if (shown.length === 0) return [];
  const title = main === undefined ? words.topOfRun : main[0] === 'decode' ? words.topOfToken : words.topOfStep;
  const entries = shown.map(({ name, share, ns, count }) => ({
    ...{ name, share, told: [formatShortDuration(ns), formatShare(share), words.timesEach(count)] },
    onOpen: () => store.set({ panel: 'top-ops', by: 'type', highlighted: name }),
  }));
  return [element('h3', '', title), rankedList(entries)];
}
