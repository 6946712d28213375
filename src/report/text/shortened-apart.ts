import { grouped } from '../../base/index.ts';
import { displayWidth, shortened, taken } from './width.ts';

/**
 * Names that stand under one another, cut as each alone would be (`shortened`). Of those that differ and would look alike, what
 * they differ in is shown instead of their ends. Takes plain texts.
 */
export function shortenedApart(texts: readonly string[], width: number): string[] {
  const shown = new Map([...new Set(texts)].map((text) => [text, shortened(text, width)]));
  tellApart(shown, width, shown.size + 1);
  return texts.map((text) => shown.get(text) ?? text);
}

/** `fewerThan`: of texts that nothing tells apart there is no end. */
function tellApart(shown: Map<string, string>, width: number, fewerThan: number): void {
  for (const alike of grouped([...shown.keys()], (text) => shown.get(text) ?? '')) {
    if (alike.length < 2 || alike.length >= fewerThan) continue;
    const apart = new Map(differencesOf(alike, width));
    tellApart(apart, width, alike.length);
    for (const [text, short] of apart) shown.set(text, short);
  }
}

function differencesOf(texts: readonly string[], width: number): [text: string, shown: string][] {
  const names = texts.map((text) => [...text]);
  const shortest = Math.min(...names.map(({ length }) => length));
  const areEqualAt = (position: number): boolean =>
    names.every((letters) => letters.at(position) === names[0].at(position));
  let before = 0;
  while (before < shortest && areEqualAt(before)) before++;
  let after = 0;
  while (after < shortest - before && areEqualAt(-1 - after)) after++;
  return names.map((letters, at) => {
    const own = letters.slice(before, letters.length - after);
    const middle = taken(own, width - 2);
    const head = taken(letters.slice(0, before), width - 2 - displayWidth(middle.join('')));
    const isCut = middle.length < own.length || after > 0;
    return [texts[at], `${head.join('')}${head.length < before ? '…' : ''}${middle.join('')}${isCut ? '…' : ''}`];
  });
}
