import { scaleLinear, scaleLog } from 'd3-scale';
import { valueAxis, type ValueTick, valueTicks } from '../../value-axis.ts';
import { html, type Markup } from '../markup.ts';
import { chart, type Frame, horizontalAxis, legend, px, verticalAxis } from './chart.ts';

export interface ShareLine {
  readonly className: string;
  readonly label: string;
  readonly tooltip: string;
  /** [value, share of values that are not larger], in ascending order. */
  readonly points: readonly (readonly [value: number, share: number])[];
  /** Nothing is known between two points: a step at each, instead of a line between. */
  readonly isStepped: boolean;
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
  const shares = [0, 0.5, 0.9, 1].map((share) => ({ at: px(y(share)), text: `${share * 100} %` }));
  const drawn = lines.map(
    (line) =>
      html`<g><title>${line.tooltip}</title><path class="line ${line.className}" d="${pathOf(line, x, y)}" /></g>`,
  );
  const body = html`${verticalAxis(FRAME, shares)}${drawn}${horizontalAxis(FRAME, ticks, texts.xTitle)}`;
  return html`${lines.length > 1 && legend(lines)}${chart(FRAME, texts.label, body)}`;
}

function pathOf({ points, isStepped }: ShareLine, x: (value: number) => number, y: (share: number) => number): string {
  const [first] = points;
  if (first === undefined) return '';
  const rest = points.slice(1).map(([value, share]) => {
    const [at, height] = [px(x(value)), px(y(share))];
    return isStepped ? `H${at}V${height}` : `L${at},${height}`;
  });
  return `M${px(x(first[0]))},${px(y(isStepped ? 0 : first[1]))}${isStepped ? `V${px(y(first[1]))}` : ''}${rest.join('')}`;
}
