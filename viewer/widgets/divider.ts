import { element } from './element.ts';
import './divider.css';

const STEP_PX = 24;

export interface DividerOptions {
  /** How the line runs. */
  readonly orientation: 'horizontal' | 'vertical';
  readonly label: string;
  readonly leastPx: number;
  /** The part that it makes larger and smaller. */
  readonly part: HTMLElement;
  /** What a place of the pointer means. */
  sizeAt(event: PointerEvent): number;
  /** Where nobody chose a size: a double click goes back to it. */
  setSize(px: number | undefined): void;
}

const STEPS = {
  horizontal: { ArrowUp: STEP_PX, ArrowDown: -STEP_PX },
  vertical: { ArrowRight: STEP_PX, ArrowLeft: -STEP_PX },
} as const;

/** A line between two parts of the page that is dragged, or moved by arrow keys. */
export function divider({ orientation, label, leastPx, part, sizeAt, setSize }: DividerOptions): HTMLElement {
  const made = element('div', `divider divider-${orientation}`);
  const steps: Readonly<Record<string, number>> = STEPS[orientation];
  made.tabIndex = 0;
  made.setAttribute('role', 'separator');
  made.setAttribute('aria-orientation', orientation);
  made.setAttribute('aria-label', label);
  made.setAttribute('aria-valuemin', String(leastPx));
  const sizeNow = (): number => (orientation === 'horizontal' ? part.offsetHeight : part.offsetWidth);
  made.setAttribute('aria-valuenow', '0');
  new ResizeObserver(() => made.setAttribute('aria-valuenow', String(sizeNow()))).observe(part);
  made.addEventListener('pointerdown', (event) => made.setPointerCapture(event.pointerId));
  made.addEventListener('pointermove', (event) => {
    if (made.hasPointerCapture(event.pointerId)) setSize(sizeAt(event));
  });
  made.addEventListener('dblclick', () => setSize(undefined));
  made.addEventListener('keydown', (event) => {
    if (!Object.hasOwn(steps, event.key)) return;
    event.preventDefault();
    setSize(sizeNow() + steps[event.key]);
  });
  return made;
}
