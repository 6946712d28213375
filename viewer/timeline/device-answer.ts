import type { BubbleCause } from '../../src/analysis/index.ts';
import { type AnswerTo, type Ask, shareOfCode } from '../../src/session/requests/protocol.ts';

export interface DrawnBubble {
  readonly device: number;
  readonly row: number;
  readonly startNs: number;
  readonly durNs: number;
  readonly cause: BubbleCause;
}

/** What devices did, and their bubbles by device. */
export class DeviceAnswer {
  readonly ask: Ask<'devices'>;
  readonly columns: AnswerTo<'devices'>['columns'];
  readonly #causes: readonly BubbleCause[];
  readonly #bubbles = new Map<number, number[]>();

  constructor(ask: Ask<'devices'>, { json, columns }: AnswerTo<'devices'>) {
    this.ask = ask;
    this.columns = columns;
    this.#causes = json.causes;
    columns.bubbleDevice.forEach((device: number, at: number) => {
      const known = this.#bubbles.get(device);
      if (known === undefined) this.#bubbles.set(device, [at]);
      else known.push(at);
    });
  }

  bubblesOf(device: number): DrawnBubble[] {
    const { bubbleRow, bubbleStartNs, bubbleDurNs, bubbleCause } = this.columns;
    return (this.#bubbles.get(device) ?? []).map((at) => ({
      device,
      row: bubbleRow[at],
      startNs: bubbleStartNs[at],
      durNs: bubbleDurNs[at],
      cause: this.#causes[bubbleCause[at]] ?? 'unknown',
    }));
  }

  bubbleAt(device: number, timeNs: number): DrawnBubble | undefined {
    return this.bubblesOf(device).find(({ startNs, durNs }) => timeNs >= startNs && timeNs < startNs + durNs);
  }

  /** Shares from 0 to 1; undefined outside of what was asked for. */
  sharesAt(device: number, timeNs: number): { computing: number; exposed: number; idle: number } | undefined {
    const { startNs, endNs, columnCount } = this.ask;
    const column = Math.floor(((timeNs - startNs) / (endNs - startNs)) * columnCount);
    if (column < 0 || column >= columnCount) return undefined;
    const at = device * columnCount + column;
    const { computing, exposed, idle } = this.columns;
    return {
      computing: shareOfCode(computing[at]),
      exposed: shareOfCode(exposed[at]),
      idle: shareOfCode(idle[at]),
    };
  }
}
