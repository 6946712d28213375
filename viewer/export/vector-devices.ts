/** The row of a device for SVG: columns of equal shares as rectangles, bubbles filled with a pattern of lines. */
import { shareOfCode } from '../../src/session/requests/protocol.ts';
import type { BubbleCause } from '../../src/analysis/index.ts';
import { CAUSE_SIGNS, type Hatch } from '../timeline/cause-signs.ts';
import type { DeviceAnswer, DrawnBubble } from '../timeline/device-answer.ts';
import { type DrawnDevices, drawSigns } from '../timeline/draw/devices.ts';
import type { Frame } from '../timeline/draw/frame.ts';
import type { Labels } from '../timeline/draw/labels.ts';
import { svg } from '../widgets/element.ts';
import type { SvgPen } from './svg-pen.ts';

/** Lines of a tile, which is as wide as it is high. */
const TILES: Readonly<Record<Hatch, { readonly size: number; readonly lines: string; readonly width: number }>> = {
  rising: { size: 6, lines: 'M-1 1 1-1M0 6 6 0M5 7 7 5', width: 1.4 },
  falling: { size: 6, lines: 'M-1 5 1 7M0 0 6 6M5-1 7 1', width: 1.4 },
  crossed: { size: 8, lines: 'M0 8 8 0M0 0 8 8', width: 1.1 },
  level: { size: 5, lines: 'M0 1h5', width: 2 },
  upright: { size: 5, lines: 'M1 0v5', width: 2 },
  dotted: { size: 5, lines: 'M0 1h2', width: 2 },
};

export class VectorDevices implements DrawnDevices {
  readonly answer: DeviceAnswer;
  readonly #pen: SvgPen;

  constructor(answer: DeviceAnswer, pen: SvgPen) {
    this.answer = answer;
    this.#pen = pen;
  }

  draw(
    frame: Frame,
    labels: Labels,
    device: number,
    yPx: number,
    heightPx: number,
    causes: ReadonlyMap<BubbleCause, string>,
  ): void {
    const bubbles = this.answer.bubblesOf(device);
    for (const bubble of bubbles) this.#drawBubble(frame, bubble, yPx, heightPx);
    this.#drawShares(frame, device, yPx, heightPx);
    drawSigns(frame, labels, bubbles, [yPx, heightPx], causes);
  }

  #drawShares({ scale, palette }: Frame, device: number, yPx: number, heightPx: number): void {
    const { ask, columns } = this.answer;
    const { startNs, endNs, columnCount } = ask;
    const first = device * columnCount;
    const x = (column: number): number =>
      Math.min(Math.max(scale.x(startNs + (column * (endNs - startNs)) / columnCount), 0), scale.widthPx);
    const isSame = (a: number, b: number): boolean =>
      columns.computing[first + a] === columns.computing[first + b] &&
      columns.exposed[first + a] === columns.exposed[first + b];
    for (let from = 0, to = 0; from < columnCount; from = to) {
      for (to = from + 1; to < columnCount && isSame(from, to);) to++;
      const [compute, exposed] = [columns.computing, columns.exposed].map(
        (share) => shareOfCode(share[first + from]) * heightPx,
      );
      const [left, width] = [x(from), x(to) - x(from)];
      this.#pen.fillStyle = palette.fills.compute.css;
      this.#pen.fillRect(left, yPx + heightPx - compute, width, compute);
      this.#pen.fillStyle = palette.fills.exposed.css;
      this.#pen.fillRect(left, yPx + heightPx - compute - exposed, width, exposed);
    }
  }

  #drawBubble({ scale, palette }: Frame, { startNs, durNs, cause }: DrawnBubble, yPx: number, heightPx: number): void {
    const [from, to] = [Math.max(0, scale.x(startNs)), Math.min(scale.widthPx, scale.x(startNs + durNs))];
    const { colour, hatch } = CAUSE_SIGNS[cause];
    const { size, lines, width } = TILES[hatch];
    const id = `${hatch}-${colour}`;
    const { css } = palette.fills[colour];
    this.#pen.define(
      svg(
        'pattern',
        { id, width: size, height: size, patternUnits: 'userSpaceOnUse' },
        svg('rect', { width: size, height: size, fill: css, 'fill-opacity': 0.27 }),
        svg('path', { d: lines, fill: 'none', stroke: css, 'stroke-width': width }),
      ),
    );
    this.#pen.fillStyle = `url(#${id})`;
    this.#pen.fillRect(from, yPx, to - from, heightPx);
  }
}
