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
