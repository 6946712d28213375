import { unstyled } from './style.ts';

/** Letters that terminals draw two cells wide: Chinese, Japanese, Korean, full-width forms and pictures. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
/** What is put on top of the letter before. */
const MARK = /\p{Mn}|\p{Me}/u;

/** How many cells of a terminal a text takes; styles take none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const letter of unstyled(text)) width += widthOf(letter);
  return width;
}

function widthOf(letter: string): number {
  return MARK.test(letter) ? 0 : WIDE.test(letter) ? 2 : 1;
}

export function padded(text: string, width: number, isRight: boolean): string {
  const padding = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return isRight ? padding + text : text + padding;
}

/** Cut in the middle, because names of kernels tell at both ends; takes plain text. */
export function shortened(full: string, width: number): string {
  if (displayWidth(full) <= width) return full;
  const text = withoutSignature(full);
  if (displayWidth(text) <= width) return text;
  const letters = [...text];
  const tail = taken(letters.toReversed(), Math.floor((width - 1) / 2)).reverse();
  const head = taken(letters, width - 1 - displayWidth(tail.join('')));
  return `${head.join('')}…${tail.join('')}`;
}

/** C++ kernels are called by their result and parameters, too, which tell least. */
export function withoutSignature(name: string): string {
  const text = name.startsWith('void ') ? name.slice('void '.length) : name;
  if (!text.endsWith(')')) return text;
  let open = 0;
  for (let at = text.length - 1; at > 0; at--) {
    if (text[at] === ')') open++;
    else if (text[at] === '(' && --open === 0) return text.slice(0, at);
  }
  return text;
}

/** Cut at the end; takes plain text. */
export function cut(text: string, width: number): string {
  return displayWidth(text) <= width ? text : `${taken([...text], width - 1).join('')}…`;
}

/** As many letters as fit. */
export function taken(letters: readonly string[], width: number): string[] {
  let left = width;
  const end = letters.findIndex((letter) => (left -= widthOf(letter)) < 0);
  return letters.slice(0, end < 0 ? letters.length : end);
}
