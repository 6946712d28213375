/** Marks without a length: diamonds at the top of their track, with their names where nothing else is on it. */
import type { AnswerTo, Ask, TrackInfo } from '../../../src/session/requests/protocol.ts';
import { HEIGHTS } from '../rows.ts';
import { type Frame, sharp } from './frame.ts';
import type { Labels } from './labels.ts';

/** From its middle to each of its corners. */
const RADIUS_PX = 4;
/** So far from its middle it is met. */
const REACH_PX = 6;
/** Of columns that are asked for: marks in one of them would lie on one another. */
export const INSTANT_COLUMN_PX = 2 * RADIUS_PX;
const LABEL_PAD_PX = 4;

export interface InstantMark {
  readonly timeNs: number;
  readonly name: string;
  /** That stand here, as far as columns tell them apart. */
  readonly count: number;
}

export class InstantMarks {
  readonly ask: Ask<'instants'>;
  readonly #columns: AnswerTo<'instants'>['columns'];
  readonly #names: readonly string[];
  /** Those of a track stand in the order of time. */
  readonly #ofTrack = new Map<number, { from: number; to: number }>();

  constructor(ask: Ask<'instants'>, { json, columns }: AnswerTo<'instants'>) {
    this.ask = ask;
    this.#columns = columns;
    this.#names = json.names;
    for (let at = 0; at < columns.track.length; at++) {
      const known = this.#ofTrack.get(columns.track[at]);
      if (known === undefined) this.#ofTrack.set(columns.track[at], { from: at, to: at + 1 });
      else known.to = at + 1;
    }
  }

  /** The nearest one that is met at a place, which is measured from the top of the track. */
  at(track: TrackInfo, number: number, timeNs: number, yPx: number, nsPerPx: number): InstantMark | undefined {
    if (Math.abs(yPx - middleOf(track)) > REACH_PX) return undefined;
    let [nearest, farNs] = [-1, REACH_PX * nsPerPx];
    for (const at of this.#rowsOf(number)) {
      const awayNs = Math.abs(this.#columns.timeNs[at] - timeNs);
      if (awayNs <= farNs) [nearest, farNs] = [at, awayNs];
    }
    return nearest < 0 ? undefined : this.#mark(nearest);
  }

  draw(frame: Frame, labels: Labels, track: TrackInfo, number: number, yPx: number): void {
    const { context, palette, scale } = frame;
    const y = sharp(frame, yPx + middleOf(track));
    let endsPx = Infinity;
    context.lineWidth = 1;
    // From the last one on, as a name has room up to the next mark.
    for (const at of [...this.#rowsOf(number)].reverse()) {
      const x = scale.x(this.#columns.timeNs[at]);
      if (x < -RADIUS_PX || x > scale.widthPx + RADIUS_PX) continue;
      context.beginPath();
      context.moveTo(x, y - RADIUS_PX);
      context.lineTo(x + RADIUS_PX, y);
      context.lineTo(x, y + RADIUS_PX);
      context.lineTo(x - RADIUS_PX, y);
      context.closePath();
      context.fillStyle = palette.plain.text;
      context.fill();
      context.strokeStyle = palette.plain.surface;
      context.stroke();
      if (track.sliceCount > 0) continue;
      const left = x + RADIUS_PX + LABEL_PAD_PX;
      context.fillText(labels.fit(this.#mark(at).name, Math.min(endsPx, scale.widthPx) - left - LABEL_PAD_PX), left, y);
      endsPx = x - RADIUS_PX;
    }
  }

  *#rowsOf(number: number): Generator<number> {
    const { from, to } = this.#ofTrack.get(number) ?? { from: 0, to: 0 };
    for (let at = from; at < to; at++) yield at;
  }

  #mark(at: number): InstantMark {
    const { timeNs, name, count } = this.#columns;
    return { timeNs: timeNs[at], name: this.#names[name[at]] ?? '', count: count[at] };
  }
}

/** Below the top of the track: over slices, else in the middle of the row that they would have. */
const middleOf = ({ sliceCount }: TrackInfo): number => (sliceCount > 0 ? RADIUS_PX : HEIGHTS.slices / 2);
