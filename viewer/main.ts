import { DROP_WORDS } from '../src/locale/viewer-drop.ts';
import type { ViewerApi } from '../src/session/requests/protocol.ts';
import { HttpApi } from './api/http.ts';
import { savedRun } from './api/saved.ts';
import { WorkerApi } from './api/worker-api.ts';
import { askForFiles } from './drop-page.ts';
import { start } from './start.ts';

const isServed = document.querySelector('meta[name="traceconv-runs"]')?.getAttribute('content') === 'server';
const language = /^zh\b/i.test(navigator.language) ? 'zh' : 'en';

void (isServed ? servedRuns() : ownRuns()).then((api) => start(document.body, api));

/** The cookie that came with the page holds the token from now on: no copied link does. */
async function servedRuns(): Promise<ViewerApi> {
  const url = new URL(location.href);
  url.searchParams.delete('token');
  history.replaceState(history.state, '', url);
  return new HttpApi();
}

/** What was saved in the page, else what is dropped on it. */
async function ownRuns(): Promise<ViewerApi> {
  const api = new WorkerApi();
  const saved = await savedRun();
  const opening = saved?.opening ?? (await askForFiles(document.body, language));
  const part = saved === undefined || saved.range === null ? '' : ` (${DROP_WORDS[language].savedRange(saved.range)})`;
  api.open({ ...opening, name: opening.name + part });
  return api;
}
