/** How bubbles of each cause are told apart: a colour for who holds the device up, hatching, and a letter for the cause. */
import type { BubbleCause } from '../../src/analysis/index.ts';
import type { BubbleColour } from './palette.ts';

export interface CauseSign {
  readonly letter: string;
  readonly colour: BubbleColour;
  readonly hatch: Hatch;
}
export type Hatch = keyof typeof HATCHES;

/** Whether a pixel is on a line. */
const HATCHES = {
  rising: (x: number, y: number) => (x + y) % 6 < 2,
  falling: (x: number, y: number) => (x - y + 6000) % 6 < 2,
  crossed: (x: number, y: number) => (x + y) % 8 < 1.5 || (x - y + 8000) % 8 < 1.5,
  level: (_: number, y: number) => y % 5 < 2,
  upright: (x: number) => x % 5 < 2,
  dotted: (x: number, y: number) => x % 5 < 2 && y % 5 < 2,
} as const;

export const CAUSE_SIGNS: Readonly<Record<BubbleCause, CauseSign>> = {
  'start-up': { letter: 'A', colour: 'bubble-edge', hatch: 'dotted' },
  tail: { letter: 'Z', colour: 'bubble-edge', hatch: 'dotted' },
  'host-late-framework': { letter: 'F', colour: 'bubble-host', hatch: 'rising' },
  'host-late-launch': { letter: 'L', colour: 'bubble-host', hatch: 'falling' },
  'event-wait': { letter: 'E', colour: 'bubble-device', hatch: 'upright' },
  copy: { letter: 'C', colour: 'bubble-device', hatch: 'level' },
  'device-scheduling': { letter: 'D', colour: 'bubble-device', hatch: 'dotted' },
  'graph-launch': { letter: 'G', colour: 'bubble-launch', hatch: 'rising' },
  'unseen-graph': { letter: 'N', colour: 'bubble-unknown', hatch: 'rising' },
  'pipeline-launch': { letter: 'P', colour: 'bubble-launch', hatch: 'falling' },
  'slowest-rank': { letter: 'W', colour: 'bubble-ranks', hatch: 'crossed' },
  transfer: { letter: 'T', colour: 'bubble-ranks', hatch: 'level' },
  'pipeline-receive': { letter: 'R', colour: 'bubble-ranks', hatch: 'upright' },
  ambiguous: { letter: '?', colour: 'bubble-unknown', hatch: 'crossed' },
  unknown: { letter: 'U', colour: 'bubble-unknown', hatch: 'dotted' },
};

/** `scale`: device pixels per pixel. */
export function isHatched(hatch: Hatch, x: number, y: number, scale: number): boolean {
  return HATCHES[hatch](x / scale, y / scale);
}
