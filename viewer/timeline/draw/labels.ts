/** Labels cut to the room they have. Measuring text is slow, and names are many, so letters are measured, each once. */
const LEAST_PX = 14;
/** Of them, or a single letter says nothing. */
const LEAST_LETTERS = 2;

/** What is needed of a canvas. */
interface Measure {
  readonly font: string;
  measureText(text: string): { readonly width: number };
}

export class Labels {
  readonly #context: Measure;
  readonly #widths = new Map<string, number>();
  #font = '';

  constructor(context: Measure) {
    this.#context = context;
  }

  /** '' where not even a few letters have room. */
  fit(text: string, roomPx: number): string {
    if (roomPx < LEAST_PX) return '';
    if (this.#context.font !== this.#font) {
      this.#widths.clear();
      this.#font = this.#context.font;
    }
    const cutPx = roomPx - this.#width('…');
    let [width, cut] = [0, 0];
    for (const letter of text) {
      width += this.#width(letter);
      if (width > roomPx) return cut < LEAST_LETTERS ? '' : `${text.slice(0, cut)}…`;
      if (width <= cutPx) cut += letter.length;
    }
    return text;
  }

  #width(letter: string): number {
    let width = this.#widths.get(letter);
    if (width === undefined) {
      width = this.#context.measureText(letter).width;
      this.#widths.set(letter, width);
    }
    return width;
  }
}
