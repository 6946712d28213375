/** Labels cut to the room they have. Measuring text is slow, so widths are kept. */
const MOST_KEPT = 20_000;
const LEAST_PX = 14;

export class Labels {
  readonly #context: CanvasRenderingContext2D;
  readonly #widths = new Map<string, number>();
  #font = '';

  constructor(context: CanvasRenderingContext2D) {
    this.#context = context;
  }

  /** '' where not even a few letters have room. */
  fit(text: string, roomPx: number): string {
    if (roomPx < LEAST_PX) return '';
    const width = this.#width(text);
    if (width <= roomPx) return text;
    const letters = Math.floor((text.length * (roomPx - this.#width('…'))) / width);
    return letters < 2 ? '' : `${text.slice(0, letters)}…`;
  }

  #width(text: string): number {
    if (this.#context.font !== this.#font || this.#widths.size > MOST_KEPT) {
      this.#widths.clear();
      this.#font = this.#context.font;
    }
    let width = this.#widths.get(text);
    if (width === undefined) {
      width = this.#context.measureText(text).width;
      this.#widths.set(text, width);
    }
    return width;
  }
}
