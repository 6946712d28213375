/** The panels below the timeline: one tab for each, one open at a time, as high as somebody drags them. */
import { PANELS_BY_ID } from '../panels/index.ts';
import type { OpenPanel, PanelContext } from '../panels/panel.ts';
import { type PanelId, PANELS, type ViewState } from '../state.ts';
import type { PageWords } from '../../src/locale/viewer-page.ts';
import { button, element } from '../widgets/element.ts';
import { divider } from '../widgets/divider.ts';
import { keepPx, keptPx } from './preferences.ts';
import './dock.css';

const LEAST_PX = 120;
/** Of the page, at first: what is wrong with a run is read there, and on a large screen there is more room for tracks. */
const [FIRST_SHARE, FIRST_MOST_PX] = [0.42, 520];

export class Dock {
  readonly element = element('section', 'dock');
  readonly #context: PanelContext;
  readonly #words: PageWords;
  readonly #tabs = new Map<PanelId, HTMLButtonElement>();
  readonly #place = element('div', 'dock-panel');
  readonly #opener: HTMLButtonElement;
  readonly #stopListening: () => void;
  #open: { readonly id: PanelId; readonly panel: OpenPanel; readonly root: HTMLElement } | undefined;
  #isClosed = false;

  constructor(context: PanelContext, words: PageWords) {
    this.#context = context;
    this.#words = words;
    this.#opener = button('', () => this.toggle(), 'icon dock-opener');
    const tabs = element('div', 'tabs', ...PANELS.map((id) => this.#tab(id)));
    tabs.setAttribute('role', 'tablist');
    tabs.setAttribute('aria-label', words.panelTabs);
    tabs.addEventListener('keydown', (event) => this.#moved(event));
    this.#place.id = 'panel';
    this.#place.tabIndex = 0;
    this.#place.setAttribute('role', 'tabpanel');
    this.element.append(this.#makeDivider(), element('header', 'dock-head', tabs, this.#opener), this.#place);
    this.#setHeight(keptPx('panelPx') ?? Math.min(FIRST_MOST_PX, Math.round(innerHeight * FIRST_SHARE)));
    this.#stopListening = context.store.listen((state, before) => this.#changed(state, before));
  }

  start(): void {
    this.#show(this.#context.store.state);
  }

  toggle(): void {
    this.#isClosed = !this.#isClosed;
    this.#show(this.#context.store.state);
  }

  destroy(): void {
    this.#stopListening();
    this.#open?.panel.destroy();
  }

  #tab(id: PanelId): HTMLButtonElement {
    const tab = button(this.#context.words.panels[id], () => {
      this.#isClosed = false;
      this.#context.store.set({ panel: id });
      this.#show(this.#context.store.state);
    });
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-controls', 'panel');
    tab.id = `tab-${id}`;
    this.#tabs.set(id, tab);
    return tab;
  }

  #moved(event: KeyboardEvent): void {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const at = PANELS.indexOf(this.#context.store.state.panel);
    const next = PANELS[(at + by + PANELS.length) % PANELS.length];
    this.#context.store.set({ panel: next });
    this.#tabs.get(next)?.focus();
  }

  #changed(state: ViewState, before: ViewState): void {
    // Whoever asks for a panel wants to see it.
    if (state.panel !== before.panel) this.#isClosed = false;
    if (this.#open?.id === state.panel && !this.#isClosed) this.#open.panel.update(state, before);
    else this.#show(state);
  }

  #show(state: ViewState): void {
    this.element.classList.toggle('is-closed', this.#isClosed);
    this.#opener.textContent = this.#isClosed ? '▴' : '▾';
    this.#opener.title = this.#isClosed ? this.#words.openPanels : this.#words.closePanels;
    this.#opener.setAttribute('aria-label', this.#opener.title);
    this.#opener.setAttribute('aria-expanded', String(!this.#isClosed));
    for (const [id, tab] of this.#tabs) {
      tab.setAttribute('aria-selected', String(id === state.panel));
      tab.tabIndex = id === state.panel ? 0 : -1;
    }
    if (this.#isClosed || this.#open?.id !== state.panel) {
      this.#open?.panel.destroy();
      this.#open = undefined;
    }
    if (this.#isClosed || this.#open !== undefined) return;
    const root = element('div', 'panel');
    this.#place.replaceChildren(root);
    this.#place.scrollTop = 0;
    this.#place.setAttribute('aria-labelledby', `tab-${state.panel}`);
    this.#open = { id: state.panel, root, panel: PANELS_BY_ID[state.panel].create(root, this.#context) };
  }

  #setHeight(px = Math.max(220, Math.round(innerHeight * 0.36))): void {
    const height = Math.round(Math.min(Math.max(px, LEAST_PX), innerHeight * 0.75));
    this.element.style.setProperty('--dock-height', `${height}px`);
  }

  #makeDivider(): HTMLElement {
    return divider({
      ...{ orientation: 'horizontal', label: this.#words.panelSize, leastPx: LEAST_PX, part: this.element },
      sizeAt: (event) => this.element.getBoundingClientRect().bottom - event.clientY,
      setSize: (px) => {
        this.#setHeight(px);
        keepPx('panelPx', px);
      },
    });
  }
}
