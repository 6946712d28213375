import type { Window } from '../../../src/session/requests/protocol.ts';
import type { Palette } from '../palette.ts';
import type { TimeScale } from '../time-window.ts';

type Drawn = Pick<
  CanvasRenderingContext2D,
  | 'fillStyle'
  | 'strokeStyle'
  | 'globalAlpha'
  | 'lineWidth'
  | 'font'
  | 'textBaseline'
  | 'fillRect'
  | 'strokeRect'
  | 'fillText'
  | 'measureText'
  | 'translate'
  | 'rect'
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'bezierCurveTo'
  | 'closePath'
  | 'save'
  | 'restore'
>;

/** What pictures need of a canvas, so that something else can take its place (export/svg-pen.ts). */
export interface Pen extends Drawn {
  clip(): void;
  fill(): void;
  stroke(): void;
  /** Part of an image, from and to where: x, y, width, height. */
  drawImage(image: OffscreenCanvas, ...places: [number, number, number, number, number, number, number, number]): void;
}

/** One picture: what is drawn on, and how times become pixels. Lengths are CSS pixels. */
export interface Frame {
  readonly context: Pen;
  readonly scale: TimeScale;
  readonly palette: Palette;
  readonly pixelRatio: number;
  readonly heightPx: number;
}

/** To the edge of a pixel of the device, so that lines are sharp. */
export const sharp = (frame: Frame, px: number): number => Math.round(px * frame.pixelRatio) / frame.pixelRatio;

/** Paints columns of an answer once; each frame then places them by time. */
export function bitmap(columnCount: number, heightPx: number, paint: (pixels: Uint32Array) => void): OffscreenCanvas {
  const canvas = new OffscreenCanvas(columnCount, Math.max(1, heightPx));
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  const image = context.createImageData(canvas.width, canvas.height);
  paint(new Uint32Array(image.data.buffer));
  context.putImageData(image, 0, 0);
  return canvas;
}

/** Draws some rows of a bitmap whose columns are those of a grid where the frame's window has them. */
export function placeBitmap(
  { context, scale }: Frame,
  image: OffscreenCanvas,
  grid: Window,
  [fromRow, rows]: readonly [number, number],
  [yPx, heightPx]: readonly [number, number],
): void {
  const columnsPerNs = grid.columnCount / (grid.endNs - grid.startNs);
  const from = (scale.startNs - grid.startNs) * columnsPerNs;
  const count = (scale.endNs - scale.startNs) * columnsPerNs;
  context.drawImage(image, from, fromRow, count, rows, 0, yPx, scale.widthPx, heightPx);
}

/** Opaque at 255. */
export const pixelOf = (pixel: number, alpha: number): number => ((Math.round(alpha) << 24) | pixel) >>> 0;
