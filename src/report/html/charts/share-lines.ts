import { scaleLinear, scaleLog } from 'd3-scale';
import { AXIS_SHARES, curvePath, type ShareCurve, valueAxis } from '../../share-curve.ts';
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
  readonly formatValue: (value: number) => string;
}

const FRAME: Frame = { width: 460, height: 180, left: 48, right: 24, top: 10, bottom: 34 };

/** What share of the values does not exceed which: one line for each of what was run. */
export function shareLines(lines: readonly ShareLine[], texts: ShareLinesTexts): Markup {
  const { isLog, domain } = valueAxis(lines);
  const x = (isLog ? scaleLog() : scaleLinear()).domain(domain).range([FRAME.left, FRAME.width - FRAME.right]);
  const y = scaleLinear()
    .domain([0, 1])
    .range([FRAME.height - FRAME.bottom, FRAME.top]);
  const ticks = (isLog ? thinned(x.ticks(4)) : x.ticks(4)).map((value) => ({
    at: px(x(value)),
    text: texts.formatValue(value),
  }));
  const shares = AXIS_SHARES.map((share) => ({ at: px(y(share)), text: `${share * 100} %` }));
  const drawn = lines.map(
    (line) =>
      html`<g><title>${line.tooltip}</title><path class="line ${line.className}" d="${curvePath(line, x, y)}" /></g>`,
  );
  const body = html`${verticalAxis(FRAME, shares)}${drawn}${horizontalAxis(FRAME, ticks, texts.xTitle)}`;
  return html`${lines.length > 1 && legend(lines)}${chart(FRAME, texts.label, body)}`;
}

/** Of a logarithmic axis there are ticks in plenty. */
function thinned(ticks: readonly number[]): number[] {
  const every = Math.ceil(ticks.length / 5);
  return ticks.filter((_, at) => at % every === 0);
}
