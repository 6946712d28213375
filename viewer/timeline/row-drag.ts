/** A row that is dragged by its name to another place; a line says where it would go. */
import { element } from '../widgets/element.ts';
import type { PlacedRow } from './arrangement.ts';
import { gapAt, type Movable } from './row-moves.ts';

export interface RowDragTarget {
  rowAt(yPx: number): PlacedRow | undefined;
  movable(placed: PlacedRow): Movable;
  /** What is 0 in the layout of pinned rows, or in that of the others, is here on the screen. */
  topPx(isPinned: boolean): number;
  /** Between which heights the rows of a layout are seen. */
  seen(isPinned: boolean): readonly [fromPx: number, toPx: number];
  drop(movable: Movable, gap: number): void;
}

interface Dragged {
  readonly movable: Movable;
  gap: number;
}

const TREMBLE_PX = 4;

/** Fingers scroll, so they do not drag names. Returns the line, to be placed over the rows. */
export function listenToRowDrags(names: HTMLElement, target: RowDragTarget): HTMLElement {
  const line = element('div', 'drop-line');
  line.hidden = true;
  let from: { readonly y: number; readonly placed: PlacedRow } | undefined;
  let dragged: Dragged | undefined;
  let wasDragged = false;

  const yOf = (event: PointerEvent): number => event.clientY - names.getBoundingClientRect().top;
  const end = (): void => {
    from = dragged = undefined;
    line.hidden = true;
    names.classList.remove('is-dragging');
    document.removeEventListener('keydown', escape, true);
  };
  const escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    end();
  };
  const begin = (placed: PlacedRow, pointer: number): Dragged => {
    names.setPointerCapture(pointer);
    names.classList.add('is-dragging');
    document.addEventListener('keydown', escape, true);
    wasDragged = true;
    return { movable: target.movable(placed), gap: -1 };
  };

  names.addEventListener('pointerdown', (event) => {
    wasDragged = false;
    const placed = event.button === 0 && event.pointerType !== 'touch' ? target.rowAt(yOf(event)) : undefined;
    from = placed && { y: yOf(event), placed };
  });
  names.addEventListener('pointermove', (event) => {
    const y = yOf(event);
    if (from === undefined || (dragged === undefined && Math.abs(y - from.y) <= TREMBLE_PX)) return;
    dragged ??= begin(from.placed, event.pointerId);
    const { isPinned } = dragged.movable;
    const top = target.topPx(isPinned);
    const { gap, atPx } = gapAt(dragged.movable, y - top);
    const [seenFrom, seenTo] = target.seen(isPinned);
    dragged.gap = gap;
    line.hidden = false;
    line.style.transform = `translateY(${Math.min(Math.max(atPx + top, seenFrom), seenTo) - 1}px)`;
  });
  names.addEventListener('pointerup', () => {
    const ended = dragged;
    end();
    if (ended !== undefined) target.drop(ended.movable, ended.gap);
  });
  names.addEventListener('pointercancel', end);
  // The end of a drag is no click on what happens to be there.
  names.addEventListener(
    'click',
    (event) => {
      if (wasDragged) event.stopPropagation();
      wasDragged = false;
    },
    true,
  );
  return line;
}
