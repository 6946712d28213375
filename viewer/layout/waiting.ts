/** What is seen instead of a run that cannot be looked at yet, or never. */
import { DROP_WORDS } from '../../src/locale/viewer-drop.ts';
import { VIEWER_WORDS } from '../../src/locale/viewer.ts';
import { PAGE_WORDS } from '../../src/locale/viewer-page.ts';
import { FAILURE_WORDS, failureKind } from '../../src/locale/viewer-failures.ts';
import type { Language } from '../../src/locale/index.ts';
import type { RunState } from '../../src/session/requests/protocol.ts';
import type { DroppedFiles } from '../api/dropped-files.ts';
import { fileChoosers } from '../file-choosers.ts';
import { button, element } from '../widgets/element.ts';
import { languageButton } from './language-button.ts';
import './waiting.css';

export interface WaitingActions {
  openRun(run: number): void;
  setLanguage(): void;
  /** Where files can be opened from the page. */
  readonly take: ((chosen: DroppedFiles) => void) | undefined;
}

/** Runs that are read can be opened meanwhile. */
export function waitingPage(
  runs: readonly RunState[],
  wanted: number,
  language: Language,
  { openRun, setLanguage, take }: WaitingActions,
): HTMLElement {
  const lines = runs.map((run, at) => {
    const line = element('li', '', ...told(run, language));
    if (run.state === 'failed') line.classList.add('failure');
    if (run.state === 'ready')
      line.append(
        ' ',
        button(PAGE_WORDS[language].openRun, () => openRun(at), 'plain-button'),
      );
    if (at === wanted) line.setAttribute('aria-current', 'true');
    return line;
  });
  const page = element('main', 'waiting', element('h1', '', 'traceconv'), element('ul', '', ...lines));
  if (runs[wanted]?.state !== 'failed') return page;
  const words = DROP_WORDS[language];
  if (take !== undefined) page.append(element('p', '', words.dropAnother), fileChoosers(words, take));
  page.append(element('p', '', languageButton(setLanguage)));
  return page;
}

function told(run: RunState, language: Language): (Node | string)[] {
  const { loading } = VIEWER_WORDS[language];
  switch (run.state) {
    case 'loading': {
      const bar = element('progress');
      bar.max = 1;
      bar.value = run.share;
      const text = loading(run.name, Math.floor(run.share * 100));
      bar.setAttribute('aria-label', text);
      return [text, bar];
    }
    case 'ready':
      return [loading(run.name, 100)];
    case 'failed':
      return [element('strong', '', run.name), ...reason(run, language)];
  }
}

/** What it is, in words; then what was met, which is English. */
function reason({ code, why, hint }: Extract<RunState, { state: 'failed' }>, language: Language): HTMLElement[] {
  const { kinds, exactly } = FAILURE_WORDS[language];
  const exact = element('div', 'quiet', element('p', '', why), element('p', '', hint));
  exact.lang = 'en';
  return [element('p', '', kinds[failureKind(code)]), element('h2', '', exactly), exact];
}
