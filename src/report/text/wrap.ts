import { displayWidth } from './width.ts';

/**
 * A figure with its unit, a Chinese letter, a word, each with the Chinese signs that may not be parted from it (an opening
 * bracket ends no line, and what closes begins none); spaces.
 */
const WORD =
  /（*(?:[^ \d\u3000-\u9fff\uff00-\uffef]*\d[\d.,]* (?:%|ns|µs|ms|s)[^ \u3000-\u9fff\uff00-\uffef]*|[\u3000-\u9fff\uff00-\uffef]|[^ \u3000-\u9fff\uff00-\uffef]+)[，。；：、）]* *| +/g;

/** Lines of whole words; what continues a line stands as far in as the line began. Chinese breaks after any letter. */
export function wrapped(text: string, width: number): string[] {
  const indent = /^ */.exec(text)?.[0] ?? '';
  const lines: string[] = [];
  let line = indent;
  for (const word of text.slice(indent.length).match(WORD) ?? []) {
    if (line.trim() !== '' && displayWidth(line + word.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += word;
  }
  return [...lines, line.trimEnd()];
}
