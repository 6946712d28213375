/** The names of rows, left of the canvas: buttons that close what is below them and pin tracks to the top. */
import type { PageWords } from '../../src/locale/viewer-page.ts';
import type { RunInfo } from '../../src/session/requests/protocol.ts';
import { button, element } from '../widgets/element.ts';
import { signed } from './alignment.ts';
import type { Arrangement, PlacedRow } from './arrangement.ts';
import type { Shifts } from './shifts.ts';
import { longTrackName, trackName } from './track-names.ts';
import './gutter.css';

const MOVE_KEYS = 'Alt+ArrowUp Alt+ArrowDown';

export interface GutterActions {
  toggle(node: number): void;
  togglePin(track: number): void;
}

/** `look` is all that it is made of. */
interface Shown {
  readonly element: HTMLElement;
  readonly look: string;
  readonly placed: PlacedRow | undefined;
}

export class Gutter {
  readonly element = element('div', 'gutter');
  readonly #fixed = element('div', 'gutter-fixed');
  readonly #info: RunInfo;
  readonly #words: PageWords;
  readonly #actions: GutterActions;
  #shown = new Map<string, Shown>();

  constructor(info: RunInfo, words: PageWords, actions: GutterActions) {
    this.#info = info;
    this.#words = words;
    this.#actions = actions;
    this.element.append(this.#fixed);
    this.element.setAttribute('role', 'group');
    this.element.setAttribute('aria-label', words.tracks);
  }

  /** Rows that stay in view keep their elements, and with them the focus. */
  show(arrangement: Arrangement, shifts: Shifts): void {
    this.#fixed.style.height = `${arrangement.fixedPx}px`;
    const pinned = new Set(arrangement.pinned.rows.flatMap((row) => (row.kind === 'track' ? [row.track] : [])));
    const focused = this.#focused();
    const shown = new Map<string, Shown>();
    if (arrangement.stepsPx > 0) shown.set('steps', this.#shown.get('steps') ?? this.#steps(arrangement.stepsPx));
    for (const placed of [...arrangement.pinnedRows(), ...arrangement.scrollingRows()]) {
      const shiftNs = shifts.ofRow(placed.row);
      const [id, look] = [idOf(placed), lookOf(placed, pinned, shiftNs)];
      const old = this.#shown.get(id);
      const made = old?.look === look ? old.element : this.#made(placed, pinned, shiftNs);
      made.style.transform = `translateY(${placed.yPx}px)`;
      shown.set(id, { element: made, look, placed });
    }
    for (const [id, old] of this.#shown) if (shown.get(id)?.element !== old.element) old.element.remove();
    this.#place([...shown.values()].map(({ element: made }) => made));
    this.#shown = shown;
    if (focused !== undefined) this.#focusAgain(focused);
  }

  /** The row that has the focus. */
  get focusedRow(): PlacedRow | undefined {
    return this.#shown.get(this.#focused() ?? '')?.placed;
  }

  #focused(): string | undefined {
    const { activeElement } = document;
    if (!this.element.contains(activeElement)) return undefined;
    return [...this.#shown].find(([, { element: made }]) => made.contains(activeElement))?.[0];
  }

  /** What is moved within the page or made anew loses the focus. */
  #focusAgain(id: string): void {
    const made = this.#shown.get(id)?.element;
    if (made === undefined || made.contains(document.activeElement)) return;
    made.querySelector('button')?.focus({ preventScroll: true });
  }

  /** In the order in which they are read. */
  #place(rows: readonly HTMLElement[]): void {
    const last = new Map<HTMLElement, Element | null>([
      [this.#fixed, null],
      [this.element, this.#fixed],
    ]);
    for (const made of rows) {
      const parent = made.dataset['fixed'] === 'true' ? this.#fixed : this.element;
      const before = last.get(parent) ?? null;
      const next = before === null ? parent.firstElementChild : before.nextElementSibling;
      if (next !== made) parent.insertBefore(made, next);
      last.set(parent, made);
    }
  }

  #steps(heightPx: number): Shown {
    const made = element('div', 'gutter-row gutter-steps', this.#words.steps);
    made.dataset['fixed'] = 'true';
    made.style.height = `${heightPx}px`;
    return { element: made, look: '', placed: undefined };
  }

  #made({ row, isPinned }: PlacedRow, pinned: ReadonlySet<number>, shiftNs: number): HTMLElement {
    const made = element('div', `gutter-row gutter-${row.kind}`);
    made.style.height = `${row.heightPx}px`;
    made.dataset['fixed'] = String(isPinned);
    made.dataset['level'] = String(row.level);
    switch (row.kind) {
      case 'group':
        made.append(this.#opener(row.group.label, row.group.node, row.isOpen));
        break;
      case 'process':
        made.append(this.#opener(row.name, row.node, row.isOpen));
        break;
      case 'track':
        made.append(...this.#track(row.track, pinned.has(row.track), isPinned));
    }
    if (shiftNs !== 0 && row.kind === 'group' && row.level === 0) {
      // Below the name, which needs the width.
      made.classList.add('is-shifted');
      made.append(element('span', 'gutter-shift', this.#words.shifted(signed(shiftNs))));
    }
    return made;
  }

  #opener(text: string, node: number, isOpen: boolean): HTMLElement {
    const made = button(element('span', 'gutter-name', text), () => this.#actions.toggle(node), 'opener');
    made.setAttribute('aria-expanded', String(isOpen));
    made.setAttribute('aria-keyshortcuts', MOVE_KEYS);
    made.title = text;
    return made;
  }

  #track(track: number, isKept: boolean, isOnTop: boolean): HTMLElement[] {
    const [text, where] = [trackName(this.#info, track), longTrackName(this.#info, track)];
    const label = element('span', 'gutter-name', isOnTop ? where : text);
    label.title = where;
    const pin = button('', () => this.#actions.togglePin(track), 'pin');
    pin.setAttribute('aria-pressed', String(isKept));
    pin.setAttribute('aria-label', isKept ? this.#words.unpin(text) : this.#words.pin(text));
    pin.setAttribute('aria-keyshortcuts', MOVE_KEYS);
    pin.title = pin.getAttribute('aria-label')!;
    return [label, pin];
  }
}

function idOf({ row, isPinned }: PlacedRow): string {
  switch (row.kind) {
    case 'group':
      return `group ${row.group.node}`;
    case 'process':
      return `process ${row.node}`;
    case 'track':
      return `track ${row.track} ${isPinned}`;
  }
}

function lookOf({ row }: PlacedRow, pinned: ReadonlySet<number>, shiftNs: number): string {
  return `${row.kind === 'track' ? pinned.has(row.track) : row.isOpen} ${row.level} ${shiftNs}`;
}
