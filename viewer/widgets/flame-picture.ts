/** Stacks from above: frames as wide as what they are measured by, each below the one around it. */
import { element, readable, svg } from './element.ts';
import { FRAME_KEYS, type FrameBox, type FrameKey, type Frames, layOut, stepFrom } from './flame-layout.ts';
import './charts.css';
import './flame.css';

export interface FlamePictureOptions extends Frames {
  /** What it is, and how to walk through it. */
  readonly label: string;
  readonly nameOf: (frame: number) => string;
  /** All there is to say of a frame. */
  readonly tell: (frame: number) => string;
  /** Somebody wants to look into a frame, or at all of them: -1. */
  readonly onFocus: (frame: number) => void;
  readonly onCurrent: (frame: number) => void;
  readonly announce: (text: string) => void;
}

const [ROW, LETTER, LEAST_PX, COLOURS] = [20, 6.6, 1.5, 6];

/** A picture of which one frame at a time can be looked into: `look` says which. */
export class FlamePicture {
  readonly element = element('div', 'chart flame');
  readonly #options: FlamePictureOptions;
  readonly #resized: ResizeObserver;
  #focus = -1;
  #current = -1;
  #isFound: ((frame: number) => boolean) | undefined;
  #boxes: readonly FrameBox[] = [];
  #drawn = new Map<number, SVGElement>();

  constructor(options: FlamePictureOptions) {
    this.#options = options;
    this.element.tabIndex = 0;
    this.element.setAttribute('role', 'application');
    this.element.setAttribute('aria-label', options.label);
    this.element.addEventListener('keydown', (event) => this.#pressed(event));
    this.#resized = new ResizeObserver(() => this.#draw());
    this.#resized.observe(this.element);
  }

  /** -1 looks at all of them. What is found stands out, where anything is looked for. */
  look(focus: number, isFound: ((frame: number) => boolean) | undefined): void {
    this.#isFound = isFound;
    const isMoved = focus !== this.#focus;
    this.#focus = focus;
    this.#draw();
    if (isMoved) this.#point(focus);
  }

  destroy(): void {
    this.#resized.disconnect();
  }

  #point(frame: number): void {
    this.#drawn.get(this.#current)?.classList.remove('is-current');
    this.#drawn.get(frame)?.classList.add('is-current');
    this.#current = frame;
    this.#options.onCurrent(frame);
  }

  #draw(): void {
    const width = Math.floor(this.element.clientWidth);
    if (width === 0) return;
    this.#boxes = layOut(this.#options, this.#focus, LEAST_PX / width);
    this.#drawn = new Map(this.#boxes.map((box) => [box.frame, this.#frame(box, width)]));
    const rows = this.#boxes.reduce((most, { row }) => Math.max(most, row + 1), 0);
    const drawn = svg('svg', { width, height: rows * ROW + 2, 'aria-hidden': 'true' }, ...this.#drawn.values());
    this.element.classList.toggle('is-searched', this.#isFound !== undefined);
    this.element.replaceChildren(drawn);
  }

  #frame({ frame, row, from, to }: FrameBox, width: number): SVGElement {
    const [x, w, y] = [from * width, Math.max(1, (to - from) * width - 1), row * ROW];
    const name = this.#options.nameOf(frame);
    const isAround = this.#focus >= 0 && frame < this.#focus;
    const states = [
      ...(isAround ? ['is-around'] : []),
      ...(frame === this.#current ? ['is-current'] : []),
      ...(this.#isFound?.(frame) === true ? ['is-found'] : []),
    ];
    const drawn = svg(
      'g',
      { class: ['frame', `frame-${colourOf(name)}`, ...states].join(' ') },
      svg('title', {}, this.#options.tell(frame)),
      svg('rect', { x, y, width: w, height: ROW - 1 }),
    );
    const text = cutTo(readable(name), Math.floor((w - 8) / LETTER));
    if (text !== '') drawn.append(svg('text', { x: x + 4, y: y + 14 }, text));
    drawn.addEventListener('click', () => this.#options.onFocus(frame));
    return drawn;
  }

  #pressed(event: KeyboardEvent): void {
    const { key } = event;
    if (key === 'Escape' && this.#focus < 0) return;
    const isStep = isFrameKey(key);
    if (!isStep && key !== 'Enter' && key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    if (isStep) this.#point(stepFrom(this.#boxes, this.#current, key, this.#options.parent));
    else if (key === 'Enter') this.#options.onFocus(this.#current);
    else this.#options.onFocus(this.#options.parent[this.#focus]);
    if (this.#current >= 0) this.#options.announce(this.#options.tell(this.#current));
  }
}

function isFrameKey(key: string): key is FrameKey {
  return FRAME_KEYS.some((each) => each === key);
}

function cutTo(name: string, letters: number): string {
  if (name.length <= letters) return name;
  return letters < 4 ? '' : `${name.slice(0, letters - 1)}…`;
}

/** The same name has the same colour wherever it stands. */
function colourOf(name: string): number {
  let hash = 0;
  for (let at = 0; at < name.length; at++) hash = (hash * 31 + name.charCodeAt(at)) >>> 0;
  return hash % COLOURS;
}
