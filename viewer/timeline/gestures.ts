/** What hands do on the timeline: pointers, wheels and two fingers, told as what is meant by them. */
import { dragged, pinched, wheelFactor } from './gesture-arithmetic.ts';
import { type TimeWindow, zoomAt } from './time-window.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface GestureTarget {
  /** The window now, its width on the screen, and the end of the run. */
  now(): { readonly window: TimeWindow; readonly widthPx: number; readonly runEndNs: number };
  setWindow(window: TimeWindow): void;
  scrollBy(px: number): void;
  click(at: Point): void;
  doubleClick(at: Point): void;
  hover(at: Point | null): void;
  /** An area or a time is being dragged; `isDone` at its end. */
  drag(kind: 'area' | 'measure', from: Point, to: Point, isDone: boolean): void;
  isMeasuring(): boolean;
}

/** So far a pointer may tremble and it is still a click. */
const TREMBLE_PX = 4;
const LINE_PX = 16;

interface Drag {
  readonly kind: 'pan' | 'area' | 'measure';
  readonly from: Point;
  readonly window: TimeWindow;
  lastY: number;
  isMoved: boolean;
}

export function listenToGestures(element: HTMLElement, target: GestureTarget): void {
  const pointers = new Map<number, Point>();
  let drag: Drag | undefined;
  let pinch:
    { readonly ids: readonly [number, number]; window: TimeWindow; distance: number; middle: number } | undefined;

  const pointOf = (event: MouseEvent): Point => {
    const { left, top } = element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };

  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, pointOf(event));
    if (pointers.size === 2) {
      const [[a, first], [b, second]] = [...pointers];
      const { window } = target.now();
      pinch = { ids: [a, b], window, distance: distanceOf(first, second), middle: (first.x + second.x) / 2 };
      drag = undefined;
    } else if (pointers.size === 1) {
      const kind = event.shiftKey ? 'area' : target.isMeasuring() ? 'measure' : 'pan';
      const from = pointOf(event);
      drag = { kind, from, window: target.now().window, lastY: from.y, isMoved: false };
    }
  });

  element.addEventListener('pointermove', (event) => {
    const at = pointOf(event);
    if (pointers.has(event.pointerId)) pointers.set(event.pointerId, at);
    if (pinch !== undefined) {
      const [first, second] = pinch.ids.map((id) => pointers.get(id)!);
      const { widthPx, runEndNs } = target.now();
      target.setWindow(
        pinched(pinch, { distance: distanceOf(first, second), middle: (first.x + second.x) / 2 }, widthPx, runEndNs),
      );
    } else if (drag !== undefined) {
      follow(drag, at, target);
    } else {
      target.hover(at);
    }
  });

  const end = (event: PointerEvent): void => {
    pointers.delete(event.pointerId);
    const [at, ended] = [pointOf(event), drag];
    drag = undefined;
    if (pinch !== undefined) {
      pinch = undefined;
      return;
    }
    if (ended === undefined) return;
    if (!ended.isMoved) {
      if (event.type === 'pointerup') target.click(at);
    } else if (ended.kind !== 'pan') {
      target.drag(ended.kind, ended.from, at, true);
    }
  };
  element.addEventListener('pointerup', end);
  element.addEventListener('pointercancel', end);
  element.addEventListener('pointerleave', () => target.hover(null));
  element.addEventListener('dblclick', (event) => target.doubleClick(pointOf(event)));
  element.addEventListener('wheel', (event) => turn(event, pointOf(event), target), { passive: false });
}

function follow(drag: Drag, at: Point, target: GestureTarget): void {
  if (!drag.isMoved && distanceOf(drag.from, at) <= TREMBLE_PX) return;
  if (!drag.isMoved) target.hover(null);
  drag.isMoved = true;
  if (drag.kind !== 'pan') {
    target.drag(drag.kind, drag.from, at, false);
    return;
  }
  target.setWindow(dragged(drag.window, at.x - drag.from.x, target.now().widthPx));
  target.scrollBy(drag.lastY - at.y);
  drag.lastY = at.y;
}

function turn(event: WheelEvent, at: Point, target: GestureTarget): void {
  const { window, widthPx, runEndNs } = target.now();
  const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1;
  const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    target.setWindow(zoomAt(window, at.x / widthPx, wheelFactor(dy), runEndNs));
    return;
  }
  // Those without a sideways wheel hold Shift.
  const sideways = event.shiftKey && dx === 0 ? dy : dx;
  if (sideways === 0) return;
  event.preventDefault();
  target.setWindow(dragged(window, -sideways, widthPx));
  if (!event.shiftKey) target.scrollBy(dy);
}

const distanceOf = (a: Point, b: Point): number => Math.max(1, Math.hypot(a.x - b.x, a.y - b.y));
