import { html, type Content, type Markup } from '../markup.ts';

/** What all charts look like: sizes in CSS pixels of an SVG that scales with the page. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export const FRAME: Frame = { width: 920, height: 240, left: 64, right: 12, top: 12, bottom: 34 };

/** A figure people can see, and a sentence for those who cannot. */
export function chart({ width, height }: Pick<Frame, 'width' | 'height'>, label: string, content: Content): Markup {
  return html`<svg class="chart" role="img" viewBox="0 0 ${width} ${height}" aria-label="${label}">${content}</svg>`;
}

/** A share of what is drawn, told apart by its CSS class: colour, and a pattern where it is idle time. */
export interface Part {
  readonly className: string;
  readonly label: string;
  readonly value: number;
}

export function legend(parts: readonly Pick<Part, 'className' | 'label'>[]): Markup {
  const entry = ({ className, label }: Pick<Part, 'className' | 'label'>): Markup =>
    html`<li>
      <svg class="swatch" viewBox="0 0 12 12" aria-hidden="true">
        <rect class="${className}" width="12" height="12" /></svg
      >${label}
    </li>`;
  return html`<ul class="legend">
    ${parts.map(entry)}
  </ul>`;
}

export interface Tick {
  readonly at: number;
  readonly text: string;
}

/** Lines across the chart at values of the vertical axis. */
export function verticalAxis(frame: Frame, ticks: readonly Tick[]): Markup {
  return html`<g class="axis"
    >${ticks.map(
      ({ at, text }) =>
        html`<line x1="${frame.left}" x2="${frame.width - frame.right}" y1="${at}" y2="${at}" /><text
            x="${frame.left - 6}"
            y="${at}"
            dy="0.32em"
            text-anchor="end"
            >${text}</text
          >`,
    )}</g
  >`;
}

export function horizontalAxis(frame: Frame, ticks: readonly Tick[], title: string): Markup {
  const y = frame.height - frame.bottom;
  return html`<g class="axis"
    >${ticks.map(({ at, text }) => html`<text x="${at}" y="${y + 14}" text-anchor="middle">${text}</text>`)}<text
      class="title"
      x="${frame.width - frame.right}"
      y="${frame.height - 4}"
      text-anchor="end"
      >${title}</text
    ></g
  >`;
}

/** One digit after the point is less than anybody sees. */
export function px(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The least and the greatest of values, however many there are. */
export function rangeOf(values: readonly number[]): readonly [least: number, greatest: number] {
  return [
    values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
  ];
}
