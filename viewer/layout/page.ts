/** The page of one run: the line at the top, the timeline, the panels below, and all that can be done by key. */
import type { Language } from '../../src/locale/index.ts';
import { PAGE_WORDS, THEMES, type ThemeName } from '../../src/locale/viewer-page.ts';
import { VIEWER_WORDS } from '../../src/locale/viewer.ts';
import type { RunInfo, ViewerApi } from '../../src/session/requests/protocol.ts';
import { addressOfRun } from '../address.ts';
import { savePng, saveSvg } from '../export/save-picture.ts';
import { KnownSlices } from '../known-slices.ts';
import type { OpenRuns } from '../open-runs.ts';
import { missing } from '../panels/missing.ts';
import type { PanelContext } from '../panels/panel.ts';
import { type PanelTexts, textsIn } from '../panels/panel-texts.ts';
import { namesApart } from '../run-names.ts';
import { carriedOver, initialState, stateOfRun } from '../run-state.ts';
import { choicesOf, commandPalette } from '../shortcuts/command-palette.ts';
import { commandTable } from '../shortcuts/commands.ts';
import { helpDialog } from '../shortcuts/help.ts';
import { listenToKeys } from '../shortcuts/keyboard.ts';
import { createStore } from '../store.ts';
import { PANELS } from '../state.ts';
import { windowAround } from '../timeline/time-window.ts';
import { moved, Shifts } from '../timeline/shifts.ts';
import { Timeline } from '../timeline/timeline.ts';
import { element, readable, searchField } from '../widgets/element.ts';
import { browserAddressBar } from './address-bar.ts';
import { Dock } from './dock.ts';
import { Head } from './head.ts';
import { applyTheme, keptTheme, setTheme, SYSTEM_QUERIES } from './preferences.ts';
import { Said } from './said.ts';

export interface PageOf {
  readonly api: ViewerApi;
  readonly run: number;
  readonly info: RunInfo;
  readonly runs: OpenRuns;
  readonly language: Language;
  openRun(run: number, address: string): void;
  setLanguage(language: Language): void;
}

/** Returns what takes the page away. */
export function openPage(root: HTMLElement, of: PageOf): () => void {
  const { api, run, info, runs, language } = of;
  const words = PAGE_WORDS[language];
  const store = createStore(initialState(info, run), browserAddressBar(), stateOfRun(info, run));
  const said = new Said();
  const context: PanelContext = {
    ...{ api, run, info, runs, slices: new KnownSlices(api, run), store, language, words: VIEWER_WORDS[language] },
    openRun: (wanted, change = {}) =>
      of.openRun(wanted, addressOfRun(wanted, { ...carriedOver(store.state), ...change })),
    goTo(startNs, endNs, selected) {
      const shiftNs = selected ? new Shifts(info, store.state.shifts).ofTrack(selected.track) : 0;
      const window = windowAround(moved({ startNs, endNs }, shiftNs), info.endNs);
      store.set(selected === undefined ? window : { ...window, selected });
    },
    announce: (text) => said.say(text),
  };
  const timeline = new Timeline(context, words);
  const dock = new Dock(context, words);
  const filter = searchField(store.state.trackFilter, words.filter, (trackFilter) =>
    store.set({ trackFilter }, 'replace'),
  );
  timeline.corner.append(filter);
  const changeTheme = (theme: ThemeName): void => {
    setTheme(theme);
    timeline.themeChanged();
  };
  const open = (dialog: HTMLDialogElement): void => {
    page.append(dialog);
    dialog.addEventListener('close', () => dialog.remove());
    dialog.showModal();
  };
  const commands = commandTable(timeline, context, {
    help: () => open(helpDialog(commands, words)),
    palette() {
      const panels = PANELS.map((panel) => ({
        ...{ text: context.words.panels[panel], keys: [] },
        run: () => store.set({ panel }),
      }));
      open(commandPalette([...choicesOf(commands, words), ...panels], words));
    },
    nextTheme: () => changeTheme(THEMES[(THEMES.indexOf(keptTheme()) + 1) % THEMES.length]),
    nextLanguage: () => of.setLanguage(language === 'en' ? 'zh' : 'en'),
    nextRun: () => context.openRun((run + 1) % runs.states.length),
    togglePanels: () => dock.toggle(),
    focusFilter: () => filter.focus(),
    focusSearch: () => head.search.focus(),
    copyLink() {
      const copied = navigator.clipboard?.writeText(location.href) ?? Promise.reject(new Error());
      copied.then(
        () => said.show(words.copied),
        () => said.show(words.notCopied),
      );
    },
    savePng: () => void savePng(timeline.picture(), devicePixelRatio),
    saveSvg: () => saveSvg(timeline.picture()),
  });
  const head = new Head(context, words, commands, { setTheme: changeTheme });
  const page = element('div', 'page', head.element, element('main', '', timeline.element, dock.element), said.element);
  const isWithoutTracks = info.hasMetrics && info.tracks.every(isEmpty);
  page.classList.toggle('is-without-tracks', isWithoutTracks);
  if (isWithoutTracks) dock.element.before(noTimeline(textsIn(language)));
  const stops = [
    store.listen(() => head.update()),
    listenToKeys(commands),
    listenToScheme(() => {
      applyTheme(keptTheme());
      timeline.themeChanged();
    }),
  ];
  root.replaceChildren(page);
  timeline.start();
  dock.start();
  document.title = readable(`${namesApart(runs.states.map(({ name }) => name))[run]} · traceconv`);
  return () => {
    for (const stop of stops) stop();
    head.destroy();
    dock.destroy();
    timeline.destroy();
    store.destroy();
    page.remove();
  };
}

/** In the place of the timeline. */
function noTimeline(texts: PanelTexts): HTMLElement {
  return element('section', 'no-timeline', missing('traces', texts));
}

/** Where there is nothing to be drawn, what was measured has nearly all the room. */
function isEmpty({ sliceCount, sampleCount, instantCount }: RunInfo['tracks'][number]): boolean {
  return sliceCount + sampleCount + instantCount === 0;
}

function listenToScheme(listener: () => void): () => void {
  const queries = Object.values(SYSTEM_QUERIES).map((query) => matchMedia(query));
  for (const query of queries) query.addEventListener('change', listener);
  return () => {
    for (const query of queries) query.removeEventListener('change', listener);
  };
}
