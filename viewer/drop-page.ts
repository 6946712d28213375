import { DROP_WORDS } from '../src/locale/viewer-drop.ts';
import type { DroppedFiles } from './api/dropped-files.ts';
import type { Opening } from './api/worker-messages.ts';
import { fileChoosers } from './file-choosers.ts';
import { onDrop } from './file-drop.ts';
import { languageButton } from './layout/language-button.ts';
import { keptLanguage, setLanguage } from './layout/preferences.ts';
import { element } from './widgets/element.ts';
import './drop-page.css';

/** Asks for files until there are some. What is dropped anywhere on the page counts. */
export function askForFiles(root: HTMLElement): Promise<Opening> {
  const page = root.appendChild(element('main', 'drop-page'));
  return new Promise((resolve) => {
    const status = element('p');
    status.setAttribute('role', 'status');
    const take = (dropped: DroppedFiles): void => {
      status.textContent = dropped.files.length === 0 ? DROP_WORDS[keptLanguage()].nothing : '';
      if (dropped.files.length === 0) return;
      stop();
      page.remove();
      resolve(openingOf(dropped));
    };
    const draw = (): void => {
      const words = DROP_WORDS[keptLanguage()];
      setLanguage(keptLanguage());
      status.textContent = '';
      page.replaceChildren(
        element('h1', '', words.title),
        element('p', '', words.drop),
        fileChoosers(words, take),
        status,
        element('p', 'quiet', words.stays),
        element('p', 'quiet', words.together),
        element('p', '', languageButton(draw)),
      );
    };
    draw();
    const stop = onDrop(page, take, () => (status.textContent = DROP_WORDS[keptLanguage()].unreadable));
  });
}

/** All that is dropped at once is one run. */
export function openingOf({ files, inputs }: DroppedFiles): Opening {
  return { files, inputs, name: inputs.length === 1 ? inputs[0] : `${inputs[0]} + ${inputs.length - 1}` };
}
