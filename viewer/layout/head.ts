/** The line at the top: which run, and what holds for the whole page. */
import { type PageWords, THEMES } from '../../src/locale/viewer-page.ts';
import { COLOUR_BY, type RunState } from '../../src/session/requests/protocol.ts';
import type { PanelContext } from '../panels/panel.ts';
import type { Command } from '../shortcuts/commands.ts';
import { keyName } from '../shortcuts/commands.ts';
import { button, element, labelled, select } from '../widgets/element.ts';
import { keptTheme } from './preferences.ts';
import type { CommandId } from '../../src/locale/viewer-page.ts';
import type { ThemeName } from '../../src/locale/viewer-page.ts';

export interface HeadActions {
  openRun(run: number): void;
  setTheme(theme: ThemeName): void;
}

export class Head {
  readonly element = element('header', 'page-head');
  readonly search: HTMLInputElement;
  readonly #colour: HTMLSelectElement;
  readonly #context: PanelContext;

  constructor(
    context: PanelContext,
    words: PageWords,
    runs: readonly RunState[],
    commands: readonly Command[],
    actions: HeadActions,
  ) {
    this.#context = context;
    const { store } = context;
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
    const press = (id: CommandId, text: string): HTMLButtonElement => {
      const { keys, run } = byId(id);
      const made = button(text, run, 'icon');
      const key = keys.length > 0 ? ` (${keyName(keys[0])})` : '';
      made.title = `${words.commands[id]}${key}`;
      made.setAttribute('aria-label', words.commands[id]);
      return made;
    };
    this.element.append(
      element('h1', '', 'traceconv'),
      this.#runTabs(words, runs, actions),
      this.search,
      element(
        'div',
        'tools',
        labelled(words.colourBy, this.#colour),
        labelled(words.theme, themes),
        press('language', words.languageName),
        press('copy-link', '🔗︎'),
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

  #runTabs(words: PageWords, runs: readonly RunState[], actions: HeadActions): HTMLElement {
    if (runs.length < 2) return element('span', 'run-name', this.#context.info.name);
    const tabs = runs.map(({ name }, run) => {
      const tab = button(name, () => actions.openRun(run));
      if (run === this.#context.run) tab.setAttribute('aria-current', 'page');
      return tab;
    });
    const nav = element('nav', 'run-tabs', ...tabs);
    nav.setAttribute('aria-label', words.runs);
    return nav;
  }
}
