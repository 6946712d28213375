import { scaleLinear } from 'd3-scale';
import { html, type Markup } from '../markup.ts';
import { chart, type Part, px } from './chart.ts';

const [WIDTH, HEIGHT] = [640, 18];

/** One bar that is the whole, in parts. */
export function shareBar(parts: readonly Part[], label: string, tooltipOf: (part: Part) => string): Markup {
  const whole = parts.reduce((sum, { value }) => sum + value, 0);
  const x = scaleLinear()
    .domain([0, Math.max(whole, 1)])
    .range([0, WIDTH]);
  let before = 0;
  const rects = parts.map((part) => {
    const [from, to] = [x(before), x(before + part.value)];
    before += part.value;
    return html`<rect class="${part.className}" x="${px(from)}" width="${px(to - from)}" height="${HEIGHT}"
      ><title>${tooltipOf(part)}</title></rect
    >`;
  });
  return chart({ width: WIDTH, height: HEIGHT }, label, rects);
}

/** A bar as long as its share of the longest, beside a number in a table that says the same. */
export function lengthBar(value: number, longest: number, className: string): Markup {
  const x = scaleLinear().domain([0, longest]).range([0, 100]);
  return html`<svg class="length" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
    <rect class="${className}" width="${px(x(value))}" height="10" />
  </svg>`;
}
