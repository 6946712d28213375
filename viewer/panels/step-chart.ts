/** Steps as bars in parts, one behind the other: a chart for each device, all to one scale. */
import { grouped } from '../../src/base/grouped.ts';
import type { ReportStep } from '../../src/report/index.ts';
import { formatCount, formatShortDuration } from '../../src/report/format.ts';
import { element } from '../widgets/element.ts';
import { legend } from '../widgets/legend.ts';
import { type Bar, stackedBars } from '../widgets/stacked-bars.ts';
import type { PanelContext } from './panel.ts';
import { deviceLabel, type PanelTexts } from './panel-texts.ts';
import { timeParts } from './time-parts.ts';

/** More bars would be narrower than what a mouse can point at; more devices are compared by the panel of ranks. */
const [BARS_AT_MOST, CHARTS_AT_MOST] = [160, 4];
/** One step shows nothing that its row in a table does not. */
const STEPS_AT_LEAST = 2;

export function stepCharts(steps: readonly ReportStep[], texts: PanelTexts, context: PanelContext): HTMLElement[] {
  const devices = grouped(steps, (step) => deviceLabel(context.info, step)).filter(
    ({ length }) => length >= STEPS_AT_LEAST,
  );
  if (devices.length === 0) return [];
  const shown = devices.slice(0, CHARTS_AT_MOST);
  const highest = shown.flat().reduce((most, { durNs }) => Math.max(most, durNs), 1);
  const size = Math.ceil(Math.max(...shown.map(({ length }) => length)) / BARS_AT_MOST);
  const charts = shown.map((own) => stepChart(own, size, highest, texts, context));
  const hasMarks = shown.some((own) => own.some(({ isOutlier }) => isOutlier));
  const key = legend([
    ...timeParts({ computeNs: 0, exposedCommNs: 0, deviceIdleNs: 0 }, texts),
    ...(hasMarks ? [{ className: 'swatch-mark', label: texts.sentences.outlier }] : []),
  ]);
  const notes = [
    ...(size > 1 ? [texts.words.slowestOf(String(size))] : []),
    ...(devices.length > shown.length ? [texts.words.moreDevices(formatCount(devices.length - shown.length))] : []),
  ];
  return [key, element('div', 'charts', ...charts), ...notes.map((note) => element('p', 'quiet', note))];
}

/** Where steps are many, each bar is the slowest of some, so that outliers stay. */
function stepChart(
  steps: readonly ReportStep[],
  size: number,
  highest: number,
  texts: PanelTexts,
  context: PanelContext,
): HTMLElement {
  const label = deviceLabel(context.info, steps[0]);
  const shown = Array.from({ length: Math.ceil(steps.length / size) }, (_, bar) =>
    steps.slice(bar * size, (bar + 1) * size).reduce((a, b) => (b.durNs > a.durNs ? b : a)),
  );
  const chart = stackedBars({
    bars: shown.map((step) => barOf(step, texts)),
    ...{ label, highest, formatValue: formatShortDuration },
    onOpen: (bar) => context.goTo(shown[bar].startNs, shown[bar].startNs + shown[bar].durNs),
  });
  const caption = context.info.devices.length > 1 ? [element('figcaption', '', label)] : [];
  return element('figure', '', ...caption, chart);
}

function barOf(step: ReportStep, texts: PanelTexts): Bar {
  const parts = timeParts(step, texts);
  const marks = [step.isFirst ? texts.sentences.first : [], step.isOutlier ? texts.sentences.outlier : []].flat();
  const whole = [texts.columns.step, step.id, formatShortDuration(step.durNs), ...marks].join(' ');
  const told = parts.map((part) => `${part.label} ${formatShortDuration(part.value)}`);
  return { label: step.id, told: [whole, ...told].join('\n'), parts, isMarked: step.isOutlier };
}
