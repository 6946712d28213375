// Takes the pictures of the README from the project's own captures, in the page as it is built. Run it with
// `npm run pictures`, which sets everything up first, when the looks of the page have changed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { findChromium } from './find-chromium.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PICTURES = join(ROOT, 'docs', 'pictures');
const SIZE = { width: 1280, height: 800 };
/** The part of the run in which its devices work. */
const VIEWS = [
  { picture: 'view.png', locale: 'en-US', colorScheme: 'light', view: 'from=4450000&to=7950000&panel=summary' },
  { picture: 'view.zh-CN.png', locale: 'zh-CN', colorScheme: 'light', view: 'from=4450000&to=7950000&panel=summary' },
];

const server = spawn(execPath, [
  join(ROOT, 'dist', 'cli.js'),
  'view',
  '--no-open',
  join(ROOT, 'fixtures', 'ascend-msprof-json', 'decode-2026'),
]);
const [address] = await once(createInterface(server.stdout), 'line');
const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
mkdirSync(PICTURES, { recursive: true });
try {
  for (const { picture, view, ...looks } of VIEWS) {
    const page = await browser.newPage({ viewport: SIZE, ...looks });
    await page.goto(`${address}#v=1&${view}`);
    await page.waitForSelector('#panel');
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: join(PICTURES, picture) });
    await page.close();
  }
} finally {
  await browser.close();
  server.kill();
}
