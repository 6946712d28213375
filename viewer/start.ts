/** Shows how runs are being read, and then the page of the one that the address names. */
import './theme.css';
import './layout/layout.css';
import './panels.css';
import { VIEWER_WORDS } from '../src/locale/viewer.ts';
import type { RunState, ViewerApi } from '../src/session/requests/protocol.ts';
import { addressOfRun, runAt } from './address.ts';
import { openPage } from './layout/page.ts';
import { keptLanguage, keptTheme, setLanguage, setTheme } from './layout/preferences.ts';
import { element } from './widgets/element.ts';

const ASK_AGAIN_MS = 150;

export function start(root: HTMLElement, api: ViewerApi): void {
  setTheme(keptTheme());
  setLanguage(keptLanguage());
  let shown = -1;
  let again = 0;
  let close = (): void => {};

  const show = async (): Promise<void> => {
    clearTimeout(again);
    const runs = await api.runs();
    const run = Math.min(runAt(location.hash), Math.max(0, runs.length - 1));
    const state: RunState | undefined = runs[run];
    if (state?.state !== 'ready') {
      root.replaceChildren(waiting(runs));
      if (state?.state !== 'failed') again = setTimeout(() => void show(), ASK_AGAIN_MS);
      return;
    }
    const language = keptLanguage();
    const { json: info } = await api.ask(run, 'run', {});
    close();
    shown = run;
    close = openPage(root, {
      ...{ api, run, info, runs, language },
      openRun(wanted) {
        history.pushState(null, '', addressOfRun(wanted));
        void show();
      },
      setLanguage(wanted) {
        setLanguage(wanted);
        void show();
      },
    });
  };

  addEventListener('popstate', () => {
    if (runAt(location.hash) !== shown) void show();
  });
  void show();
}

function waiting(runs: readonly RunState[]): HTMLElement {
  const { loading } = VIEWER_WORDS[keptLanguage()];
  const lines = runs.map((run) => {
    switch (run.state) {
      case 'loading': {
        const bar = element('progress');
        bar.max = 1;
        bar.value = run.share;
        const text = loading(run.name, Math.floor(run.share * 100));
        bar.setAttribute('aria-label', text);
        return element('li', '', text, bar);
      }
      case 'ready':
        return element('li', '', loading(run.name, 100));
      case 'failed':
        return element(
          'li',
          'failure',
          element('strong', '', run.name),
          element('p', '', run.why),
          element('p', 'quiet', run.hint),
        );
    }
  });
  return element('main', 'waiting', element('h1', '', 'traceconv'), element('ul', '', ...lines));
}
