import type { Page } from 'playwright-core';
import { quantile } from '../quantile.ts';
import { canvasBox, showWindow } from './open-page.ts';
import { type Gesture, GESTURES } from './gestures.ts';

/** So much of the run is seen when a gesture begins. */
const ZOOMS = [1, 1 / 30, 1 / 1000, 1 / 100_000];
/** A frame that came later than this was missed by somebody who looks at 60 in a second. */
const LATE_MS = 20;

export interface GestureFrames {
  readonly name: string;
  readonly frameMs: readonly number[];
  /** Of each frame: drawing and handlers of events. */
  readonly scriptMs: readonly number[];
  /** From the last event until what was asked for is drawn; by zoom. */
  readonly sharpAfterMs: readonly number[];
}

/** Panels are closed, so that the timeline is as large as it can be. */
export async function measureGestures(page: Page, runEndNs: number): Promise<GestureFrames[]> {
  await page.locator('.dock-opener').click();
  const measured: GestureFrames[] = [];
  for (const gesture of GESTURES) measured.push(await measureGesture(page, gesture, runEndNs));
  return measured;
}

async function measureGesture(page: Page, gesture: Gesture, runEndNs: number): Promise<GestureFrames> {
  const [frameMs, scriptMs, sharpAfterMs]: number[][] = [[], [], []];
  for (const zoom of ZOOMS) {
    const startNs = Math.round(0.4 * (1 - zoom) * runEndNs);
    await showWindow(page, { startNs, endNs: startNs + Math.round(zoom * runEndNs) });
    const box = await canvasBox(page);
    await page.evaluate('probe.frames.length = 0');
    await gesture.run(page, box);
    const taken = await page.evaluate<Taken>('probe.takeFrames()');
    taken.frames.forEach(([timeMs, script], at) => {
      if (at === 0) return;
      frameMs.push(timeMs - taken.frames[at - 1][0]);
      scriptMs.push(script);
    });
    sharpAfterMs.push(Math.max(0, taken.sharpMs - taken.endMs));
  }
  return { name: gesture.name, frameMs, scriptMs, sharpAfterMs };
}

interface Taken {
  readonly frames: readonly (readonly [timeMs: number, scriptMs: number])[];
  readonly endMs: number;
  readonly sharpMs: number;
}

export function printGestures(title: string, measured: readonly GestureFrames[]): void {
  const heads = ['frames', 'p50 ms', 'p95 ms', 'longest', `> ${LATE_MS} ms`, 'script p50', 'script p95', 'sharp after'];
  console.log(`\n${title.padEnd(28)}${heads.map((head) => head.padStart(12)).join('')}`);
  for (const { name, frameMs, scriptMs, sharpAfterMs } of measured) {
    const late = frameMs.filter((ms) => ms > LATE_MS).length / frameMs.length;
    const cells = [
      `${frameMs.length}`,
      ...[quantile(frameMs, 0.5), quantile(frameMs, 0.95), Math.max(...frameMs)].map((ms) => ms.toFixed(1)),
      `${(100 * late).toFixed(1)} %`,
      ...[quantile(scriptMs, 0.5), quantile(scriptMs, 0.95)].map((ms) => ms.toFixed(1)),
      `${Math.max(...sharpAfterMs).toFixed(0)} ms`,
    ];
    console.log(`${name.padEnd(28)}${cells.map((cell) => cell.padStart(12)).join('')}`);
  }
}
