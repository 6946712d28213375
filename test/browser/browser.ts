// A real browser, where there is one: TRACECONV_CHROMIUM names it, else it is looked for.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page, type Request } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { findChromium } from '../../scripts/find-chromium.mjs';
import { projectRoot } from '../support/project.ts';

const executablePath = findChromium();
export const browserAbsent = executablePath === undefined;
if (browserAbsent) console.warn('SKIPPED: no Chromium; run node scripts/find-chromium.mjs --install');

/** Looked at by people after a test run. */
const PICTURES = join(projectRoot, 'out', 'browser');

export interface OpenedPage {
  readonly page: Page;
  /** What went wrong in the page, by its console. */
  readonly errors: string[];
  /** Every address that was asked for, but those of data and blobs, which leave no page. */
  readonly requests: string[];
  /** How many of them have no answer yet. */
  pending(): number;
}

export interface PageOptions {
  readonly locale?: string;
  readonly colorScheme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

/** A browser for the tests of a file. Each page has a context of its own, so none sees another's cookies. */
export function withBrowser(): (options?: PageOptions) => Promise<OpenedPage> {
  let browser: Browser | undefined;
  const contexts: BrowserContext[] = [];
  beforeAll(async () => {
    if (executablePath === undefined) return;
    // Root may not use the sandbox, and containers seldom have room in /dev/shm.
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  });
  afterAll(async () => {
    for (const context of contexts) await context.close();
    await browser?.close();
  });
  return async ({ locale = 'en-US', colorScheme = 'light', width = 1280, height = 720 } = {}) => {
    if (browser === undefined) throw new Error('there is no browser');
    const context = await browser.newContext({ locale, colorScheme, viewport: { width, height } });
    contexts.push(context);
    const page = await context.newPage();
    const errors: string[] = [];
    const requests: string[] = [];
    const waiting = new Set<Request>();
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
    });
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url())) requests.push(request.url());
      waiting.add(request);
    });
    page.on('requestfinished', (request) => waiting.delete(request));
    page.on('requestfailed', (request) => waiting.delete(request));
    return { page, errors, requests, pending: () => waiting.size };
  };
}

export async function keepPicture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}
