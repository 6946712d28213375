import type { CDPSession, Page } from 'playwright-core';
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
  /** Of the page's thread, for each frame that drew tracks: all, of it script, of it styles and layout; in processor time. */
  readonly drawMs: readonly [all: number, script: number, layout: number];
  /** From the last event until what was asked for is drawn; by zoom. */
  readonly sharpAfterMs: readonly number[];
}

/** Panels are closed, so that the timeline is as large as it can be. */
export async function measureGestures(page: Page, runEndNs: number): Promise<GestureFrames[]> {
  await page.locator('.dock-opener').click();
  const measured: GestureFrames[] = [];
  const session = await page.context().newCDPSession(page);
  // Not the time on the clock, which others who use the machine make longer.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  for (const gesture of GESTURES) measured.push(await measureGesture(page, session, gesture, runEndNs));
  return measured;
}

async function measureGesture(
  page: Page,
  session: CDPSession,
  gesture: Gesture,
  runEndNs: number,
): Promise<GestureFrames> {
  const [frameMs, sharpAfterMs]: number[][] = [[], []];
  const spent = { drawCount: 0, allMs: 0, scriptMs: 0, layoutMs: 0 };
  for (const zoom of ZOOMS) {
    const startNs = Math.round(0.4 * (1 - zoom) * runEndNs);
    await showWindow(page, { startNs, endNs: startNs + Math.round(zoom * runEndNs) });
    const box = await canvasBox(page);
    const before = await spentBy(page, session);
    await page.evaluate('probe.framesMs.length = 0');
    await gesture.run(page, box);
    const after = await spentBy(page, session);
    for (const key of keysOf(spent)) spent[key] += after[key] - before[key];
    const taken = await page.evaluate<Taken>('probe.takeFrames()');
    for (let at = 1; at < taken.framesMs.length; at++) frameMs.push(taken.framesMs[at] - taken.framesMs[at - 1]);
    sharpAfterMs.push(Math.max(0, taken.sharpMs - taken.endMs));
  }
  const { drawCount } = spent;
  const drawMs = [spent.allMs / drawCount, spent.scriptMs / drawCount, spent.layoutMs / drawCount] as const;
  return { name: gesture.name, frameMs, drawMs, sharpAfterMs };
}

interface Spent {
  drawCount: number;
  allMs: number;
  scriptMs: number;
  layoutMs: number;
}

const keysOf = (spent: Spent): (keyof Spent)[] => Object.keys(spent) as (keyof Spent)[];

async function spentBy(page: Page, session: CDPSession): Promise<Spent> {
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name: string): number => 1000 * (metrics.find((metric) => metric.name === name)?.value ?? NaN);
  return {
    drawCount: await page.evaluate<number>('probe.draws'),
    allMs: of('TaskDuration'),
    scriptMs: of('ScriptDuration'),
    layoutMs: of('LayoutDuration') + of('RecalcStyleDuration'),
  };
}

interface Taken {
  readonly framesMs: readonly number[];
  readonly endMs: number;
  readonly sharpMs: number;
}

export function printGestures(title: string, measured: readonly GestureFrames[]): void {
  console.log(`\n${title}: frames, and processor time of the page's thread for each that drew tracks`);
  const heads = [
    'frames',
    'p50 ms',
    'p95 ms',
    'longest',
    `> ${LATE_MS} ms`,
    'draw ms',
    'script',
    'layout',
    'the rest',
    'sharp after',
  ];
  console.log(`${''.padEnd(28)}${heads.map((head) => head.padStart(12)).join('')}`);
  for (const { name, frameMs, drawMs, sharpAfterMs } of measured) {
    const [all, script, layout] = drawMs;
    const late = frameMs.filter((ms) => ms > LATE_MS).length / frameMs.length;
    const cells = [
      `${frameMs.length}`,
      ...[quantile(frameMs, 0.5), quantile(frameMs, 0.95), Math.max(...frameMs)].map((ms) => ms.toFixed(1)),
      `${(100 * late).toFixed(1)} %`,
      ...[all, script, layout, all - script - layout].map((ms) => ms.toFixed(1)),
      `${Math.max(...sharpAfterMs).toFixed(0)} ms`,
    ];
    console.log(`${name.padEnd(28)}${cells.map((cell) => cell.padStart(12)).join('')}`);
  }
}
