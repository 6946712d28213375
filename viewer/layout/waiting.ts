/** What is seen instead of a run that cannot be looked at yet, or never. */
import { DROP_WORDS } from '../../src/locale/viewer-drop.ts';
import { VIEWER_WORDS } from '../../src/locale/viewer.ts';
import { PAGE_WORDS } from '../../src/locale/viewer-page.ts';
import type { Language } from '../../src/locale/index.ts';
import type { RunState } from '../../src/session/requests/protocol.ts';
import { button, element } from '../widgets/element.ts';

/** Runs that are read can be opened meanwhile. */
export function waitingPage(
  runs: readonly RunState[],
  wanted: number,
  language: Language,
  canDrop: boolean,
  openRun: (run: number) => void,
): HTMLElement {
  const lines = runs.map((run, at) => {
    const line = element('li', '', ...told(run, language));
    if (run.state === 'failed') line.classList.add('failure');
    if (run.state === 'ready')
      line.append(
        ' ',
        button(PAGE_WORDS[language].openRun, () => openRun(at)),
      );
    if (at === wanted) line.setAttribute('aria-current', 'true');
    return line;
  });
  const page = element('main', 'waiting', element('h1', '', 'traceconv'), element('ul', '', ...lines));
  if (canDrop && runs[wanted]?.state === 'failed') page.append(element('p', 'quiet', DROP_WORDS[language].dropAnother));
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
      return [element('strong', '', run.name), element('p', '', run.why), element('p', 'quiet', run.hint)];
  }
}
