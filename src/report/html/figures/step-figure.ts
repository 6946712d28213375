import { grouped, mean } from '../../../base/index.ts';
import type { ReportDocument, ReportStep } from '../../document/report-document.ts';
import { formatShortDuration } from '../../format.ts';
import { deviceLabel } from '../../parts/device-label.ts';
import type { ReportTexts } from '../../texts.ts';
import { type StackedBar, stackedBars } from '../charts/stacked-bars.ts';
import { type Content, html } from '../markup.ts';
import { classParts } from './time-classes.ts';

/** More devices than this are compared by the map of ranks instead. */
const DEVICES_AT_MOST = 4;
/** More bars than this would be narrower than a line: neighbours are shown by their mean. */
const BARS_AT_MOST = 300;
/** One step shows nothing that its row in the table does not. */
const STEPS_AT_LEAST = 2;

/** The time of each step, in parts; one chart per device. */
export function stepFigure({ steps: { items } }: ReportDocument, texts: ReportTexts): Content {
  return grouped(items, (item) => deviceLabel(item, texts))
    .filter((steps) => steps.length >= STEPS_AT_LEAST)
    .slice(0, DEVICES_AT_MOST)
    .map((steps) => {
      const device = deviceLabel(steps[0], texts);
      const chart = stackedBars(barsOf(steps, texts), {
        label: `${texts.words.sections.steps}, ${device}`,
        xTitle: texts.columns.step,
        formatValue: formatShortDuration,
      });
      return html`<figure>
        <figcaption>${device}</figcaption>
        ${chart}
      </figure>`;
    });
}

function barsOf(steps: readonly ReportStep[], texts: ReportTexts): StackedBar[] {
  const size = Math.ceil(steps.length / BARS_AT_MOST);
  return Array.from({ length: Math.ceil(steps.length / size) }, (_, bar) =>
    barOf(steps.slice(bar * size, (bar + 1) * size), texts),
  );
}

function barOf(steps: readonly ReportStep[], texts: ReportTexts): StackedBar {
  const [first, last] = [steps[0], steps[steps.length - 1]];
  const meanOf = (of: (step: ReportStep) => number): number => mean(steps.map(of));
  const parts = classParts(
    {
      computeNs: meanOf(({ computeNs }) => computeNs),
      exposedCommNs: meanOf(({ exposedCommNs }) => exposedCommNs),
      deviceIdleNs: meanOf(({ deviceIdleNs }) => deviceIdleNs),
    },
    texts,
  );
  const label = steps.length === 1 ? first.id : `${first.id}–${last.id}`;
  const told = parts.map((part) => `${part.label} ${formatShortDuration(part.value)}`);
  const phase = texts.words.phases[first.phase];
  const total = formatShortDuration(meanOf(({ durNs }) => durNs));
  return { label, tooltip: [`${label} (${phase}) ${total}`, ...told].join(' · '), parts };
}
