/** What lies over the rows: what is selected, measured, pointed at, and what belongs to it. */
import { formatShortDuration } from '../../../src/report/format.ts';
import { exactTime } from '../time-axis.ts';
import type { TimeWindow } from '../time-window.ts';
import { type Frame, sharp } from './frame.ts';

/** A rectangle on the screen in time and height. */
export interface Mark extends TimeWindow {
  readonly yPx: number;
  readonly heightPx: number;
}

const LEAST_PX = 3;

function span(frame: Frame, { startNs, endNs }: TimeWindow): readonly [from: number, width: number] {
  const from = sharp(frame, Math.max(-10, frame.scale.x(startNs)));
  const to = sharp(frame, Math.min(frame.scale.widthPx + 10, frame.scale.x(endNs)));
  return [from, to - from];
}

const isSeen = ({ scale }: Frame, { startNs, endNs }: TimeWindow): boolean =>
  endNs >= scale.startNs && startNs <= scale.endNs;

/** Two lines of opposite lightness, so that it is seen on any colour. */
export function drawOutline(frame: Frame, mark: Mark): void {
  if (!isSeen(frame, mark)) return;
  const { context, palette } = frame;
  const [from, width] = span(frame, mark);
  const widened = Math.max(width, LEAST_PX);
  const middle = from - (widened - width) / 2;
  // A narrow one at an edge of the picture is not cut in two.
  const left = width < LEAST_PX ? Math.min(Math.max(middle, 1), frame.scale.widthPx - widened - 1) : middle;
  context.lineWidth = 2;
  context.strokeStyle = palette.plain.text;
  context.strokeRect(left, mark.yPx, widened, mark.heightPx);
  context.lineWidth = 1;
  context.strokeStyle = palette.plain.surface;
  context.strokeRect(left + 1.5, mark.yPx + 1.5, Math.max(widened - 3, 0), Math.max(mark.heightPx - 3, 0));
}

export function drawArea(frame: Frame, mark: Mark): void {
  const { context, palette } = frame;
  const [from, width] = span(frame, mark);
  context.globalAlpha = 0.16;
  context.fillStyle = palette.plain.accent;
  context.fillRect(from, mark.yPx, width, mark.heightPx);
  context.globalAlpha = 1;
  context.strokeStyle = palette.plain.accent;
  context.lineWidth = 1;
  context.strokeRect(from + 0.5, mark.yPx + 0.5, width - 1, mark.heightPx - 1);
}

/** All instances of what is highlighted: the rest is veiled, they are framed in the order of time. */
export function drawHighlights(frame: Frame, marks: readonly Mark[], fromPx: number): void {
  const { context, palette, scale, heightPx } = frame;
  const placed = marks.map((mark) => ({ mark, span: span(frame, mark) }));
  const isWide = ([, width]: readonly [number, number]): boolean => width >= LEAST_PX * 2;
  context.beginPath();
  addBox(context, [0, scale.widthPx], [fromPx, heightPx]);
  // The other way around, so that they are holes in it.
  for (const { mark, span: own } of placed) {
    if (isWide(own)) addBox(context, [own[0] + own[1], own[0]], [mark.yPx, mark.yPx + mark.heightPx]);
  }
  context.globalAlpha = 0.45;
  context.fillStyle = palette.plain.surface;
  context.fill();
  context.globalAlpha = 1;
  context.fillStyle = palette.plain.accent;
  for (const { mark, span: own } of placed) {
    const [from, width] = own;
    if (isWide(own)) {
      context.fillRect(from, mark.yPx, width, 2);
      context.fillRect(from, mark.yPx + mark.heightPx - 2, width, 2);
      context.fillRect(from, mark.yPx, 2, mark.heightPx);
      context.fillRect(from + width - 2, mark.yPx, 2, mark.heightPx);
    } else {
      context.fillRect(from, mark.yPx, Math.max(width, 1), mark.heightPx);
    }
  }
}

function addBox(context: Frame['context'], [x0, x1]: readonly number[], [y0, y1]: readonly number[]): void {
  context.moveTo(x0, y0);
  context.lineTo(x1, y0);
  context.lineTo(x1, y1);
  context.lineTo(x0, y1);
  context.closePath();
}

export interface ArrowMark {
  readonly fromNs: number;
  readonly fromY: number;
  readonly toNs: number;
  readonly toY: number;
}

const HEAD_PX = 6;
/** Far ends stay on numbers that canvases draw. */
const FAR_PX = 20_000;

export function drawArrow(frame: Frame, { fromNs, fromY, toNs, toY }: ArrowMark): void {
  const { context, palette, scale } = frame;
  const near = (px: number): number => Math.max(-FAR_PX, Math.min(FAR_PX, px));
  const [x0, x1, y0, y1] = [near(scale.x(fromNs)), near(scale.x(toNs)), near(fromY), near(toY)];
  const bend = Math.max(24, Math.abs(x1 - x0) / 2);
  context.beginPath();
  context.moveTo(x0, y0);
  context.bezierCurveTo(x0 + bend, y0, x1 - bend, y1, x1 - HEAD_PX, y1);
  for (const [colour, width] of [
    [palette.plain.surface, 4],
    [palette.plain.text, 1.5],
  ] as const) {
    context.strokeStyle = context.fillStyle = colour;
    context.lineWidth = width;
    context.stroke();
  }
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x1 - HEAD_PX - 2, y1 - HEAD_PX / 1.6);
  context.lineTo(x1 - HEAD_PX - 2, y1 + HEAD_PX / 1.6);
  context.closePath();
  context.fill();
  context.lineWidth = 1;
}

export function drawMeasure(frame: Frame, window: TimeWindow, yPx: number): void {
  if (!isSeen(frame, window)) return;
  const { context, palette, heightPx } = frame;
  const [from, width] = span(frame, window);
  context.globalAlpha = 0.1;
  context.fillStyle = palette.plain.text;
  context.fillRect(from, 0, width, heightPx);
  context.globalAlpha = 1;
  context.fillRect(from, 0, 1, heightPx);
  context.fillRect(from + width, 0, 1, heightPx);
  context.fillRect(from, yPx, width, 1);
  drawTag(frame, formatShortDuration(window.endNs - window.startNs), from + width / 2, yPx);
}

export function drawPointer(frame: Frame, timeNs: number): void {
  const { context, palette, heightPx, scale } = frame;
  const x = sharp(frame, scale.x(timeNs));
  context.globalAlpha = 0.35;
  context.fillStyle = palette.plain.text;
  context.fillRect(x, 0, 1, heightPx);
  context.globalAlpha = 1;
  drawTag(frame, exactTime(timeNs), x, heightPx - 10);
}

function drawTag(frame: Frame, text: string, centre: number, yPx: number): void {
  const { context, palette, scale } = frame;
  const width = context.measureText(text).width + 10;
  const left = Math.min(Math.max(centre - width / 2, 2), scale.widthPx - width - 2);
  context.fillStyle = palette.plain.text;
  context.fillRect(left, yPx - 9, width, 18);
  context.fillStyle = palette.plain.surface;
  context.fillText(text, left + 5, yPx + 0.5);
}
