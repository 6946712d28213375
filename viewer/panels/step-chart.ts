/** Steps as bars in parts, one behind the other. */
import type { ReportStep } from '../../src/report/index.ts';
import { formatShortDuration } from '../../src/report/format.ts';
import { element } from '../widgets/element.ts';
import { legend } from '../widgets/legend.ts';
import { type Bar, stackedBars } from '../widgets/stacked-bars.ts';
import type { PanelContext } from './panel.ts';
import type { PanelTexts } from './panel-texts.ts';
import { timeParts } from './time-parts.ts';

/** More would be narrower than what a mouse can point at. */
const BARS_AT_MOST = 160;

/** Where steps are many, each bar is the slowest of some, so that outliers stay. */
export function stepChart(
  steps: readonly ReportStep[],
  label: string,
  texts: PanelTexts,
  context: PanelContext,
): HTMLElement {
  const size = Math.ceil(steps.length / BARS_AT_MOST);
  const shown = Array.from({ length: Math.ceil(steps.length / size) }, (_, bar) =>
    steps.slice(bar * size, (bar + 1) * size).reduce((a, b) => (b.durNs > a.durNs ? b : a)),
  );
  const chart = stackedBars({
    bars: shown.map((step) => barOf(step, texts)),
    label,
    formatValue: formatShortDuration,
    onOpen: (bar) => {
      const { startNs, durNs } = shown[bar];
      context.goTo(startNs, startNs + durNs);
    },
  });
  const hasMarks = shown.some(({ isOutlier }) => isOutlier);
  const key = legend([
    ...timeParts({ computeNs: 0, exposedCommNs: 0, deviceIdleNs: 0 }, texts),
    ...(hasMarks ? [{ className: 'swatch-mark', label: texts.sentences.outlier }] : []),
  ]);
  const figure = element('figure', '', element('figcaption', '', label), key, chart);
  if (size > 1) figure.append(element('p', 'quiet', texts.words.slowestOf(String(size))));
  return figure;
}

function barOf(step: ReportStep, texts: PanelTexts): Bar {
  const parts = timeParts(step, texts);
  const marks = [step.isFirst ? texts.sentences.first : [], step.isOutlier ? texts.sentences.outlier : []].flat();
  const whole = [texts.columns.step, step.id, formatShortDuration(step.durNs), ...marks].join(' ');
  const told = parts.map((part) => `${part.label} ${formatShortDuration(part.value)}`);
  return { label: step.id, told: [whole, ...told].join('\n'), parts, isMarked: step.isOutlier };
}
