import { scaleBand, scaleLinear } from 'd3-scale';
import type { Markup } from '../markup.ts';
import { html } from '../markup.ts';
import { chart, FRAME, type Frame, horizontalAxis, legend, type Part, px, rangeOf, verticalAxis } from './chart.ts';

export interface StackedBar {
  /** Under the bar where there is room, and in its tooltip. */
  readonly label: string;
  readonly tooltip: string;
  readonly parts: readonly Part[];
}

export interface StackedBarsTexts {
  /** Of the whole chart, for those who do not see it. */
  readonly label: string;
  readonly xTitle: string;
  readonly formatValue: (value: number) => string;
}

const LABELS_AT_MOST = 20;

/** One bar per step, say, in which classes of time lie on one another. */
export function stackedBars(bars: readonly StackedBar[], texts: StackedBarsTexts, frame: Frame = FRAME): Markup {
  const [, highest] = rangeOf([1, ...bars.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0))]);
  const x = scaleBand<number>()
    .domain(bars.map((_, index) => index))
    .range([frame.left, frame.width - frame.right])
    .padding(bars.length > 150 ? 0 : 0.15);
  const y = scaleLinear()
    .domain([0, highest])
    .nice()
    .range([frame.height - frame.bottom, frame.top]);
  const every = Math.ceil(bars.length / LABELS_AT_MOST);
  const labels = bars.flatMap(({ label }, index) =>
    index % every === 0 ? [{ at: px((x(index) ?? 0) + x.bandwidth() / 2), text: label }] : [],
  );
  const body = html`${verticalAxis(
    frame,
    y.ticks(5).map((value) => ({ at: px(y(value)), text: texts.formatValue(value) })),
  )}${bars.map((bar, index) => drawBar(bar, x(index) ?? 0, x.bandwidth(), y))}${horizontalAxis(frame, labels, texts.xTitle)}`;
  return html`${legend(bars[0]?.parts ?? [])}${chart(frame, texts.label, body)}`;
}

function drawBar({ parts, tooltip }: StackedBar, left: number, width: number, y: (value: number) => number): Markup {
  let below = 0;
  const rects = parts.map(({ className, value }) => {
    const [from, to] = [y(below), y(below + value)];
    below += value;
    return html`<rect
      class="${className}"
      x="${px(left)}"
      y="${px(to)}"
      width="${px(Math.max(width, 0.5))}"
      height="${px(from - to)}"
    />`;
  });
  return html`<g><title>${tooltip}</title>${rects}</g>`;
}
