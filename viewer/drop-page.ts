import { DROP_WORDS, type DropWords } from '../src/locale/viewer-drop.ts';
import type { Language } from '../src/locale/index.ts';
import { type DroppedFiles, filesOfList } from './api/dropped-files.ts';
import type { Opening } from './api/worker-messages.ts';
import { onDrop } from './file-drop.ts';
import './drop-page.css';

/** Asks for files until there are some. What is dropped anywhere on the page counts. */
export function askForFiles(root: HTMLElement, language: Language): Promise<Opening> {
  const words = DROP_WORDS[language];
  const page = root.appendChild(document.createElement('main'));
  page.className = 'drop-page';
  page.lang = language;
  return new Promise((resolve) => {
    const status = textIn('p', '');
    status.setAttribute('role', 'status');
    let stop = (): void => {};
    const take = (dropped: DroppedFiles): void => {
      status.textContent = dropped.files.length === 0 ? words.nothing : '';
      if (dropped.files.length === 0) return;
      stop();
      page.remove();
      resolve(openingOf(dropped));
    };
    page.append(textIn('h1', words.title), textIn('p', words.drop), ...choosers(words, take));
    page.append(status, textIn('p', words.stays));
    stop = onDrop(page, take);
  });
}

function choosers(words: DropWords, take: (dropped: DroppedFiles) => void): HTMLElement[] {
  return [[words.chooseFiles, false] as const, [words.chooseFolder, true] as const].map(([label, isFolder]) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.webkitdirectory = isFolder;
    input.hidden = true;
    input.addEventListener('change', () => take(filesOfList(input.files ?? [])));
    const button = textIn('button', label);
    button.addEventListener('click', () => input.click());
    const place = document.createElement('p');
    place.append(button, input);
    return place;
  });
}

function textIn(tag: 'h1' | 'p' | 'button', text: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

/** All that is dropped at once is one run. */
export function openingOf({ files, inputs }: DroppedFiles): Opening {
  return { files, inputs, name: inputs.length === 1 ? inputs[0] : `${inputs[0]} + ${inputs.length - 1}` };
}
