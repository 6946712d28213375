/** A value over time: the area below it, and between its least and most in each column of pixels. */
import { scaleLinear } from 'd3';
import { drawnToWidth, element, svg } from './element.ts';
import './charts.css';
import './area-chart.css';

export interface AreaOptions {
  readonly label: string;
  /** By column: what held in it; NaN where nothing did. */
  readonly least: ArrayLike<number>;
  readonly most: ArrayLike<number>;
  /** All charts that are compared have the same. */
  readonly highest: number;
  readonly startNs: number;
  readonly endNs: number;
  readonly formatValue: (value: number) => string;
  readonly formatTime: (ns: number) => string;
  readonly onOpen?: (startNs: number, endNs: number) => void;
}

export interface AreaChart {
  readonly element: HTMLElement;
  /** What is in sight on the timeline. */
  setWindow(startNs: number, endNs: number): void;
}

const [HEIGHT, TOP, BOTTOM, LEFT] = [84, 8, 20, 92];
/** Of the whole width, to both sides of where somebody clicked. */
const CLICK_SHARE = 0.02;

export function areaChart(options: AreaOptions): AreaChart {
  const { startNs, endNs } = options;
  let seen: readonly [number, number] = [startNs, endNs];
  const sight = svg('rect', { class: 'in-sight', y: TOP, height: HEIGHT - TOP - BOTTOM });
  let x = scaleLinear().domain([startNs, endNs]);
  const place = (): void => {
    const [from, to] = seen.map((ns) => Math.max(x.range()[0], Math.min(x.range()[1], x(ns))));
    sight.setAttribute('x', String(from));
    sight.setAttribute('width', String(Math.max(1, to - from)));
    const isAll = seen[0] <= startNs && seen[1] >= endNs;
    sight.setAttribute('visibility', isAll ? 'hidden' : 'visible');
  };
  const root = drawnToWidth(element('div', 'chart'), (width) => {
    const y = scaleLinear()
      .domain([0, options.highest || 1])
      .range([HEIGHT - BOTTOM, TOP]);
    const ticks = y.ticks(2);
    x = scaleLinear()
      .domain([startNs, endNs])
      .range([LEFT, width - 4]);
    place();
    const drawn = drawArea(options, { x, y, ticks, width });
    drawn.append(sight);
    drawn.addEventListener('click', (event) => {
      const ns = x.invert(event.clientX - drawn.getBoundingClientRect().left);
      const half = (endNs - startNs) * CLICK_SHARE;
      options.onOpen?.(Math.max(startNs, Math.round(ns - half)), Math.min(endNs, Math.round(ns + half)));
    });
    return drawn;
  });
  return {
    element: root,
    setWindow: (fromNs, toNs) => {
      seen = [fromNs, toNs];
      place();
    },
  };
}

interface AreaFrame {
  readonly x: (ns: number) => number;
  readonly y: (value: number) => number;
  readonly ticks: readonly number[];
  readonly width: number;
}

function drawArea(options: AreaOptions, { x, y, ticks, width }: AreaFrame): SVGSVGElement {
  const { least, most, startNs, endNs, label, formatValue, formatTime, onOpen } = options;
  const drawn = svg('svg', { width, height: HEIGHT, role: 'img', 'aria-label': label });
  if (onOpen !== undefined) drawn.classList.add('can-open');
  for (const value of ticks) {
    const at = y(value);
    drawn.append(
      svg('line', { class: 'axis-line', x1: LEFT, x2: width - 4, y1: at, y2: at }),
      svg('text', { x: LEFT - 6, y: at, dy: '0.32em', 'text-anchor': 'end' }, formatValue(value)),
    );
  }
  const columnNs = (endNs - startNs) / most.length;
  const xOf = (column: number): number => x(startNs + column * columnNs);
  const yOf = (value: number): string => y(value).toFixed(1);
  const area = (baseOf: (column: number) => string): string =>
    steppedPath(most, xOf, (at, left, right) => `M${left} ${baseOf(at)}V${yOf(most[at])}H${right}V${baseOf(at)}z`);
  const edge = steppedPath(most, xOf, (at, left, right) => {
    const isFirst = at === 0 || Number.isNaN(most[at - 1]);
    return `${isFirst ? `M${left} ` : 'V'}${yOf(most[at])}H${right}`;
  });
  drawn.append(svg('path', { class: 'area', d: area(() => yOf(0)) }));
  drawn.append(svg('path', { class: 'area-edge', d: edge }));
  drawn.append(svg('path', { class: 'area-range', d: area((at) => yOf(least[at])) }));
  drawn.append(
    svg('text', { x: LEFT, y: HEIGHT - 5 }, formatTime(startNs)),
    svg('text', { x: width - 4, y: HEIGHT - 5, 'text-anchor': 'end' }, formatTime(endNs)),
  );
  return drawn;
}

/** Steps, because a value holds until the next one; `pieceOf` draws the one of a column, from its left to its right. */
function steppedPath(
  values: ArrayLike<number>,
  xOf: (column: number) => number,
  pieceOf: (column: number, left: string, right: string) => string,
): string {
  let path = '';
  for (let column = 0; column < values.length; column++) {
    if (!Number.isNaN(values[column])) path += pieceOf(column, xOf(column).toFixed(1), xOf(column + 1).toFixed(1));
  }
  return path;
}
