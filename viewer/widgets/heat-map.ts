/** Rows and columns of cells whose darkness is their value: ranks by steps, ranks by ranks. */
import { scaleQuantize } from 'd3';
import { drawnToWidth, element, svg } from './element.ts';
import { hatching } from './hatching.ts';
import { lettersOf } from './column-widths.ts';
import './charts.css';
import './heat-map.css';

export interface HeatMapOptions {
  readonly label: string;
  /** How to walk through it by keyboard. */
  readonly hint: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly columnsTitle: string;
  /** NaN where nothing is known. */
  readonly valueAt: (row: number, column: number) => number;
  readonly formatValue: (value: number) => string;
  /** All there is to say of a cell. */
  readonly tell: (row: number, column: number) => string;
  readonly onOpen?: (row: number, column: number) => void;
  readonly announce: (text: string) => void;
}

const SHADES = 8;
/** A hundredth more is no other shade: the palest is at most this share of the darkest. */
const LEAST_SPREAD = 0.9;
const [HEADER, LETTER, FIGURE_WIDTH, FIGURE_HEIGHT] = [18, 6.5, 52, 16];

interface Frame {
  readonly left: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
}

interface Cell {
  readonly row: number;
  readonly column: number;
}

export function heatMap(options: HeatMapOptions): HTMLElement {
  const readout = element('p', 'readout', options.hint);
  const chart = drawnToWidth(element('div', 'chart heat-map'), (width) => drawHeatMap(options, width, readout));
  return element('div', '', chart, scale(options), readout);
}

function drawHeatMap(options: HeatMapOptions, width: number, readout: HTMLElement): SVGSVGElement {
  const { rows, columns, label } = options;
  const left = Math.min(150, 10 + LETTER * Math.max(...rows.map(lettersOf)));
  const cellWidth = Math.max(3, Math.min(120, (width - left - 2) / columns.length));
  const cellHeight = Math.max(4, Math.min(22, 420 / rows.length));
  const frame = { left, cellWidth, cellHeight };
  const [fullWidth, fullHeight] = [left + cellWidth * columns.length + 2, HEADER + cellHeight * rows.length + 2];
  const drawn = svg(
    'svg',
    { width: fullWidth, height: fullHeight, tabindex: 0, role: 'application', 'aria-label': label },
    hatching(),
    ...shadesOf(options, frame),
    ...labelsOf(options, frame),
    ...figuresOf(options, frame),
  );
  const cursor = svg('rect', { class: 'heat-cursor', width: cellWidth, height: cellHeight, visibility: 'hidden' });
  drawn.append(cursor);
  listen(drawn, options, frame, ({ row, column }) => {
    cursor.setAttribute('x', String(left + column * cellWidth));
    cursor.setAttribute('y', String(HEADER + row * cellHeight));
    cursor.setAttribute('visibility', 'visible');
    readout.textContent = options.tell(row, column);
  });
  return drawn;
}

/** One path of all cells of a shade: tens of thousands of elements would be slow. */
function shadesOf({ rows, columns, valueAt }: HeatMapOptions, { left, cellWidth, cellHeight }: Frame): SVGElement[] {
  const shadeOf = shadeFor(rows.length, columns.length, valueAt);
  const paths = Array.from({ length: SHADES + 1 }, () => '');
  const gap = cellWidth > 8 && cellHeight > 8 ? 1 : 0;
  for (let row = 0; row < rows.length; row++) {
    const y = HEADER + row * cellHeight;
    for (let column = 0; column < columns.length; column++) {
      const x = left + column * cellWidth;
      const [w, h] = [cellWidth - gap, cellHeight - gap].map((size) => size.toFixed(2));
      paths[shadeOf(valueAt(row, column))] += `M${x.toFixed(2)} ${y.toFixed(2)}h${w}v${h}h-${w}z`;
    }
  }
  return paths.map((d, shade) => svg('path', { class: shade === SHADES ? 'heat-none' : `heat-${shade}`, d }));
}

/** The last is of what is not known. */
function shadeFor(
  rowCount: number,
  columnCount: number,
  valueAt: HeatMapOptions['valueAt'],
): (value: number) => number {
  const [least, most] = extremes(rowCount, columnCount, valueAt);
  const shades = Array.from({ length: SHADES }, (_, shade) => shade);
  const quantized = scaleQuantize<number>()
    .domain([least, most > least ? most : least + 1])
    .range(shades);
  return (value) => (Number.isNaN(value) ? SHADES : quantized(value));
}

function extremes(rowCount: number, columnCount: number, valueAt: HeatMapOptions['valueAt']): [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (let row = 0; row < rowCount; row++) {
    for (let column = 0; column < columnCount; column++) {
      const value = valueAt(row, column);
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  return least > most ? [0, 0] : [Math.min(least, LEAST_SPREAD * most), most];
}

function labelsOf(
  { rows, columns, columnsTitle }: HeatMapOptions,
  { left, cellWidth, cellHeight }: Frame,
): SVGElement[] {
  const everyRow = Math.ceil(13 / cellHeight);
  const labelWidth = LETTER * Math.max(...columns.map(lettersOf)) + 8;
  const everyColumn = Math.ceil(labelWidth / cellWidth);
  const ofRows = rows.flatMap((text, row) =>
    row % everyRow === 0
      ? [svg('text', { x: left - 6, y: HEADER + (row + 0.5) * cellHeight, dy: '0.32em', 'text-anchor': 'end' }, text)]
      : [],
  );
  const ofColumns = columns.flatMap((text, column) =>
    column % everyColumn === 0
      ? [svg('text', { x: left + (column + 0.5) * cellWidth, y: 12, 'text-anchor': 'middle' }, text)]
      : [],
  );
  return [svg('text', { class: 'axis-title', x: 0, y: 12 }, columnsTitle), ...ofRows, ...ofColumns];
}

/** Where there is room for them, values stand in their cells. */
function figuresOf({ rows, columns, valueAt, formatValue }: HeatMapOptions, frame: Frame): SVGElement[] {
  const { left, cellWidth, cellHeight } = frame;
  if (cellWidth < FIGURE_WIDTH || cellHeight < FIGURE_HEIGHT) return [];
  return rows.flatMap((_, row) =>
    columns.flatMap((__, column) => {
      const value = valueAt(row, column);
      if (Number.isNaN(value)) return [];
      const place = { x: left + (column + 0.5) * cellWidth, y: HEADER + (row + 0.5) * cellHeight };
      return [
        svg('text', { class: 'cell-figure', ...place, dy: '0.32em', 'text-anchor': 'middle' }, formatValue(value)),
      ];
    }),
  );
}

function listen(drawn: SVGSVGElement, options: HeatMapOptions, frame: Frame, show: (cell: Cell) => void): void {
  const { rows, columns, onOpen, tell, announce } = options;
  let at: Cell | undefined;
  const cellAt = (event: MouseEvent): Cell | undefined => {
    const box = drawn.getBoundingClientRect();
    const column = Math.floor((event.clientX - box.left - frame.left) / frame.cellWidth);
    const row = Math.floor((event.clientY - box.top - HEADER) / frame.cellHeight);
    return row in rows && column in columns ? { row, column } : undefined;
  };
  drawn.addEventListener('mousemove', (event) => {
    at = cellAt(event) ?? at;
    if (at !== undefined) show(at);
  });
  drawn.addEventListener('click', (event) => {
    const cell = cellAt(event);
    if (cell !== undefined) onOpen?.(cell.row, cell.column);
  });
  drawn.addEventListener('keydown', (event) => {
    const move = MOVES[event.key];
    if (move === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
    if (move === undefined) {
      if (at !== undefined) onOpen?.(at.row, at.column);
      return;
    }
    const within = (place: number, count: number): number => Math.max(0, Math.min(count - 1, place));
    at =
      at === undefined
        ? { row: 0, column: 0 }
        : { row: within(at.row + move[0], rows.length), column: within(at.column + move[1], columns.length) };
    show(at);
    announce(tell(at.row, at.column));
  });
}

const MOVES: Readonly<Partial<Record<string, readonly [rows: number, columns: number]>>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function scale({ rows, columns, valueAt, formatValue }: HeatMapOptions): HTMLElement {
  const [least, most] = extremes(rows.length, columns.length, valueAt);
  const swatches = Array.from({ length: SHADES }, (_, shade) => element('span', `swatch heat-${shade}`));
  return element('p', 'heat-scale', formatValue(least), ...swatches, formatValue(most));
}
