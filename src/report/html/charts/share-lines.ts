import { scaleLinear, scaleLog } from 'd3-scale';
import { AXIS_SHARES, curvePath, type ShareCurve } from '../../share-curve.ts';
import { valueAxis, type ValueTick, valueTicks } from '../../value-axis.ts';
import { html, type Markup } from '../markup.ts';
import { chart, type Frame, horizontalAxis, legend, px, verticalAxis } from './chart.ts';

export interface ShareLine extends ShareCurve {
  readonly className: string;
  readonly label: string;
  readonly tooltip: string;
}

export interface ShareLinesTexts {
  readonly label: string;
  readonly xTitle: string;
  readonly formatTick: (tick: ValueTick) => string;
}

const MOST_TICKS = 5;
const FRAME: Frame = { width: 460, height: 180, left: 48, right: 24, top: 10, bottom: 34 };

/** What share of the values does not exceed which: one line for each of what was run. */
export function shareLines(lines: readonly ShareLine[], texts: ShareLinesTexts): Markup {
  const axis = valueAxis(lines);
  const { isLog, domain } = axis;
  const x = (isLog ? scaleLog() : scaleLinear()).domain(domain).range([FRAME.left, FRAME.width - FRAME.right]);
  const y = scaleLinear()
    .domain([0, 1])
    .range([FRAME.height - FRAME.bottom, FRAME.top]);
  const ticks = valueTicks(axis, MOST_TICKS).map((tick) => ({ at: px(x(tick.value)), text: texts.formatTick(tick) }));
  const shares = AXIS_SHARES.map((share) => ({ at: px(y(share)), text: `${share * 100} %` }));
  const drawn = lines.map(
    (line) =>
      html`<g><title>${line.tooltip}</title><path class="line ${line.className}" d="${curvePath(line, x, y)}" /></g>`,
  );
  const body = html`${verticalAxis(FRAME, shares)}${drawn}${horizontalAxis(FRAME, ticks, texts.xTitle)}`;
  return html`${lines.length > 1 && legend(lines)}${chart(FRAME, texts.label, body)}`;
}
