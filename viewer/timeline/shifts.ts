/** Ranks that are drawn earlier or later than they were, so that ops of two clocks can be held against each other. */
import type { RunInfo } from '../../src/session/requests/protocol.ts';
import type { RankShift } from '../state.ts';
import type { Row } from './rows.ts';
import { type TimeScale, timeScale, type TimeWindow } from './time-window.ts';

export class Shifts {
  readonly #info: RunInfo;
  readonly #byRank: ReadonlyMap<number, number>;

  constructor(info: RunInfo, shifts: readonly RankShift[]) {
    this.#info = info;
    this.#byRank = new Map(shifts.map(({ rank, shiftNs }) => [rank, shiftNs]));
  }

  /** Each once. */
  get all(): number[] {
    return [...new Set([0, ...this.#byRank.values()])];
  }

  ofRank(rank: number): number {
    return this.#byRank.get(rank) ?? 0;
  }

  ofGroup(group: number): number {
    return this.ofRank(this.#info.groups[group].rank);
  }

  ofTrack(track: number): number {
    return this.ofGroup(this.#info.tracks[track].group);
  }

  ofDevice(device: number): number {
    return this.ofRank(this.#info.devices[device]?.rank ?? -1);
  }

  ofRow(row: Row): number {
    switch (row.kind) {
      case 'group':
        return this.ofGroup(row.group.node);
      case 'track':
        return this.ofTrack(row.track);
      case 'process':
        return 0;
    }
  }
}

export const moved = ({ startNs, endNs }: TimeWindow, byNs: number): TimeWindow => ({
  startNs: startNs + byNs,
  endNs: endNs + byNs,
});

/** Where the times of a rank are drawn that is shifted. */
export const shiftedScale = (scale: TimeScale, shiftNs: number): TimeScale =>
  shiftNs === 0 ? scale : timeScale(moved(scale, -shiftNs), scale.widthPx);
