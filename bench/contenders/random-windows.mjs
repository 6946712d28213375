// Windows in random places of a run, from the whole of it down to columns of 1 ns: each zoom is as likely as any other. The
// same come out every time.
import { TRACK_COUNT } from './generated-tracks.mjs';

export const VISIBLE_TRACKS = 40;
export const COLUMN_COUNT = 1280;

export class RandomWindows {
  #seed = 20261121;
  #endNs;

  constructor(endNs) {
    this.#endNs = endNs;
  }

  next() {
    const spanNs = Math.round(COLUMN_COUNT * (this.#endNs / COLUMN_COUNT) ** this.#share());
    const startNs = this.#below(this.#endNs - spanNs);
    return { startNs, endNs: startNs + spanNs };
  }

  tracks() {
    return tracksFrom(this.#below(TRACK_COUNT - VISIBLE_TRACKS + 1));
  }

  #below(count) {
    return Math.floor(count * this.#share());
  }

  #share() {
    this.#seed = (Math.imul(this.#seed, 1664525) + 1013904223) >>> 0;
    return this.#seed / 2 ** 32;
  }
}

export function tracksFrom(first) {
  return Array.from({ length: VISIBLE_TRACKS }, (_, i) => first + i);
}
