import type { WriteStream } from 'node:tty';
import { formatBytes, formatSeconds } from '../report/format.ts';

const REDRAW_MS = 100;
const BAR_CELLS = 24;

/** One line that is redrawn in place: what is done, how fast, how long still. Draws nothing without a terminal. */
export class Progress {
  readonly #stream: WriteStream | undefined;
  #label = '';
  #startedMs = 0;
  #drawnMs = 0;
  #isDrawn = false;

  constructor(stream: WriteStream | undefined) {
    this.#stream = stream;
  }

  start(label: string): void {
    this.#label = label;
    this.#startedMs = performance.now();
    // Work that is over at once shows no bar.
    this.#drawnMs = this.#startedMs;
  }

  /** `doneBytes` gives the rate; `fraction` how far it is. */
  update(fraction: number, doneBytes: number): void {
    this.show((seconds) => progressLine(this.#label, fraction, doneBytes, seconds));
  }

  /** Any other line, of the time since the start. */
  show(lineAt: (seconds: number) => string): void {
    const nowMs = performance.now();
    if (this.#stream === undefined || nowMs - this.#drawnMs < REDRAW_MS) return;
    this.#drawnMs = nowMs;
    const line = lineAt((nowMs - this.#startedMs) / 1000);
    this.#isDrawn = true;
    this.#stream.write(`\r${line.slice(0, this.#stream.columns - 1)}\u001b[K`);
  }

  /** Leaves the line empty for what is printed next. */
  clear(): void {
    if (this.#isDrawn) this.#stream?.write('\r\u001b[K');
    this.#isDrawn = false;
  }
}

export function progressLine(label: string, fraction: number, doneBytes: number, seconds: number): string {
  const done = Math.min(1, Math.max(0, fraction));
  const cells = Math.floor(done * BAR_CELLS);
  const bar = '#'.repeat(cells) + '-'.repeat(BAR_CELLS - cells);
  const percent = `${Math.floor(done * 100)}%`.padStart(4);
  const rate = `${formatBytes(doneBytes / seconds)}/s`;
  const left = done > 0 ? `, ${formatSeconds((seconds / done) * (1 - done))} left` : '';
  return `${label} [${bar}]${percent}  ${rate}${left}`;
}
