/** All commands by name: type some of the words, Enter runs the one that is marked. */
import type { PageWords } from '../../src/locale/viewer-page.ts';
import { element } from '../widgets/element.ts';
import { type Command, keyName } from './commands.ts';
import './command-palette.css';

/** Something that can be run: a command, or a panel to be opened. */
export interface Choice {
  readonly text: string;
  readonly keys: readonly string[];
  run(): void;
}

export function choicesOf(commands: readonly Command[], words: PageWords): Choice[] {
  return commands.map(({ id, keys, run }) => ({ text: words.commands[id], keys, run }));
}

/** All words that are typed stand somewhere in the text. */
function matching(choices: readonly Choice[], typed: string): Choice[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return choices.filter(({ text }) => words.every((word) => text.toLowerCase().includes(word)));
}

export function commandPalette(choices: readonly Choice[], words: PageWords): HTMLDialogElement {
  const dialog = element('dialog', 'command-palette');
  const input = element('input');
  const list = element('ul');
  let [found, marked] = [[...choices], 0];
  dialog.setAttribute('aria-label', words.commands.palette);
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-expanded', 'true');
  input.setAttribute('aria-controls', (list.id = 'palette-list'));
  input.setAttribute('aria-label', words.commands.palette);
  input.placeholder = words.commands.palette;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', words.commands.palette);

  const run = (choice: Choice | undefined): void => {
    dialog.close();
    choice?.run();
  };
  const show = (): void => {
    list.replaceChildren(...found.map((choice, at) => option(choice, at, at === marked, () => run(choice))));
    if (found.length === 0) list.append(element('li', 'quiet', words.noCommand));
    input.setAttribute('aria-activedescendant', found.length === 0 ? '' : optionId(marked));
    list.children[marked]?.scrollIntoView({ block: 'nearest' });
  };
  input.addEventListener('input', () => {
    [found, marked] = [matching(choices, input.value), 0];
    show();
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') run(found[marked]);
    else if (event.key === 'ArrowDown') marked = Math.min(marked + 1, found.length - 1);
    else if (event.key === 'ArrowUp') marked = Math.max(marked - 1, 0);
    else return;
    event.preventDefault();
    if (dialog.open) show();
  });
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.append(input, list);
  show();
  return dialog;
}

const optionId = (at: number): string => `palette-option-${at}`;

function option({ text, keys }: Choice, at: number, isMarked: boolean, run: () => void): HTMLElement {
  const made = element(
    'li',
    '',
    element('span', '', text),
    ...keys.slice(0, 1).map((key) => element('kbd', '', keyName(key))),
  );
  made.id = optionId(at);
  made.setAttribute('role', 'option');
  made.setAttribute('aria-selected', String(isMarked));
  made.addEventListener('click', run);
  return made;
}
