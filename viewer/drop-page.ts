import { DROP_WORDS, type DropWords } from '../src/locale/viewer-drop.ts';
import { type DroppedFiles, filesOfList } from './api/dropped-files.ts';
import type { Opening } from './api/worker-messages.ts';
import { onDrop } from './file-drop.ts';
import { keptLanguage, setLanguage } from './layout/preferences.ts';
import { button, element } from './widgets/element.ts';
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
      const language = keptLanguage();
      const words = DROP_WORDS[language];
      const other = button(words.otherLanguage, () => {
        setLanguage(language === 'en' ? 'zh' : 'en');
        draw();
        page.querySelector<HTMLElement>('.drop-language')?.focus();
      });
      other.className = 'drop-language';
      other.lang = language === 'en' ? 'zh-CN' : 'en';
      setLanguage(language);
      status.textContent = '';
      page.replaceChildren(
        element('h1', '', words.title),
        element('p', '', words.drop),
        ...choosers(words, take),
        status,
        element('p', '', words.stays),
        element('p', '', words.together),
        element('p', '', other),
      );
    };
    draw();
    const stop = onDrop(page, take, () => (status.textContent = DROP_WORDS[keptLanguage()].unreadable));
  });
}

function choosers(words: DropWords, take: (dropped: DroppedFiles) => void): HTMLElement[] {
  return [[words.chooseFiles, false] as const, [words.chooseFolder, true] as const].map(([label, isFolder]) => {
    const input = element('input');
    input.type = 'file';
    input.multiple = true;
    input.webkitdirectory = isFolder;
    input.hidden = true;
    input.addEventListener('change', () => {
      take(filesOfList(input.files ?? []));
      // The same files may be chosen again.
      input.value = '';
    });
    return element(
      'p',
      '',
      button(label, () => input.click()),
      input,
    );
  });
}

/** All that is dropped at once is one run. */
export function openingOf({ files, inputs }: DroppedFiles): Opening {
  return { files, inputs, name: inputs.length === 1 ? inputs[0] : `${inputs[0]} + ${inputs.length - 1}` };
}
