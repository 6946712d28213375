/** Counters as areas: filled up to the least value of a column, a band up to the most. */
import { formatAmount } from '../../../src/report/format.ts';
import type { AnswerTo, Ask } from '../../../src/session/requests/protocol.ts';
import { HEIGHTS } from '../rows.ts';
import { bitmap, type Frame, pixelOf, placeBitmap, sharp } from './frame.ts';

const PAD_PX = 3;
const [LABEL_X, LABEL_PAD_PX, LABEL_HEIGHT_PX] = [2, 3, 15];

export class CounterStrips {
  readonly ask: Ask<'counters'>;
  readonly #columns: AnswerTo<'counters'>['columns'];
  readonly #position: ReadonlyMap<number, number>;
  readonly #strips = new Map<number, OffscreenCanvas>();

  constructor(ask: Ask<'counters'>, { columns }: AnswerTo<'counters'>) {
    this.ask = ask;
    this.#columns = columns;
    this.#position = new Map(ask.tracks.map((track, at) => [track, at]));
  }

  /** From which value to which a track is drawn. */
  rangeOf(track: number): readonly [least: number, most: number] | undefined {
    const at = this.#position.get(track);
    if (at === undefined) return undefined;
    const [least, most] = [this.#columns.range[2 * at], this.#columns.range[2 * at + 1]];
    if (!Number.isFinite(least) || !Number.isFinite(most)) return undefined;
    // From 0, unless the value hardly changes far from it.
    return least >= 0 ? [0, most || 1] : [least, Math.max(0, most)];
  }

  lastAt(track: number, timeNs: number): number {
    const at = this.#position.get(track);
    const { startNs, endNs, columnCount } = this.ask;
    const column = Math.floor(((timeNs - startNs) / (endNs - startNs)) * columnCount);
    return at === undefined || column < 0 || column >= columnCount
      ? NaN
      : this.#columns.last[at * columnCount + column];
  }

  /** What was painted, as its colours are others now. */
  forget(): void {
    this.#strips.clear();
  }

  draw(frame: Frame, track: number, unit: string, yPx: number): void {
    const range = this.rangeOf(track);
    const at = this.#position.get(track);
    if (range === undefined || at === undefined) return;
    const heightPx = HEIGHTS.counter - 2 * PAD_PX;
    const strip = this.#strips.get(track) ?? this.#paint(at, range, Math.round(heightPx * frame.pixelRatio), frame);
    this.#strips.set(track, strip);
    const top = sharp(frame, yPx + PAD_PX);
    placeBitmap(frame, strip, this.ask, [0, strip.height], [top, heightPx]);
    const { context, palette, scale } = frame;
    context.fillStyle = palette.plain.line;
    context.fillRect(0, top + heightPx, scale.widthPx, 1);
    // On a ground of its own, as the area reaches up to it.
    const label = formatAmount(range[1], unit);
    context.fillStyle = palette.plain.surface;
    context.fillRect(LABEL_X, top, context.measureText(label).width + 2 * LABEL_PAD_PX, LABEL_HEIGHT_PX);
    context.fillStyle = palette.plain.quiet;
    context.fillText(label, LABEL_X + LABEL_PAD_PX, top + LABEL_HEIGHT_PX / 2 + 0.5);
  }

  #paint(
    position: number,
    [least, most]: readonly [number, number],
    height: number,
    { palette }: Frame,
  ): OffscreenCanvas {
    const { columnCount } = this.ask;
    const { pixel } = palette.fills.accent;
    const [area, band, line] = [pixelOf(pixel, 60), pixelOf(pixel, 130), pixelOf(pixel, 255)];
    const rowOf = (value: number): number => Math.round(((value - least) / (most - least || 1)) * (height - 1));
    return bitmap(columnCount, height, (pixels) => {
      for (let column = 0; column < columnCount; column++) {
        const at = position * columnCount + column;
        const [low, high, last] = [this.#columns.least[at], this.#columns.most[at], this.#columns.last[at]];
        if (Number.isNaN(last)) continue;
        const [lowRow, highRow, lastRow] = [rowOf(low), rowOf(high), rowOf(last)];
        for (let y = 0; y <= highRow && y < height; y++) {
          const colour = y === lastRow || y === highRow ? line : y < lowRow ? area : band;
          pixels[(height - 1 - y) * columnCount + column] = colour;
        }
      }
    });
  }
}
