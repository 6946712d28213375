import { scaleLinear } from 'd3-scale';
import { html, type Markup } from '../markup.ts';
import { px } from './chart.ts';

export interface Change {
  readonly ratio: number;
  readonly interval: readonly [low: number, high: number] | null;
  readonly kind: 'worse' | 'better' | 'unchanged';
}

/** A bar from the middle, to the right where there is more than before, with a line as long as it may be by chance. */
export function changeBar({ ratio, interval, kind }: Change, largest: number): Markup {
  const x = scaleLinear().domain([-largest, largest]).range([0, 100]).clamp(true);
  const [from, to] = [x(Math.min(0, ratio)), x(Math.max(0, ratio))];
  const line =
    interval !== null &&
    html`<line class="whisker" x1="${px(x(interval[0]))}" x2="${px(x(interval[1]))}" y1="5" y2="5" />`;
  return html`<svg class="length" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
    <rect class="${kind}" x="${px(from)}" width="${px(Math.max(to - from, 0.4))}" height="10" />
    ${line}
    <line class="middle" x1="50" x2="50" y1="0" y2="10" />
  </svg>`;
}
