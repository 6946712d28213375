/** Rows of slices: what shares a column as a tint that grows with the time it is busy, wide slices one by one on top. */
import { shareOfCode } from '../../../src/session/requests/protocol.ts';
import type { Fill, Palette } from '../palette.ts';
import { HEIGHTS } from '../rows.ts';
import type { WindowAnswer } from '../window-answer.ts';
import { bitmap, type Frame, pixelOf, placeBitmap, sharp } from './frame.ts';
import type { Labels } from './labels.ts';

/** The faintest column that has anything in it: nothing that ran is invisible. */
const LEAST_ALPHA = 50;
/** What took no time is no more than a line, so it is drawn wider to either side, as far as nothing else is there. */
const INSTANT_COLUMNS = 1;
const INSTANT_ALPHA = 180;
const LABEL_PAD_PX = 4;
const CODES = 256;

export function paintSlices(answer: WindowAnswer, palette: Palette): OffscreenCanvas {
  const { columnCount, colourBy } = answer.ask;
  const fills = palette.slices[colourBy];
  const tints = tintsOf(fills);
  const { coverage, colour, slice } = answer;
  return bitmap(columnCount, answer.rowCount, (pixels) => {
    for (let at = 0; at < answer.rowCount * columnCount; at++) {
      if (slice[at] < 0) continue;
      const fill = colour[at] % fills.length;
      pixels[at] = tints[fill * CODES + coverage[at]];
      if (coverage[at] !== 0) continue;
      paintInstant(pixels, slice, at, columnCount, pixelOf(fills[fill].pixel, INSTANT_ALPHA));
    }
  });
}

/** By fill, and by code of a share. */
function tintsOf(fills: readonly Fill[]): Uint32Array {
  return Uint32Array.from({ length: fills.length * CODES }, (_, at) => {
    const alpha = LEAST_ALPHA + shareOfCode(at % CODES) * (255 - LEAST_ALPHA);
    return pixelOf(fills[Math.floor(at / CODES)].pixel, alpha);
  });
}

function paintInstant(
  pixels: Uint32Array,
  slice: ArrayLike<number>,
  at: number,
  columnCount: number,
  pixel: number,
): void {
  const row = at - (at % columnCount);
  const [from, to] = [Math.max(row, at - INSTANT_COLUMNS), Math.min(row + columnCount - 1, at + INSTANT_COLUMNS)];
  for (let near = from; near <= to; near++) if (near === at || slice[near] < 0) pixels[near] = pixel;
}

/** The rows of one track, from `yPx` down. */
export function drawSlices(
  frame: Frame,
  answer: WindowAnswer,
  image: OffscreenCanvas,
  labels: Labels,
  track: number,
  yPx: number,
): void {
  const rows = answer.rowsOf(track);
  if (rows === undefined) return;
  for (let at = 0; at < rows.count; at++) {
    const top = sharp(frame, yPx + at * HEIGHTS.slices);
    const height = HEIGHTS.slices - 1;
    if (top + height < 0 || top > frame.heightPx) continue;
    placeBitmap(frame, image, answer.ask, [rows.first + at, 1], [top, height]);
    drawWide(frame, answer, labels, rows.first + at, top, height);
  }
}

function drawWide(frame: Frame, answer: WindowAnswer, labels: Labels, row: number, top: number, height: number): void {
  const { context, scale, palette } = frame;
  const fills = palette.slices[answer.ask.colourBy];
  for (const position of answer.wideOf(row)) {
    const { startNs, durNs, name } = answer.wide(position);
    if (startNs >= scale.endNs || startNs + durNs <= scale.startNs) continue;
    const from = sharp(frame, Math.max(-2, scale.x(startNs)));
    const to = sharp(frame, Math.min(scale.widthPx + 2, scale.x(startNs + durNs)));
    const { css, edge, ink }: Fill = fills[answer.colourAt(row, startNs + durNs / 2) % fills.length];
    const width = Math.max(to - from, 1);
    context.fillStyle = css;
    context.fillRect(from, top, width, height);
    if (width >= 3) {
      context.fillStyle = edge;
      context.fillRect(from, top, 1, height);
    }
    const visibleFrom = Math.max(from, 0);
    const text = labels.fit(name, Math.min(to, scale.widthPx) - visibleFrom - 2 * LABEL_PAD_PX);
    if (text === '') continue;
    context.fillStyle = ink;
    context.fillText(text, visibleFrom + LABEL_PAD_PX, top + height / 2 + 0.5);
  }
}
