/** The line at the top: which run, and what holds for the whole page. */
import { type CommandId, type PageWords, type ThemeName, THEMES } from '../../src/locale/viewer-page.ts';
import { COLOUR_BY } from '../../src/session/requests/protocol.ts';
import type { PanelContext } from '../panels/panel.ts';
import { type Command, keyName } from '../shortcuts/commands.ts';
import { button, type Child, element, labelled, select, svg } from '../widgets/element.ts';
import { keptTheme } from './preferences.ts';
import { RunTabs } from './run-tabs.ts';
import './head.css';

export interface HeadActions {
  setTheme(theme: ThemeName): void;
}

export class Head {
  readonly element = element('header', 'page-head');
  readonly search: HTMLInputElement;
  readonly #colour: HTMLSelectElement;
  readonly #context: PanelContext;
  readonly #tabs: RunTabs;

  constructor(context: PanelContext, words: PageWords, commands: readonly Command[], actions: HeadActions) {
    this.#context = context;
    const { store, runs, run, openRun } = context;
    this.#tabs = new RunTabs(runs, run, words, openRun);
    this.search = element('input', 'search');
    this.search.type = 'search';
    this.search.placeholder = `${words.commands.search}  /`;
    this.search.setAttribute('aria-label', words.commands.search);
    this.search.value = store.state.search;
    this.search.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') store.set({ search: this.search.value, panel: 'search' });
    });
    this.#colour = select(
      COLOUR_BY.map((id) => ({ id, text: words.colours[id] })),
      store.state.colourBy,
      (colourBy) => store.set({ colourBy }),
    );
    const themes = select(
      THEMES.map((id) => ({ id, text: words.themes[id] })),
      keptTheme(),
      actions.setTheme,
    );
    const byId = (id: CommandId): Command => commands.find((command) => command.id === id)!;
    const press = (id: CommandId, text: Child): HTMLButtonElement => {
      const { keys, run: does } = byId(id);
      const made = button(text, does, 'icon');
      const key = keys.length > 0 ? ` (${keyName(keys[0])})` : '';
      made.title = `${words.commands[id]}${key}`;
      made.setAttribute('aria-label', words.commands[id]);
      return made;
    };
    this.element.append(
      element('h1', '', 'traceconv'),
      this.#tabs.element,
      this.search,
      element(
        'div',
        'tools',
        labelled(words.colourBy, this.#colour),
        labelled(words.theme, themes),
        press('language', words.languageName),
        press('copy-link', linkIcon()),
        menu(words.viewMenu, saveIcon(), (['save-png', 'save-svg'] as const).map(byId), words),
        press('palette', '⌘'),
        press('help', '?'),
      ),
    );
  }

  update(): void {
    const { colourBy, search } = this.#context.store.state;
    this.#colour.selectedIndex = COLOUR_BY.indexOf(colourBy);
    if (document.activeElement !== this.search) this.search.value = search;
  }

  destroy(): void {
    this.#tabs.destroy();
  }
}

/** Commands behind a button. */
function menu(title: string, icon: Child, commands: readonly Command[], words: PageWords): HTMLElement {
  const summary = element('summary', 'icon', icon);
  summary.title = title;
  summary.setAttribute('aria-label', title);
  const choices = commands.map(({ id, run }) =>
    button(words.commands[id], () => {
      made.open = false;
      run();
    }),
  );
  const made = element('details', 'menu', summary, element('div', 'menu-choices', ...choices));
  made.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !made.open) return;
    event.preventDefault();
    made.open = false;
    summary.focus();
  });
  made.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !made.contains(relatedTarget)) made.open = false;
  });
  return made;
}

/** An arrow into a tray. */
function saveIcon(): SVGElement {
  const lines = 'M8 2v8M4.5 7 8 10.5 11.5 7M2.5 11v3h11v-3';
  const path = svg('path', { d: lines, fill: 'none', stroke: 'currentColor', 'stroke-width': 1.4 });
  return svg('svg', { width: 16, height: 16, viewBox: '0 0 16 16', 'aria-hidden': 'true' }, path);
}

/** Two links of a chain. */
function linkIcon(): SVGElement {
  const links = 'M7 9.5 9.5 7M6 6.5 4 8.5a2.6 2.6 0 0 0 3.7 3.7l2-2M7 6.2l2-2a2.6 2.6 0 0 1 3.7 3.7l-2 2';
  const path = svg('path', { d: links, fill: 'none', stroke: 'currentColor', 'stroke-width': 1.4 });
  return svg('svg', { width: 16, height: 16, viewBox: '0 0 16.5 16.5', 'aria-hidden': 'true' }, path);
}
