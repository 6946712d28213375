/** Which share of values does not exceed which: a line for each of what was run, dashed for another run. */
import { scaleLinear, scaleLog } from 'd3';
import { valueAxis, type ValueTick, valueTicks } from '../../src/report/value-axis.ts';
import { drawnToWidth, element, svg } from './element.ts';
import './charts.css';
import './share-lines.css';

export interface ShareLine {
  readonly told: string;
  /** Position of its colour. */
  readonly colour: number;
  /** Of the run that this one is compared with. */
  readonly isOther: boolean;
  readonly points: readonly (readonly [value: number, share: number])[];
  /** Between two points nothing is known: a step at each. */
  readonly isStepped: boolean;
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
    for (const share of [0, 0.5, 0.9, 1]) {
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
      const path = svg('path', { class: classOf(line), d: pathOf(line, x, y) });
      path.append(svg('title', {}, line.told));
      drawn.append(path);
    }
    return drawn;
  });
}

export function classOf({ colour, isOther }: Pick<ShareLine, 'colour' | 'isOther'>): string {
  return `share-line line-${colour % LINE_COLOURS}${isOther ? ' is-other' : ''}`;
}

function pathOf({ points, isStepped }: ShareLine, x: (value: number) => number, y: (share: number) => number): string {
  return points
    .map(([value, share], at) => {
      const [left, height] = [x(value).toFixed(1), y(share).toFixed(1)];
      if (at === 0) return isStepped ? `M${left},${y(0).toFixed(1)}V${height}` : `M${left},${height}`;
      return isStepped ? `H${left}V${height}` : `L${left},${height}`;
    })
    .join('');
}
