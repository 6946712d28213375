import { visible } from '../text/style.ts';

/**
 * A name as code, in which no link, image, mention or tag of a hostile name comes to life. Its fence is longer than any in
 * it; a bar would end the cell even there.
 */
export function codeOf(name: string): string {
  const text = visible(name);
  if (text.trim() === '') return text === '' ? '' : '` `';
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const space = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${space}${text}${space}${fence}`;
}

export function inCell(text: string): string {
  return text.replaceAll('|', '\\|');
}

/** What would become markup, a mention, a number of an issue or a link. */
const LIVE = /[\\`*_{}[\]<>|~$&]|@|#(?=\d)|:(?=\/\/)|\.(?=\S)/g;

/** Words of ours with names in the midst of them. A comment, which nobody sees, keeps links and mentions from coming to life. */
export function escaped(prose: string): string {
  return visible(prose).replace(LIVE, (letter, at: number, all: string) => {
    if (letter === '.') return /(^|[^\w])www$/i.test(all.slice(0, at)) ? '.<!-- -->' : '.';
    if (letter === '@' || letter === '#' || letter === ':') return `${letter}<!-- -->`;
    return letter === '<' ? '&lt;' : letter === '&' ? '&amp;' : `\\${letter}`;
  });
}
