import { headText } from '../trace-events/sniff.ts';

/**
 * The cells of the first line of a file, which the head holds. Headers hold no commas and no line ends. JSON has none: the
 * whole head may be one line, and to look for columns in its thousands of pieces takes longer than to read megabytes.
 */
export function headerOf(head: Uint8Array): string[] {
  const [line = ''] = headText(head)
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .split(/\r?\n/, 1);
  if (/^\s*[[{]/.test(line)) return [];
  return line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
}
