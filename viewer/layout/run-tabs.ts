/** A tab for each open run, also for those that are still being read, and those that could not be. */
import type { PageWords } from '../../src/locale/viewer-page.ts';
import type { RunState } from '../../src/session/requests/protocol.ts';
import type { OpenRuns } from '../open-runs.ts';
import { namesApart } from '../run-names.ts';
import { button, element } from '../widgets/element.ts';
import './run-tabs.css';

export class RunTabs {
  readonly element = element('nav', 'run-tabs');
  readonly #stop: () => void;

  constructor(runs: OpenRuns, current: number, words: PageWords, openRun: (run: number) => void) {
    this.element.setAttribute('aria-label', words.runs);
    this.element.addEventListener('keydown', (event) => this.#walk(event));
    const draw = (): void => {
      const { states } = runs;
      const names = namesApart(states.map(({ name }) => name));
      const at = [...this.element.children].findIndex((each) => each === document.activeElement);
      this.element.replaceChildren(
        ...(states.length < 2
          ? [element('span', 'run-name', names[current])]
          : states.map((state, run) => tab(state, names[run], run === current, words, () => openRun(run)))),
      );
      this.element.title = states.length < 2 ? (states[current]?.name ?? '') : '';
      const had = this.element.children[at];
      if (had instanceof HTMLElement) had.focus();
    };
    draw();
    this.#stop = runs.listen(draw);
  }

  destroy(): void {
    this.#stop();
  }

  #walk(event: KeyboardEvent): void {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const tabs = [...this.element.querySelectorAll('button')];
    const at = tabs.findIndex((each) => each === document.activeElement);
    tabs[(at + by + tabs.length) % tabs.length]?.focus();
  }
}

function tab(state: RunState, name: string, isCurrent: boolean, words: PageWords, open: () => void): HTMLElement {
  const made = button(element('span', 'run-tab-name', name), open);
  made.title = state.name;
  if (isCurrent) made.setAttribute('aria-current', 'page');
  switch (state.state) {
    case 'loading': {
      const bar = element('span', 'run-tab-progress');
      bar.style.width = `${state.share * 100}%`;
      made.append(element('small', '', words.reading(Math.floor(state.share * 100))), bar);
      break;
    }
    case 'failed':
      made.classList.add('is-failed');
      made.title = `${state.name}\n${state.why}`;
      made.append(element('small', '', words.notRead));
      break;
    case 'ready':
      break;
  }
  return made;
}
