/** Bars side by side, of steps or of the classes of a histogram, in which parts lie on one another. */
import { scaleBand, scaleLinear } from 'd3';
import { drawnToWidth, element, svg } from './element.ts';
import type { Part } from './legend.ts';
import { hatching } from './hatching.ts';
import { lettersOf } from './column-widths.ts';
import './charts.css';

export interface Bar {
  /** Under it, where there is room. */
  readonly label: string;
  /** Of it and its parts, in a line each. */
  readonly told: string;
  readonly parts: readonly Pick<Part, 'className' | 'letter' | 'value'>[];
  /** Has a triangle above it. */
  readonly isMarked?: boolean;
}

export interface BarsOptions {
  readonly bars: readonly Bar[];
  /** Of the chart, for those who do not see it. */
  readonly label: string;
  readonly formatValue: (value: number) => string;
  readonly height?: number;
  /** All charts that are compared have the same; else that of the highest bar. */
  readonly highest?: number;
  /** A table beside the chart opens the same by keyboard. */
  readonly onOpen?: (bar: number) => void;
}

const [TOP, BOTTOM, RIGHT, LETTER] = [12, 20, 4, 6.5];
/** Of a part that has its letter in it. */
const LETTERED = { width: 12, height: 13 };

export function stackedBars(options: BarsOptions): HTMLElement {
  return drawnToWidth(element('div', 'chart'), (width) => drawBars(options, width));
}

function drawBars(options: BarsOptions, width: number): SVGSVGElement {
  const { bars, label, formatValue, height = 130, onOpen } = options;
  const highest = options.highest ?? (bars.reduce((most, bar) => Math.max(most, heightOf(bar)), 0) || 1);
  const y = scaleLinear()
    .domain([0, highest])
    .range([height - BOTTOM, TOP]);
  const ticks = y
    .ticks(3)
    .filter(Number.isInteger)
    .map((value) => ({ at: y(value), text: formatValue(value) }));
  const left = 10 + LETTER * Math.max(...ticks.map(({ text }) => text.length));
  const x = scaleBand<number>()
    .domain(bars.map((_, bar) => bar))
    .range([left, width - RIGHT])
    .padding(width / bars.length < 6 ? 0.05 : 0.15);
  const drawn = svg('svg', { width, height, role: 'img', 'aria-label': label }, hatching());
  for (const { at, text } of ticks) {
    drawn.append(
      svg('line', { class: 'axis-line', x1: left, x2: width - RIGHT, y1: at, y2: at }),
      svg('text', { x: left - 6, y: at, dy: '0.32em', 'text-anchor': 'end' }, text),
    );
  }
  const labelWidth = LETTER * Math.max(...bars.map((bar) => lettersOf(bar.label))) + 12;
  const every = Math.ceil((labelWidth * bars.length) / (width - left));
  bars.forEach((bar, index) => {
    const group = drawBar(bar, x(index) ?? 0, x.bandwidth(), y);
    if (onOpen !== undefined) {
      group.classList.add('can-open');
      group.addEventListener('click', () => onOpen(index));
    }
    const middle = (x(index) ?? 0) + x.bandwidth() / 2;
    if (index % every === 0) {
      group.append(svg('text', { x: middle, y: height - 6, 'text-anchor': 'middle' }, bar.label));
    }
    drawn.append(group);
  });
  return drawn;
}

function drawBar(bar: Bar, left: number, width: number, y: (value: number) => number): SVGGElement {
  const group = svg('g', { class: 'bar-group' }, svg('title', {}, bar.told));
  // All of its height can be pointed at, however short the bar is.
  group.append(svg('rect', { class: 'bar-behind', x: left, y: TOP, width, height: y(0) - TOP }));
  let below = 0;
  for (const { className, letter, value } of bar.parts) {
    const [from, to] = [y(below), y(below + value)];
    below += value;
    const seen = value > 0 ? Math.max(1, from - to) : 0;
    group.append(svg('rect', { class: className, x: left, y: from - seen, width, height: seen }));
    if (letter !== undefined && width >= LETTERED.width && seen >= LETTERED.height) {
      const place = { x: left + width / 2, y: from - seen / 2, dy: '0.35em', 'text-anchor': 'middle' };
      group.append(svg('text', { class: 'part-letter', ...place }, letter));
    }
  }
  if (bar.isMarked === true) {
    const [middle, top] = [left + width / 2, y(below) - 2];
    group.append(svg('path', { class: 'mark', d: `M${middle} ${top}l-4 -7h8z` }));
  }
  return group;
}

function heightOf({ parts }: Bar): number {
  return parts.reduce((sum, { value }) => sum + value, 0);
}
