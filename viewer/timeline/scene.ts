/** All that one picture of the timeline is made of. */
import type { BubbleCause } from '../../src/analysis/index.ts';
import type { BubbleDetails, Place, RunInfo, SliceDetails, StepInfo } from '../../src/session/requests/protocol.ts';
import type { SliceRef, ViewState } from '../state.ts';
import type { Answers } from './answers.ts';
import type { Arrangement } from './arrangement.ts';
import type { DrawnDevices } from './draw/devices.ts';
import { HEIGHTS } from './rows.ts';
import type { Shifts } from './shifts.ts';
import type { TimeWindow } from './time-window.ts';

/** All ops of a group, in the order of time. */
export interface Instances {
  readonly track: ArrayLike<number>;
  readonly slice: ArrayLike<number>;
  readonly startNs: ArrayLike<number>;
  readonly durNs: ArrayLike<number>;
}

export interface Drawn extends Pick<Answers, 'slices' | 'counters' | 'instants'> {
  readonly devices: DrawnDevices | undefined;
}

export interface Scene {
  readonly info: RunInfo;
  readonly state: ViewState;
  readonly arrangement: Arrangement;
  readonly shifts: Shifts;
  /** Of the ranks that are drawn with a shift. */
  answersOf(shiftNs: number): Drawn;
  readonly steps: readonly StepInfo[];
  /** Of the selected slice where it is, which may be known before the rest. */
  readonly outlined: Place | null;
  readonly selected: SliceDetails | null;
  readonly bubble: BubbleDetails | null;
  readonly instances: Instances | null;
  /** An area that is being dragged, or the measured time. */
  readonly measure: TimeWindow | null;
  readonly pointerNs: number | null;
  readonly causes: ReadonlyMap<BubbleCause, string>;
  readonly stepName: (step: StepInfo) => string;
}

export interface Stretch {
  readonly yPx: number;
  readonly heightPx: number;
}

/** Where a slice is drawn from top to bottom: its row if the answer shows it, else all of its track. */
export function stretchOf(
  { arrangement, answersOf, shifts }: Scene,
  { track, slice }: SliceRef,
  atNs: number,
): Stretch | undefined {
  const placed = arrangement.ofTrack(track);
  const answers = answersOf(shifts.ofTrack(track));
  if (placed === undefined) return undefined;
  const whole = { yPx: placed.yPx, heightPx: placed.row.heightPx - HEIGHTS.gap };
  const rows = answers.slices?.answer.rowsOf(track);
  if (placed.row.kind !== 'track' || answers.slices === undefined || rows === undefined) return whole;
  if (rows.count === 1) return { yPx: placed.yPx, heightPx: HEIGHTS.slices - 1 };
  const { answer } = answers.slices;
  const column = answer.columnAt(atNs);
  for (let at = 0; at < rows.count; at++) {
    const row = rows.first + at;
    const isHere =
      column >= 0 && column < answer.ask.columnCount && answer.slice[row * answer.ask.columnCount + column] === slice;
    if (isHere || [...answer.wideOf(row)].some((position) => answer.wide(position).slice === slice)) {
      return { yPx: placed.yPx + at * HEIGHTS.slices, heightPx: HEIGHTS.slices - 1 };
    }
  }
  return whole;
}
