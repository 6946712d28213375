/** Shows how runs are being read, and then the page of the one that the address names. */
import './theme.css';
import './layout/layout.css';
import './panels/panel.css';
import type { ViewerApi } from '../src/session/requests/protocol.ts';
import type { DroppedFiles } from './api/dropped-files.ts';
import { addressOfRun, runAt } from './address.ts';
import { openPage } from './layout/page.ts';
import { keptLanguage, keptTheme, setLanguage, setTheme } from './layout/preferences.ts';
import { waitingPage } from './layout/waiting.ts';
import { OpenRuns } from './open-runs.ts';

/** `take`: more runs may be opened from the page. */
export function start(root: HTMLElement, api: ViewerApi, take?: (chosen: DroppedFiles) => void): void {
  setTheme(keptTheme());
  setLanguage(keptLanguage());
  const runs = new OpenRuns(api);
  /** -1 while none is. */
  let shown = -1;
  let close = (): void => {};
  let drawing = 0;

  const openRun = (wanted: number, address = addressOfRun(wanted)): void => {
    history.pushState(null, '', address);
    void draw();
  };
  const wait = (run: number): void => {
    close();
    close = () => {};
    shown = -1;
    const setOther = (): void => wait(run);
    root.replaceChildren(waitingPage(runs.states, run, keptLanguage(), { openRun, setLanguage: setOther, take }));
  };
  const draw = async (): Promise<void> => {
    const mine = ++drawing;
    const run = Math.min(runAt(location.hash), Math.max(0, runs.states.length - 1));
    if (runs.states[run]?.state !== 'ready') {
      wait(run);
      return;
    }
    const language = keptLanguage();
    const { json: info } = await api.ask(run, 'run', {});
    if (mine !== drawing) return;
    close();
    shown = run;
    close = openPage(root, {
      ...{ api, run, info, runs, language, openRun },
      setLanguage(wanted) {
        setLanguage(wanted);
        void draw();
      },
    });
  };

  runs.listen(() => {
    if (shown < 0) void draw();
  });
  addEventListener('popstate', () => {
    // What was dropped just now is a run that nobody knows yet.
    if (runAt(location.hash) !== shown) void runs.refresh().then(draw);
  });
  void runs.refresh().then(draw);
}
