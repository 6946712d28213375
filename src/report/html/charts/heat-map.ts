import { scaleLinear } from 'd3-scale';
import { html, type Markup } from '../markup.ts';
import { chart, px, rangeOf } from './chart.ts';

export interface HeatMap {
  readonly label: string;
  readonly rows: readonly { readonly label: string; readonly cells: readonly HeatCell[] }[];
  readonly columnLabels: readonly string[];
}

/** value: NaN where nothing is known. */
export interface HeatCell {
  readonly value: number;
  readonly tooltip: string;
}

const [LEFT, WIDTH, ROW_HEIGHT, AXIS_HEIGHT] = [90, 920, 20, 18];
const LABELS_AT_MOST = 20;
/** Below this nothing could be told apart any more. */
const ROW_HEIGHT_LEAST = 6;
const HEIGHT_AT_MOST = 640;

/** Rows of cells whose darkness is their value, from the least to the greatest. */
export function heatMap({ label, rows, columnLabels }: HeatMap): Markup {
  const values = rows.flatMap(({ cells }) => cells.map(({ value }) => value)).filter((value) => !Number.isNaN(value));
  const [least, greatest] = rangeOf(values);
  const shade = scaleLinear()
    .domain([least, Math.max(greatest, least + Number.EPSILON)])
    .range([0.08, 1]);
  const rowHeight = Math.max(ROW_HEIGHT_LEAST, Math.min(ROW_HEIGHT, HEIGHT_AT_MOST / Math.max(rows.length, 1)));
  const width = (WIDTH - LEFT) / Math.max(columnLabels.length, 1);
  const everyRow = Math.ceil(12 / rowHeight);
  const everyColumn = Math.ceil(columnLabels.length / LABELS_AT_MOST);
  const drawn = rows.map((row, y) => {
    const top = y * rowHeight;
    const name =
      y % everyRow === 0 &&
      html`<text x="${LEFT - 6}" y="${px(top + rowHeight / 2)}" dy="0.32em" text-anchor="end">${row.label}</text>`;
    const cells = row.cells.map(
      ({ value, tooltip }, x) =>
        html`<rect
          class="${Number.isNaN(value) ? 'heat-none' : 'heat'}"
          fill-opacity="${Number.isNaN(value) ? 1 : Math.round(shade(value) * 100) / 100}"
          x="${px(LEFT + x * width)}"
          y="${px(top)}"
          width="${px(Math.max(width - 0.5, 0.5))}"
          height="${px(rowHeight - 0.5)}"
          ><title>${tooltip}</title></rect
        >`,
    );
    return html`${name}${cells}`;
  });
  const bottom = rows.length * rowHeight;
  const axis = columnLabels.map(
    (text, x) =>
      x % everyColumn === 0 &&
      html`<text x="${px(LEFT + (x + 0.5) * width)}" y="${px(bottom + 13)}" text-anchor="middle">${text}</text>`,
  );
  return chart({ width: WIDTH, height: px(bottom + AXIS_HEIGHT) }, label, html`<g class="axis">${drawn}${axis}</g>`);
}
