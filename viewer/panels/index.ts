import type { PanelId } from '../state.ts';
import { bubblesPanel } from './bubbles.ts';
import { communicationPanel } from './communication.ts';
import { comparePanel } from './compare/index.ts';
import { detailsPanel } from './details.ts';
import { flamePanel } from './flame.ts';
import { memoryPanel } from './memory.ts';
import { metricsPanel } from './metrics/index.ts';
import type { Panel } from './panel.ts';
import { ranksPanel } from './ranks.ts';
import { searchPanel } from './search.ts';
import { selectionPanel } from './selection.ts';
import { stepsPanel } from './steps.ts';
import { summaryPanel } from './summary.ts';
import { topOpsPanel } from './top-ops.ts';

/** Each looks as panel.css says, and leaves nothing behind. */
function framed({ id, create }: Panel): Panel {
  return {
    id,
    create(root, context) {
      root.classList.add('panel-body');
      const { update, destroy } = create(root, context);
      return {
        update,
        destroy: () => {
          destroy();
          root.replaceChildren();
        },
      };
    },
  };
}

export const PANELS_BY_ID: Readonly<Record<PanelId, Panel>> = {
  summary: framed(summaryPanel),
  'top-ops': framed(topOpsPanel),
  bubbles: framed(bubblesPanel),
  steps: framed(stepsPanel),
  ranks: framed(ranksPanel),
  communication: framed(communicationPanel),
  memory: framed(memoryPanel),
  flame: framed(flamePanel),
  metrics: framed(metricsPanel),
  details: framed(detailsPanel),
  selection: framed(selectionPanel),
  compare: framed(comparePanel),
  search: framed(searchPanel),
};
