import { DROP_WORDS, type DropWords } from '../src/locale/viewer-drop.ts';
import type { Language } from '../src/locale/index.ts';
import { type DroppedFiles, filesOfDrop, filesOfList } from './api/dropped-files.ts';
import type { Opening } from './api/worker-messages.ts';
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
    const stopped = new AbortController();
    const take = (dropped: DroppedFiles): void => {
      status.textContent = dropped.files.length === 0 ? words.nothing : '';
      if (dropped.files.length === 0) return;
      stopped.abort();
      page.remove();
      resolve({ ...dropped, name: nameOf(dropped.inputs) });
    };
    page.append(textIn('h1', words.title), textIn('p', words.drop), ...choosers(words, take));
    page.append(status, textIn('p', words.stays));
    onDrop(page, take, stopped.signal);
  });
}

/** Until the signal says so, a drop is not what it is elsewhere: a way to leave the page. */
export function onDrop(marked: HTMLElement, take: (dropped: DroppedFiles) => void, signal: AbortSignal): void {
  const mark = (isOver: boolean): void => void marked.classList.toggle('drop-over', isOver);
  const over = (event: DragEvent): void => {
    event.preventDefault();
    mark(true);
  };
  addEventListener('dragover', over, { signal });
  addEventListener('dragleave', () => mark(false), { signal });
  addEventListener(
    'drop',
    (event) => {
      event.preventDefault();
      mark(false);
      if (event.dataTransfer !== null) void filesOfDrop(event.dataTransfer).then(take);
    },
    { signal },
  );
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

export function nameOf(inputs: readonly string[]): string {
  return inputs.length === 1 ? inputs[0] : `${inputs[0]} + ${inputs.length - 1}`;
}
