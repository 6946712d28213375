import { axisTop, scaleLinear, select } from 'd3';
import { element, svg } from '../widgets/element.ts';
import { timeAxis } from './time-axis.ts';
import { lengthOf, type TimeScale } from './time-window.ts';
import { formatShortDuration } from '../../src/report/format.ts';
import './ruler.css';

const RULER_PX = 26;
const EDGE_PX = 24;

/** The axis of time, and beside it what its ticks count from and how long the window is. */
export class Ruler {
  readonly corner = element('div', 'ruler-corner');
  readonly element = svg('svg', { class: 'ruler', height: RULER_PX, 'aria-hidden': 'true' });
  readonly #axis = svg('g', { transform: `translate(0,${RULER_PX - 1})` });
  readonly #base = element('span', 'ruler-base');
  readonly #length = element('span', 'ruler-length');

  constructor() {
    this.element.append(this.#axis);
    this.corner.append(this.#base, this.#length);
  }

  show(scale: TimeScale): void {
    const { ticks, baseLabel } = timeAxis(scale, scale.widthPx);
    // By its time a tick is known again and only moved while the window moves.
    const labels = new Map(ticks.map(({ timeNs, label }) => [timeNs, label]));
    const pixels = scaleLinear().domain([scale.startNs, scale.endNs]).range([0, scale.widthPx]);
    const axis = axisTop<number | { valueOf(): number }>(pixels)
      .tickValues([...labels.keys()])
      .tickFormat((timeNs) => labels.get(timeNs.valueOf()) ?? '')
      .tickSize(6);
    select(this.#axis).call(axis);
    // The first would be cut in two.
    select(this.#axis)
      .selectAll<SVGTextElement, number>('text')
      .attr('text-anchor', (timeNs) => (pixels(timeNs) < EDGE_PX ? 'start' : 'middle'));
    this.#base.textContent = baseLabel === '' ? '' : `${baseLabel} +`;
    this.#length.textContent = `⟷ ${formatShortDuration(lengthOf(scale))}`;
  }
}
