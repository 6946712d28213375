import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { execPath } from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findChromium } from '../../scripts/find-chromium.mjs';
import type { Box } from './gestures.ts';

const VIEW = fileURLToPath(new URL('../contenders/generated-view.mjs', import.meta.url));
const PROBE = fileURLToPath(new URL('./probe.js', import.meta.url));
const SIZE = { width: 1280, height: 720 };

export interface ServedRun {
  readonly url: string;
  readonly preparedMs: number;
  stop(): void;
}

/** The generated run in a server of its own process, when it is ready to be asked. */
export async function serveRun(sliceCount: number): Promise<ServedRun> {
  const child = spawn(execPath, [VIEW, `${sliceCount}`], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the server ended with ${code}`);
  });
  const [line]: string[] = await Promise.race([once(createInterface(child.stdout), 'line'), ended]);
  ended.catch(() => undefined);
  const { url, preparedMs }: ServedRun = JSON.parse(line);
  return { url, preparedMs, stop: () => void child.kill() };
}

/** All pixels are made by the processor, also where there is a GPU. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('no Chromium; run node scripts/find-chromium.mjs --install');
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] });
}

/** In a context of its own, so that nothing of another is at hand. With all tracks open, `fragment` says what more. */
export async function openPage(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: SIZE });
  const page = await context.newPage();
  page.setDefaultTimeout(300_000);
  page.on('pageerror', (error) => console.error(`in the page: ${error.message}`));
  await page.addInitScript({ path: PROBE });
  await page.goto(`${url}${addressOf()}`);
  return page;
}

/** Of a view of all tracks. */
export const addressOf = (window?: { readonly startNs: number; readonly endNs: number }): string =>
  `#v=1&closed=${window === undefined ? '' : `&from=${window.startNs}&to=${window.endNs}`}`;

export async function showWindow(page: Page, window: { startNs: number; endNs: number }): Promise<void> {
  await page.evaluate(`location.hash = '${addressOf(window)}'`);
  await page.locator('.tracks-canvas').focus();
  await page.waitForTimeout(100);
  await whenSharp(page);
}

export const whenSharp = (page: Page): Promise<number> => page.evaluate<number>('probe.whenSharp()');

export async function canvasBox(page: Page): Promise<Box> {
  const box = await page.locator('.tracks-canvas').boundingBox();
  if (box === null) throw new Error('no tracks are drawn');
  return box;
}
