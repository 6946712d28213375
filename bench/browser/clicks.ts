import type { Page } from 'playwright-core';
import { canvasBox, showWindow } from './open-page.ts';

const ZOOMS = [1, 1 / 1000, 1 / 100_000];
const CLICKS = 40;

export interface Click {
  /** From the event until the store knows which slice is selected. */
  readonly storedMs: number;
  /** Until its outline is drawn, for which its times have to be asked for. */
  readonly outlinedMs: number;
}

/** On slices all over the timeline; a click that meets none is none. */
export async function measureClicks(page: Page, runEndNs: number): Promise<Click[]> {
  const clicks: Click[] = [];
  for (const zoom of ZOOMS) {
    const startNs = Math.round(0.4 * (1 - zoom) * runEndNs);
    await showWindow(page, { startNs, endNs: startNs + Math.round(zoom * runEndNs) });
    for (let i = 0; i < CLICKS; i++) {
      const box = await canvasBox(page);
      // Some sevenths and elevenths, so that they are spread.
      await page.mouse.move(
        box.x + box.width * (0.05 + (0.9 * ((i * 7) % CLICKS)) / CLICKS),
        box.y + box.height * (0.1 + (0.8 * ((i * 11) % CLICKS)) / CLICKS),
      );
      await page.evaluate('probe.forgetClick()');
      await page.mouse.down();
      await page.mouse.up();
      const click = await page.evaluate<Click>('probe.whenOutlined()');
      if (click.storedMs > 0 && click.outlinedMs > 0) clicks.push(click);
      await page.keyboard.press('Escape');
    }
  }
  return clicks;
}
