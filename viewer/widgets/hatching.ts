import { svg } from './element.ts';

/** Idle time and what is not known is hatched, so that its colour is not the only sign. CSS refers to it by this name. */
export function hatching(): SVGDefsElement {
  const pattern = svg(
    'pattern',
    { id: 'panel-hatching', width: 5, height: 5, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    svg('rect', { class: 'hatching-ground', width: 5, height: 5 }),
    svg('rect', { class: 'hatching-line', width: 1.5, height: 5 }),
  );
  return svg('defs', {}, pattern);
}
