/** A value over time: the area below it, and between its least and most in each column of pixels. */
import { scaleLinear } from 'd3';
import { drawnToWidth, element, svg } from './element.ts';

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

const [HEIGHT, TOP, BOTTOM] = [96, 8, 20];
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
    const left = 10 + 6.5 * Math.max(...ticks.map((value) => options.formatValue(value).length));
    x = scaleLinear()
      .domain([startNs, endNs])
      .range([left, width - 4]);
    place();
    const drawn = drawArea(options, { x, y, ticks, width, left });
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
  readonly left: number;
}

function drawArea(options: AreaOptions, { x, y, ticks, width, left }: AreaFrame): SVGSVGElement {
  const { least, most, startNs, endNs, label, formatValue, formatTime, onOpen } = options;
  const drawn = svg('svg', { width, height: HEIGHT, role: 'img', 'aria-label': label });
  if (onOpen !== undefined) drawn.classList.add('can-open');
  for (const value of ticks) {
    const at = y(value);
    drawn.append(
      svg('line', { class: 'axis-line', x1: left, x2: width - 4, y1: at, y2: at }),
      svg('text', { x: left - 6, y: at, dy: '0.32em', 'text-anchor': 'end' }, formatValue(value)),
    );
  }
  const columnNs = (endNs - startNs) / most.length;
  drawn.append(svg('path', { class: 'area', d: areaPath(most, () => y(0), x, y, startNs, columnNs) }));
  const leastAt = (column: number): number => y(least[column]);
  drawn.append(svg('path', { class: 'area-range', d: areaPath(most, leastAt, x, y, startNs, columnNs) }));
  drawn.append(
    svg('text', { x: left, y: HEIGHT - 5 }, formatTime(startNs)),
    svg('text', { x: width - 4, y: HEIGHT - 5, 'text-anchor': 'end' }, formatTime(endNs)),
  );
  return drawn;
}

/** Steps, because a value holds until the next one. */
function areaPath(
  values: ArrayLike<number>,
  baseOf: (column: number) => number,
  x: (ns: number) => number,
  y: (value: number) => number,
  startNs: number,
  columnNs: number,
): string {
  let path = '';
  for (let column = 0; column < values.length; column++) {
    if (Number.isNaN(values[column])) continue;
    const [from, to] = [x(startNs + column * columnNs), x(startNs + (column + 1) * columnNs)].map((at) =>
      at.toFixed(1),
    );
    path += `M${from} ${baseOf(column).toFixed(1)}V${y(values[column]).toFixed(1)}H${to}V${baseOf(column).toFixed(1)}z`;
  }
  return path;
}
