/** The names of rows, left of the canvas: buttons that close what is below them and pin tracks to the top. */
import type { PageWords } from '../../src/locale/viewer-page.ts';
import type { RunInfo } from '../../src/session/requests/protocol.ts';
import { button, element } from '../widgets/element.ts';
import { signed } from './alignment.ts';
import type { Arrangement, PlacedRow } from './arrangement.ts';
import type { Shifts } from './shifts.ts';

export interface GutterActions {
  toggle(node: number): void;
  togglePin(track: number): void;
}

export class Gutter {
  readonly element = element('div', 'gutter');
  readonly #fixed = element('div', 'gutter-fixed');
  readonly #info: RunInfo;
  readonly #words: PageWords;
  readonly #actions: GutterActions;
  #shown = new Map<string, HTMLElement>();

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
    const shown = new Map<string, HTMLElement>();
    if (arrangement.stepsPx > 0)
      shown.set('steps', this.#shown.get('steps') ?? this.#stepsElement(arrangement.stepsPx));
    for (const placed of [...arrangement.pinnedRows(), ...arrangement.scrollingRows()]) {
      const shiftNs = shifts.ofRow(placed.row);
      const key = `${keyOf(placed, pinned)} ${shiftNs}`;
      const made = this.#shown.get(key) ?? this.#made(placed, pinned, shiftNs);
      made.style.transform = `translateY(${placed.yPx}px)`;
      shown.set(key, made);
    }
    for (const [key, old] of this.#shown) if (!shown.has(key)) old.remove();
    // In the order in which they are read.
    let after: Element | null = this.#fixed;
    for (const made of shown.values()) {
      const parent = made.dataset['fixed'] === 'true' ? this.#fixed : this.element;
      if (made.parentElement !== parent) parent.append(made);
      if (parent === this.element) {
        if (after.nextElementSibling !== made) after.after(made);
        after = made;
      }
    }
    this.#shown = shown;
  }

  #stepsElement(heightPx: number): HTMLElement {
    const made = element('div', 'gutter-row gutter-steps', this.#words.steps);
    made.dataset['fixed'] = 'true';
    made.style.height = `${heightPx}px`;
    return made;
  }

  #made({ row, isPinned }: PlacedRow, pinned: ReadonlySet<number>, shiftNs: number): HTMLElement {
    const made = element('div', `gutter-row gutter-${row.kind}`);
    made.style.height = `${row.heightPx}px`;
    made.dataset['fixed'] = String(isPinned);
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
    if (shiftNs !== 0 && row.kind === 'group') {
      made.append(element('span', 'gutter-shift', this.#words.shifted(signed(shiftNs))));
    }
    return made;
  }

  #opener(text: string, node: number, isOpen: boolean): HTMLElement {
    const made = button(element('span', 'gutter-name', text), () => this.#actions.toggle(node), 'opener');
    made.setAttribute('aria-expanded', String(isOpen));
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
    pin.title = pin.getAttribute('aria-label')!;
    return [label, pin];
  }
}

export function trackName({ tracks }: RunInfo, track: number): string {
  const { name, series } = tracks[track];
  return series === '' || series === name ? name : `${name} ${series}`;
}

export function longTrackName(info: RunInfo, track: number): string {
  const { process, group } = info.tracks[track];
  return `${info.groups[group].label} · ${process} · ${trackName(info, track)}`;
}

function keyOf({ row, isPinned }: PlacedRow, pinned: ReadonlySet<number>): string {
  switch (row.kind) {
    case 'group':
      return `group ${row.group.node} ${row.isOpen}`;
    case 'process':
      return `process ${row.node} ${row.isOpen}`;
    case 'track':
      return `track ${row.track} ${isPinned} ${pinned.has(row.track)}`;
  }
}
