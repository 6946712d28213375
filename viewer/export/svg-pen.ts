/** Draws what is drawn on a canvas as SVG elements instead. Texts become text nodes, so no name can be markup. */
import type { Pen } from '../timeline/draw/frame.ts';
import { svg } from '../widgets/element.ts';

interface Look {
  readonly group: SVGGElement;
  readonly fillStyle: Pen['fillStyle'];
  readonly globalAlpha: number;
}

/** Enough digits for a hundredth of a pixel. */
const short = (value: number): number => Math.round(value * 100) / 100;

export class SvgPen implements Pen {
  readonly element: SVGSVGElement;
  fillStyle: Pen['fillStyle'] = '#000';
  strokeStyle: Pen['strokeStyle'] = '#000';
  globalAlpha = 1;
  lineWidth = 1;
  font = '';
  textBaseline: CanvasTextBaseline = 'middle';
  readonly #definitions = svg('defs');
  readonly #measure: CanvasRenderingContext2D;
  /** Reading a canvas is slow. */
  readonly #images = new Map<OffscreenCanvas, Uint32Array>();
  readonly #kept: Look[] = [];
  #group = svg('g');
  #path = '';
  #clips = 0;

  /** `measure` knows how wide texts are. */
  constructor(widthPx: number, heightPx: number, measure: CanvasRenderingContext2D, font: string) {
    this.#measure = measure;
    const size = { width: widthPx, height: heightPx, viewBox: `0 0 ${widthPx} ${heightPx}` };
    this.element = svg('svg', { ...size, 'font-family': font, 'font-size': 12 }, this.#definitions, this.#group);
  }

  /** Something that is referred to by its id. */
  define(definition: SVGElement): void {
    const isKnown = [...this.#definitions.children].some(({ id }) => id === definition.id);
    if (!isKnown) this.#definitions.append(definition);
  }

  save(): void {
    this.#kept.push({ group: this.#group, fillStyle: this.fillStyle, globalAlpha: this.globalAlpha });
  }

  restore(): void {
    const last = this.#kept.pop();
    if (last === undefined) return;
    this.#group = last.group;
    this.fillStyle = last.fillStyle;
    this.globalAlpha = last.globalAlpha;
  }

  translate(x: number, y: number): void {
    this.#enter(svg('g', { transform: `translate(${short(x)},${short(y)})` }));
  }

  clip(): void {
    const id = `clip-${this.#clips++}`;
    this.#definitions.append(svg('clipPath', { id }, svg('path', { d: this.#path })));
    this.#enter(svg('g', { 'clip-path': `url(#${id})` }));
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    if (width > 0 && height > 0) this.#add(svg('rect', { ...box(x, y, width, height), ...this.#filled() }));
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    if (width >= 0 && height >= 0) this.#add(svg('rect', { ...box(x, y, width, height), ...this.#stroked() }));
  }

  fillText(text: string, x: number, y: number): void {
    if (text === '') return;
    // Not every program that shows SVG knows where the middle of a line is.
    const place = { x: short(x), y: short(y + 4) };
    const weight: Record<string, string> = this.font.startsWith('bold') ? { 'font-weight': 'bold' } : {};
    this.#add(svg('text', { ...place, ...this.#filled(), ...weight }, text));
  }

  measureText(text: string): TextMetrics {
    return this.#measure.measureText(text);
  }

  beginPath(): void {
    this.#path = '';
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.#path += `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${-short(width)}z`;
  }

  moveTo(x: number, y: number): void {
    this.#path += `M${short(x)} ${short(y)}`;
  }

  lineTo(x: number, y: number): void {
    this.#path += `L${short(x)} ${short(y)}`;
  }

  bezierCurveTo(...points: [number, number, number, number, number, number]): void {
    this.#path += `C${points.map(short).join(' ')}`;
  }

  closePath(): void {
    this.#path += 'z';
  }

  fill(): void {
    this.#add(svg('path', { d: this.#path, ...this.#filled() }));
  }

  stroke(): void {
    this.#add(svg('path', { d: this.#path, ...this.#stroked() }));
  }

  /** Runs of equal colour, those that stand below equal ones as one: what is painted in columns stays a vector. */
  drawImage(image: OffscreenCanvas, ...places: [number, number, number, number, number, number, number, number]): void {
    const [sx, sy, sWidth, sHeight, x, y, width, height] = places;
    const pixels = this.#pixelsOf(image).subarray(sy * image.width, (sy + sHeight) * image.width);
    const [first, last] = [Math.max(0, Math.floor(sx)), Math.min(image.width, Math.ceil(sx + sWidth))];
    const [perColumn, perRow] = [width / sWidth, height / sHeight];
    for (const run of runsOf(pixels, image.width, [first, last], sHeight)) {
      const from = Math.max(x, x + (run.from - sx) * perColumn);
      const to = Math.min(x + width, x + (run.to - sx) * perColumn);
      this.#addRun(run.colour, box(from, y + run.top * perRow, to - from, run.rows * perRow));
    }
  }

  #pixelsOf(image: OffscreenCanvas): Uint32Array {
    let pixels = this.#images.get(image);
    if (pixels === undefined) {
      const read = image.getContext('2d')?.getImageData(0, 0, image.width, image.height).data;
      pixels = new Uint32Array(read?.buffer ?? new ArrayBuffer(0));
      this.#images.set(image, pixels);
    }
    return pixels;
  }

  #addRun(colour: number, place: Readonly<Record<string, number>>): void {
    const [red, green, blue, alpha] = [0, 8, 16, 24].map((bits) => (colour >>> bits) & 255);
    const look = { fill: `rgb(${red},${green},${blue})`, 'fill-opacity': short(alpha / 255) };
    this.#add(svg('rect', { ...place, ...look, 'shape-rendering': 'crispEdges' }));
  }

  #enter(group: SVGGElement): void {
    this.#group.append(group);
    this.#group = group;
  }

  #add(made: SVGElement): void {
    this.#group.append(made);
  }

  #filled(): Record<string, string | number> {
    return { fill: String(this.fillStyle), ...(this.globalAlpha < 1 && { 'fill-opacity': this.globalAlpha }) };
  }

  #stroked(): Record<string, string | number> {
    return { fill: 'none', stroke: String(this.strokeStyle), 'stroke-width': this.lineWidth };
  }
}

const box = (x: number, y: number, width: number, height: number): Record<string, number> => ({
  ...{ x: short(x), y: short(y), width: short(width), height: short(height) },
});

interface Run {
  readonly colour: number;
  readonly from: number;
  readonly to: number;
  readonly top: number;
  rows: number;
}

/** Where there is no colour there is no run. */
function runsOf(pixels: Uint32Array, width: number, [first, last]: readonly [number, number], height: number): Run[] {
  const runs: Run[] = [];
  let above = new Map<string, Run>();
  for (let top = 0; top < height; top++) {
    const here = new Map<string, Run>();
    for (let from = first, to = first; from < last; from = to) {
      const colour = pixels[top * width + from];
      for (to = from + 1; to < last && pixels[top * width + to] === colour;) to++;
      if (colour === 0) continue;
      const key = `${colour} ${from} ${to}`;
      const known = above.get(key);
      const run = known ?? { colour, from, to, top, rows: 0 };
      run.rows++;
      if (known === undefined) runs.push(run);
      here.set(key, run);
    }
    above = here;
  }
  return runs;
}
