import { withoutSignature } from '../../src/report/text/width.ts';
import { lettersOf } from './column-widths.ts';
import { element, readable } from './element.ts';
import './cut-name.css';

/** Shorter names have room everywhere. */
const [MOST_WHOLE, TAIL_LETTERS] = [24, 12];

/**
 * A name as long as there is room for, cut in its middle: names of kernels and labels tell at both ends. What holds it is
 * to be named fully.
 */
export function cutName(name: string): HTMLElement | string {
  if (lettersOf(name) <= MOST_WHOLE) return name;
  const shown = readable(withoutSignature(name));
  const letters = [...shown];
  const tail = letters.slice(-Math.min(TAIL_LETTERS, letters.length >> 1)).join('');
  const head = element('span', 'cut-name-head', shown.slice(0, shown.length - tail.length));
  head.style.maxWidth = `calc(100% - ${lettersOf(tail)}ch)`;
  return element('span', 'cut-name', head, tail);
}

/** For who points at it, and for who does not see it. */
export function nameFully(holder: HTMLElement, name: string): void {
  const whole = readable(name);
  holder.title = whole;
  if (lettersOf(name) > MOST_WHOLE) holder.setAttribute('aria-label', whole);
}
