import type { BubbleCause } from '../../src/analysis/index.ts';
import { CAUSE_SIGNS } from '../timeline/cause-signs.ts';
import type { Part } from '../widgets/legend.ts';
import './cause-sign.css';

/** What bubbles of a cause have on the timeline, too. */
export function causeSign(cause: BubbleCause): Pick<Part, 'className' | 'letter'> {
  const { colour, letter } = CAUSE_SIGNS[cause];
  return { className: colour, letter };
}
