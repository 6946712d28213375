import type { ViewerApi } from '../src/session/requests/protocol.ts';
import { addressOfRun } from './address.ts';
import type { DroppedFiles } from './api/dropped-files.ts';
import { HttpApi } from './api/http.ts';
import { savedRun } from './api/saved.ts';
import { WorkerApi } from './api/worker-api.ts';
import { askForFiles, openingOf } from './drop-page.ts';
import { onDrop } from './file-drop.ts';
import { keptTheme, setTheme } from './layout/preferences.ts';
import { start } from './start.ts';

const isServed = document.querySelector('meta[name="traceconv-runs"]')?.getAttribute('content') === 'server';

setTheme(keptTheme());
void (isServed ? servedRuns().then((api) => start(document.body, api)) : ownRuns());

/** The cookie that came with the page holds the token from now on: no copied link does. */
async function servedRuns(): Promise<ViewerApi> {
  const url = new URL(location.href);
  url.searchParams.delete('token');
  history.replaceState(history.state, '', url);
  return new HttpApi();
}

/** What was saved in the page, else what is dropped on it. What is dropped later is one more run. */
async function ownRuns(): Promise<void> {
  const api = new WorkerApi();
  const saved = await savedRun();
  if (saved !== undefined) api.openSaved(saved);
  else api.open(await askForFiles(document.body));
  const take = (dropped: DroppedFiles): void => {
    if (dropped.files.length === 0) return;
    history.pushState(null, '', addressOfRun(api.open(openingOf(dropped))));
    dispatchEvent(new PopStateEvent('popstate'));
  };
  onDrop(document.body, take);
  start(document.body, api, take);
}
