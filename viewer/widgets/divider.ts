import { element } from './element.ts';

const STEP_PX = 24;

export interface DividerOptions {
  /** How the line runs. */
  readonly orientation: 'horizontal' | 'vertical';
  readonly label: string;
  readonly leastPx: number;
  /** What a place of the pointer means. */
  sizeAt(event: PointerEvent): number;
  sizeNow(): number;
  /** Where nobody chose a size: a double click goes back to it. */
  setSize(px: number | undefined): void;
}

const STEPS = {
  horizontal: { ArrowUp: STEP_PX, ArrowDown: -STEP_PX },
  vertical: { ArrowRight: STEP_PX, ArrowLeft: -STEP_PX },
} as const;

/** A line between two parts of the page that is dragged, or moved by arrow keys. */
export function divider({ orientation, label, leastPx, sizeAt, sizeNow, setSize }: DividerOptions): HTMLElement {
  const made = element('div', `divider divider-${orientation}`);
  const steps: Readonly<Record<string, number>> = STEPS[orientation];
  made.tabIndex = 0;
  made.setAttribute('role', 'separator');
  made.setAttribute('aria-orientation', orientation);
  made.setAttribute('aria-label', label);
  made.setAttribute('aria-valuemin', String(leastPx));
  const change = (px: number | undefined): void => {
    setSize(px);
    made.setAttribute('aria-valuenow', String(Math.round(sizeNow())));
  };
  made.addEventListener('pointerdown', (event) => made.setPointerCapture(event.pointerId));
  made.addEventListener('pointermove', (event) => {
    if (made.hasPointerCapture(event.pointerId)) change(sizeAt(event));
  });
  made.addEventListener('dblclick', () => change(undefined));
  made.addEventListener('keydown', (event) => {
    if (!Object.hasOwn(steps, event.key)) return;
    event.preventDefault();
    change(sizeNow() + steps[event.key]);
  });
  return made;
}
