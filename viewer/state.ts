/**
 * What is looked at. The page is a function of it, and the address of the page holds it (address.ts), so that back, forward
 * and a copied link show the same. Times are integer ns from the run's origin.
 */
import type { BubbleCause, BubbleKind, Measure, Phase } from '../src/analysis/index.ts';
import type { ColourBy } from '../src/session/requests/protocol.ts';

export const PANELS = [
  'summary',
  'top-ops',
  'bubbles',
  'steps',
  'ranks',
  'communication',
  'memory',
  'flame',
  'metrics',
  'details',
  'selection',
  'compare',
  'search',
] as const;
export type PanelId = (typeof PANELS)[number];

export interface SliceRef {
  readonly track: number;
  readonly slice: number;
}

export interface BubbleRef {
  readonly device: number;
  readonly kind: BubbleKind;
  readonly row: number;
  /** How long a gap is at least that has a row; as the run has it where it is not said. */
  readonly leastNs?: number;
}

export const isSameBubble = (a: BubbleRef | null, b: BubbleRef | null): boolean =>
  a?.device === b?.device && a?.kind === b?.kind && a?.row === b?.row && a?.leastNs === b?.leastNs;

/** An area of the timeline. */
export interface Area {
  readonly startNs: number;
  readonly endNs: number;
  readonly tracks: readonly number[];
}

/** How much later a rank is drawn than it was. */
export interface RankShift {
  readonly rank: number;
  readonly shiftNs: number;
}

export interface ViewState {
  /** Which of the open runs. */
  readonly run: number;
  readonly startNs: number;
  readonly endNs: number;
  readonly selected: SliceRef | null;
  readonly bubble: BubbleRef | null;
  readonly area: Area | null;
  readonly panel: PanelId;
  readonly colourBy: ColourBy;
  /** Names of tracks hold this text; '' shows all. */
  readonly trackFilter: string;
  readonly collapsed: readonly number[];
  readonly pinned: readonly number[];
  /** What was moved among its like; timeline/track-order.ts says how. */
  readonly order: readonly number[];
  readonly shifts: readonly RankShift[];
  /** What ops are grouped by in the table of top ops, and what their names hold. */
  readonly by: string;
  readonly opFilter: string;
  /** All instances of this group of ops are highlighted. */
  readonly highlighted: string | null;
  readonly cause: BubbleCause | null;
  readonly phase: Phase | null;
  readonly search: string;
  /** What stacks are as wide as, and what names of marked frames hold; '' marks none. */
  readonly stackMeasure: Measure;
  readonly stackSearch: string;
  /** The frame that is looked into, by its longest slice, which is in no other frame; null looks at all stacks. */
  readonly stack: SliceRef | null;
  /** Only what was measured under these labels, as text; null is all. */
  readonly measured: string | null;
  /** The run that this one is compared with; null is the first other one. */
  readonly compared: number | null;
  /** Which of the steps that both have stand one above the other: 1 is the first; 0 aligns the starts of the runs. */
  readonly alignedStep: number;
}

/** Holds the state and tells who listens. Whoever wants to change it says what is to change. */
export interface Store {
  readonly state: ViewState;
  /** `replace` leaves no entry to go back to, as while a gesture lasts. */
  set(change: Partial<ViewState>, how?: 'push' | 'replace'): void;
  listen(listener: (state: ViewState, before: ViewState) => void): () => void;
}
