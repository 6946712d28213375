/** The row of a device: computing and exposed communication end on end, bubbles hatched where there is neither. */
import { shareOfCode } from '../../../src/session/requests/protocol.ts';
import { BUBBLE_CAUSES, type BubbleCause } from '../../../src/analysis/bubbles/bubble.ts';
import { formatShortDuration } from '../../../src/report/format.ts';
import { CAUSE_SIGNS, isHatched } from '../cause-signs.ts';
import type { DeviceAnswer, DrawnBubble } from '../device-answer.ts';
import type { Palette } from '../palette.ts';
import { bitmap, type Frame, pixelOf, placeBitmap, sharp } from './frame.ts';
import type { Labels } from './labels.ts';

/** From such a width on a bubble has a frame and its letter, and says its cause. */
const LETTER_PX = 13;
const WORDS_PX = 70;

/** Draws the row of a device. */
export interface DrawnDevices {
  readonly answer: DeviceAnswer;
  draw(
    frame: Frame,
    labels: Labels,
    device: number,
    yPx: number,
    heightPx: number,
    causes: ReadonlyMap<BubbleCause, string>,
  ): void;
}

/** Strips are painted when they first come into view. */
export class DeviceStrips implements DrawnDevices {
  readonly answer: DeviceAnswer;
  readonly #strips = new Map<string, OffscreenCanvas>();

  constructor(answer: DeviceAnswer) {
    this.answer = answer;
  }

  repainted(): DeviceStrips {
    return new DeviceStrips(this.answer);
  }

  draw(
    frame: Frame,
    labels: Labels,
    device: number,
    yPx: number,
    heightPx: number,
    causes: ReadonlyMap<BubbleCause, string>,
  ): void {
    const pixels = Math.round(heightPx * frame.pixelRatio);
    const key = `${device} ${pixels}`;
    const strip = this.#strips.get(key) ?? paintDevice(this.answer, device, pixels, frame);
    this.#strips.set(key, strip);
    placeBitmap(frame, strip, this.answer.ask, [0, strip.height], [sharp(frame, yPx), heightPx]);
    drawSigns(frame, labels, this.answer.bubblesOf(device), [sharp(frame, yPx), heightPx], causes);
  }
}

export function drawSigns(
  frame: Frame,
  labels: Labels,
  bubbles: readonly DrawnBubble[],
  place: readonly [yPx: number, heightPx: number],
  causes: ReadonlyMap<BubbleCause, string>,
): void {
  for (const { startNs, durNs, cause } of bubbles) {
    const from = sharp(frame, frame.scale.x(startNs));
    const to = sharp(frame, frame.scale.x(startNs + durNs));
    if (to - from < LETTER_PX || to < 0 || from > frame.scale.widthPx) continue;
    drawSign(frame, labels, cause, causes, durNs, [from, to], place);
  }
}

function paintDevice(
  answer: DeviceAnswer,
  device: number,
  height: number,
  frame: Pick<Frame, 'palette' | 'pixelRatio'>,
): OffscreenCanvas {
  const { columnCount, startNs, endNs } = answer.ask;
  const { computing, exposed } = answer.columns;
  const { fills } = frame.palette;
  return bitmap(columnCount, height, (pixels) => {
    for (let column = 0; column < columnCount; column++) {
      const at = device * columnCount + column;
      const compute = Math.ceil(shareOfCode(computing[at]) * height);
      const both = Math.min(height, compute + Math.ceil(shareOfCode(exposed[at]) * height));
      for (let y = 0; y < both; y++) {
        const colour = y < compute ? fills.compute.pixel : fills.exposed.pixel;
        pixels[(height - 1 - y) * columnCount + column] = pixelOf(colour, 255);
      }
    }
    const columnsPerNs = columnCount / (endNs - startNs);
    for (const bubble of answer.bubblesOf(device)) {
      const from = Math.max(0, Math.round((bubble.startNs - startNs) * columnsPerNs));
      const to = Math.min(columnCount, Math.round((bubble.startNs + bubble.durNs - startNs) * columnsPerNs));
      paintBubble(pixels, columnCount, height, [from, to], bubble.cause, frame);
    }
  });
}

function paintBubble(
  pixels: Uint32Array,
  columnCount: number,
  height: number,
  [from, to]: readonly [number, number],
  cause: BubbleCause,
  { palette, pixelRatio }: { palette: Palette; pixelRatio: number },
): void {
  const { colour, hatch } = CAUSE_SIGNS[cause];
  const { pixel } = palette.fills[colour];
  const [line, ground] = [pixelOf(pixel, 235), pixelOf(pixel, 70)];
  for (let y = 0; y < height; y++) {
    for (let column = from; column < to; column++) {
      const at = y * columnCount + column;
      if (pixels[at] === 0) pixels[at] = isHatched(hatch, column, y, pixelRatio) ? line : ground;
    }
  }
}

function drawSign(
  frame: Frame,
  labels: Labels,
  cause: BubbleCause,
  causes: ReadonlyMap<BubbleCause, string>,
  durNs: number,
  [from, to]: readonly [number, number],
  [top, height]: readonly [number, number],
): void {
  const { context, palette, scale } = frame;
  const { letter, colour } = CAUSE_SIGNS[cause];
  context.strokeStyle = palette.fills[colour].css;
  context.strokeRect(from + 0.5, top + 0.5, to - from - 1, height - 1);
  const left = Math.max(from, 0) + 3;
  const room = Math.min(to, scale.widthPx) - left - 3;
  const words = `${letter} ${causes.get(cause) ?? cause}  ${formatShortDuration(durNs)}`;
  const text = room >= WORDS_PX ? labels.fit(words, room - 8) : letter;
  if (room < 8) return;
  const width = context.measureText(text).width + 8;
  context.fillStyle = palette.plain.surface;
  context.fillRect(left, top + (height - 16) / 2, Math.min(width, room), 16);
  context.fillStyle = palette.plain.text;
  context.fillText(
    text,
    left + (text === letter ? Math.max(0, Math.min(width, room) - width + 8) / 2 : 4),
    top + height / 2 + 0.5,
  );
}

export const causeNames = (words: Readonly<Record<BubbleCause, string>>): ReadonlyMap<BubbleCause, string> =>
  new Map(BUBBLE_CAUSES.map((cause) => [cause, words[cause]]));
