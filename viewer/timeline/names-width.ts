import { keepPx, keptPx } from '../layout/preferences.ts';
import { divider } from '../widgets/divider.ts';

const LEAST_PX = 120;
/** However wide names are, something of the tracks is seen. */
const MOST_SHARE = 0.6;

/** The line between names and tracks, which makes room for long names. Where nobody moved it the style sheet knows. */
export function namesDivider(timeline: HTMLElement, gutter: HTMLElement, label: string): HTMLElement {
  const setWidth = (px: number | undefined): void => {
    if (px === undefined) timeline.style.removeProperty('--gutter');
    else timeline.style.setProperty('--gutter', `clamp(${LEAST_PX}px, ${Math.round(px)}px, ${MOST_SHARE * 100}vw)`);
  };
  setWidth(keptPx('namesPx'));
  return divider({
    ...{ orientation: 'vertical', label, leastPx: LEAST_PX, part: gutter },
    sizeAt: (event) => event.clientX - gutter.getBoundingClientRect().left,
    setSize(px) {
      setWidth(px);
      keepPx('namesPx', px);
    },
  });
}
