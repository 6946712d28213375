// The three ways a run gets into the page: served, dropped on the built file, saved in it.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { DECODE, freshFolder, PROJECT, textOf, traceconv } from '../golden/command.ts';
import { filesBelow } from '../support/project.ts';
import { browserAbsent, keepPicture, withBrowser } from './browser.ts';
import { serve } from './served.ts';

const VIEWER = pathToFileURL(join(PROJECT, 'dist', 'viewer', 'viewer.html')).href;
const [FILE] = filesBelow(DECODE)
  .filter((path) => /msprof_\d+\.json$/.test(path))
  .map((path) => join(DECODE, path));
const DATABASE = join(PROJECT, 'fixtures', 'ascend-db', 'decode-2024');

describe.skipIf(browserAbsent)('a run is shown', () => {
  const open = withBrowser();

  test('by the server, with the token out of the address', async () => {
    const { url } = await serve(DECODE);
    const { page, errors, requests } = await open();
    await page.goto(url);
    await expectRun(page, basename(DECODE));
    expect(page.url()).not.toContain('token');
    await page.reload();
    await expectRun(page, basename(DECODE));
    await keepPicture(page, 'served');
    expect(requests.filter((address) => new URL(address).origin !== new URL(url).origin)).toEqual([]);
    expect(requests.filter((address) => address.endsWith('/api/0/run')).length).toBeGreaterThan(0);
    expect(errors).toEqual([]);
  });

  test('by the server, to nobody without the token', async () => {
    const { url } = await serve(DECODE);
    const { page } = await open();
    const response = await page.goto(new URL('/', url).href);
    expect(response?.status()).toBe(403);
  });

  test('that is dropped on the built file', async () => {
    const { page, errors, requests } = await open();
    await page.goto(VIEWER);
    await page.getByRole('heading', { name: 'Look at a capture' }).waitFor();
    await keepPicture(page, 'nothing-yet');
    await drop(page, FILE);
    await expectRun(page, basename(FILE));
    await keepPicture(page, 'dropped');
    expect([requests, errors]).toEqual([[VIEWER], []]);
  });

  test('of a gzip of several members, and of a truncated one; of a damaged one what is wrong with it', async () => {
    const folder = freshFolder();
    const written = (name: string, bytes: Uint8Array): string => {
      writeFileSync(join(folder, name), bytes);
      return join(folder, name);
    };
    const bytes = readFileSync(FILE);
    const pieces = [bytes.subarray(0, 7), bytes.subarray(7, 3000), bytes.subarray(3000)];
    const joined = Buffer.concat(pieces.map((piece) => gzipSync(piece)));
    const damaged = gzipSync(bytes).fill(0xff, 500, 600);
    const { page, errors } = await open();
    await page.goto(VIEWER);
    await drop(page, written('damaged.json.gz', damaged));
    await page.getByText('found damaged data').waitFor();
    await drop(page, written('joined.json.gz', joined));
    await expectRun(page, 'joined.json.gz');
    await drop(page, written('cut.json.gz', joined.subarray(0, -20)));
    await expectRun(page, 'cut.json.gz');
    await page.getByText('a gzip file breaks off').first().waitFor({ state: 'attached' });
    expect(errors).toEqual([]);
  });

  test('that is dropped later, as one more', async () => {
    const { page, errors } = await open();
    await page.goto(VIEWER);
    await drop(page, join(PROJECT, 'package.json'));
    await page.getByText('package.json').first().waitFor();
    await drop(page, FILE);
    await expectRun(page, basename(FILE));
    expect(errors).toEqual([]);
  });

  test('that is chosen after one that failed, which says so in either language', async () => {
    const { page, errors } = await open();
    await page.goto(VIEWER);
    await drop(page, join(PROJECT, 'package.json'));
    await page.getByText('This is no trace that is known here').waitFor();
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByText('无法识别为采集数据').waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('English');
    await keepPicture(page, 'failed-zh');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: '选择文件', exact: true }).click();
    await (await chooser).setFiles(FILE);
    await expectRun(page, basename(FILE));
    expect(errors).toEqual([]);
  });

  test('that are dropped one after the other, as two to compare, in the language that was chosen', async () => {
    const { page, errors } = await open();
    await page.goto(VIEWER);
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('heading', { name: '查看采集数据' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: '查看采集数据' }).waitFor();
    const nothing = await page.evaluateHandle(() => new DataTransfer());
    await page.dispatchEvent('body', 'drop', { dataTransfer: nothing });
    await page.getByRole('status').getByText('拖入的内容中没有文件。').waitFor();
    for (const each of [FILE, FILE]) {
      await drop(page, each);
      await expectRun(page, basename(FILE));
    }
    await expect.poll(() => page.locator('.run-tabs button').count()).toBe(2);
    await page.getByRole('tab', { name: '对比', exact: true }).click();
    await page.locator('.run-strip canvas').nth(1).waitFor();
    await page.locator('#panel tbody tr').first().waitFor();
    expect(errors).toEqual([]);
  });

  test('of a folder that is chosen: a database, which SQLite reads in the worker', async () => {
    const { page, errors } = await open({ locale: 'zh-CN', colorScheme: 'dark' });
    await page.goto(VIEWER);
    await keepPicture(page, 'nothing-yet-zh-dark');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: '选择文件夹' }).press('Enter');
    await (await chooser).setFiles(DATABASE);
    await expectRun(page, basename(DATABASE));
    expect(errors).toEqual([]);
  });

  test('that was saved, where its files are no more', async () => {
    const folder = freshFolder();
    const file = join(folder, 'hostile <!--<script>alert(1)<!--.json');
    copyFileSync(FILE, file);
    const { exitCode, stderr } = await traceconv(['view', file, '--save', 'run.html'], { cwd: folder });
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('run.html (')]);
    const { page, errors, requests } = await open();
    const address = pathToFileURL(join(folder, 'run.html')).href;
    await page.goto(address);
    await expectRun(page, basename(file));
    await keepPicture(page, 'saved');
    expect([requests, errors]).toEqual([[address], []]);
    expect(readFileSync(join(folder, 'run.html'), 'utf8')).not.toContain(folder);
  });

  test('of which a part was saved, which the page says', async () => {
    const folder = freshFolder();
    const words = ['view', DECODE, '--save', 'part.html', '--range', '5ms..7ms'];
    const { exitCode, stderr } = await traceconv(words, { cwd: folder });
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('part.html (')]);
    const { page, errors } = await open();
    await page.goto(pathToFileURL(join(folder, 'part.html')).href);
    await expectRun(page, 'decode-2026 (5ms..7ms)');
    await page.getByText('NPU 1').first().waitFor();
    await keepPicture(page, 'saved-part');
    expect(errors).toEqual([]);
  });
});

test('an empty viewer can be saved', async () => {
  const { exitCode, stdout } = await traceconv(['view', '--save', '-']);
  expect(exitCode).toBe(0);
  expect(textOf(stdout)).toBe(readFileSync(new URL(VIEWER), 'utf8'));
});

/** By its name, which loses an ending that all have. */
async function expectRun(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name: /^(Summary|概览)$/ }).waitFor();
  await page
    .getByText(name.replace(/(\.json)?(\.gz)?$/, ''))
    .first()
    .waitFor();
  expect(await page.evaluate(() => [...document.styleSheets].length)).toBeGreaterThan(0);
}

/** As a file manager does. */
async function drop(page: Page, path: string): Promise<void> {
  const content = readFileSync(path).toString('base64');
  const transfer = await page.evaluateHandle(
    ([base64, name]) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const made = new DataTransfer();
      made.items.add(new File([bytes], name));
      return made;
    },
    [content, basename(path)],
  );
  for (const type of ['dragover', 'drop']) await page.dispatchEvent('body', type, { dataTransfer: transfer });
}
