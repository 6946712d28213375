/** Which share of values does not exceed which: a line for each of what was run, dashed for another run. */
import { scaleLinear, scaleLog } from 'd3';
import { AXIS_SHARES, curvePath, type ShareCurve } from '../../src/report/share-curve.ts';
import { valueAxis, type ValueTick, valueTicks } from '../../src/report/value-axis.ts';
import { drawnToWidth, element, svg } from './element.ts';
import './charts.css';
import './share-lines.css';

export interface ShareLine extends ShareCurve {
  readonly told: string;
  /** Position of its colour. */
  readonly colour: number;
  /** Of the run that this one is compared with. */
  readonly isOther: boolean;
}

const [HEIGHT, TOP, BOTTOM, LEFT, RIGHT] = [150, 8, 20, 48, 24];
/** So that a label never touches the next. */
const TICK_PX = 64;
export const LINE_COLOURS = 6;

export function shareLines(
  lines: readonly ShareLine[],
  label: string,
  formatTick: (tick: ValueTick) => string,
): HTMLElement {
  const axis = valueAxis(lines);
  const { isLog, domain } = axis;
  return drawnToWidth(element('div', 'chart'), (width) => {
    const x = (isLog ? scaleLog() : scaleLinear()).domain(domain).range([LEFT, width - RIGHT]);
    const y = scaleLinear()
      .domain([0, 1])
      .range([HEIGHT - BOTTOM, TOP]);
    const drawn = svg('svg', { width, height: HEIGHT, role: 'img', 'aria-label': label });
    for (const share of AXIS_SHARES) {
      drawn.append(
        svg('line', { class: 'axis-line', x1: LEFT, x2: width - RIGHT, y1: y(share), y2: y(share) }),
        svg('text', { x: LEFT - 6, y: y(share), dy: '0.32em', 'text-anchor': 'end' }, `${share * 100} %`),
      );
    }
    for (const tick of valueTicks(axis, Math.max(2, Math.floor((width - LEFT - RIGHT) / TICK_PX)))) {
      const at = x(tick.value);
      drawn.append(
        svg('line', { class: 'axis-line', x1: at, x2: at, y1: HEIGHT - BOTTOM, y2: HEIGHT - BOTTOM + 4 }),
        svg('text', { x: at, y: HEIGHT - 3, 'text-anchor': 'middle' }, formatTick(tick)),
      );
    }
    for (const line of lines) {
      const path = svg('path', { class: classOf(line), d: curvePath(line, x, y) });
      path.append(svg('title', {}, line.told));
      drawn.append(path);
    }
    return drawn;
  });
}

export function classOf({ colour, isOther }: Pick<ShareLine, 'colour' | 'isOther'>): string {
  return `share-line line-${colour % LINE_COLOURS}${isOther ? ' is-other' : ''}`;
}
