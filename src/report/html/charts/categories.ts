import type { Part } from './chart.ts';

/** As many colours as people tell apart; `category-rest` is everything else. */
const COLOURS = 6;

/** The first ones get a colour each and the rest share one; each also has a line around it, and its name in the legend. */
export function classNameOf(index: number): string {
  return index < COLOURS ? `category-${index}` : 'category-rest';
}

/** The largest first, so that those get the colours. */
export function inCategories(values: readonly Omit<Part, 'className'>[]): Part[] {
  return values
    .toSorted((a, b) => b.value - a.value)
    .map((each, index) => ({ ...each, className: classNameOf(index) }));
}
