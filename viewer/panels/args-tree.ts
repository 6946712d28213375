/** Args of slices as a tree, in which what is long is folded. */
import { type Child, element } from '../widgets/element.ts';
import type { ArgsEntry, ArgsValue } from './args.ts';

const [LETTERS_AT_MOST, ENTRIES_AT_MOST] = [240, 60];

export function argsTree(entries: readonly ArgsEntry[], moreText: string): HTMLElement {
  const list = element('dl', 'pairs');
  const append = (some: readonly ArgsEntry[]): void => {
    for (const { key, value } of some) {
      const term = element('dt', '', key);
      term.title = key;
      list.append(term, element('dd', '', drawn(value, moreText)));
    }
  };
  append(entries.slice(0, ENTRIES_AT_MOST));
  const rest = entries.slice(ENTRIES_AT_MOST);
  if (rest.length === 0) return list;
  return element(
    'div',
    '',
    list,
    folded(`${moreText} (${rest.length})`, () => argsTree(rest, moreText)),
  );
}

function drawn(value: ArgsValue, moreText: string): Child {
  if (typeof value !== 'string') {
    return value.length === 0 ? '{}' : folded(value.map(({ key }) => key).join(', '), () => argsTree(value, moreText));
  }
  return value.length <= LETTERS_AT_MOST
    ? value
    : folded(`${value.slice(0, LETTERS_AT_MOST)}…`, () => element('p', 'long-text', value));
}

/** Drawn when somebody unfolds it. */
function folded(summary: string, draw: () => HTMLElement): HTMLElement {
  const details = element('details', '', element('summary', '', summary));
  details.addEventListener('toggle', () => details.append(draw()), { once: true });
  return details;
}
