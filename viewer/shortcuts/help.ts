import { HELP_TOPICS, type PageWords } from '../../src/locale/viewer-page.ts';
import { button, element } from '../widgets/element.ts';
import { type Command, keyName } from './commands.ts';
import './help.css';

/** Keys and gestures, from the table of commands. */
export function helpDialog(commands: readonly Command[], words: PageWords): HTMLDialogElement {
  const dialog = element('dialog', 'help');
  const title = element('h2', '', words.commands.help);
  title.id = 'help-title';
  dialog.setAttribute('aria-labelledby', title.id);
  const topics = HELP_TOPICS.map((topic) => {
    const listed = commands.filter((command) => command.topic === topic && command.keys.length > 0);
    return section(
      words.topics[topic],
      listed.map(({ id, keys }) => [keys.map(keyName), words.commands[id]] as const),
    );
  });
  const mouse = section(
    words.timeline,
    words.mouse.map(([gesture, does]) => [[gesture], does] as const),
  );
  const close = button(words.close, () => dialog.close());
  dialog.append(element('header', '', title, close), element('div', 'help-topics', mouse, ...topics));
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  return dialog;
}

function section(title: string, rows: readonly (readonly [keys: readonly string[], does: string])[]): HTMLElement {
  const list = element('dl');
  for (const [keys, does] of rows) {
    const term = element('dt', '', ...keys.map((key) => element('kbd', '', key)));
    list.append(element('div', '', term, element('dd', '', does)));
  }
  return element('section', '', element('h3', '', title), list);
}
