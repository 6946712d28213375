// What is seen as files: names of a trace stay text in them.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { XMLParser } from 'fast-xml-parser';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { DECODE, freshFolder } from '../golden/command.ts';
import { browserAbsent, keepPicture, withBrowser } from './browser.ts';
import { serve } from './served.ts';

const HOSTILE = '<script>1</script>&amp;';
/** None of it may stand in XML, or it turns the writing direction. */
const UNSEEN = 'nul\u0000 \u001b[31m \u202Ex\ufffe \ud800';

describe.skipIf(browserAbsent)('the view is saved', () => {
  const open = withBrowser();

  test('as SVG, with tracks, steps, bubbles and slices as shapes', async () => {
    const { url } = await serve(DECODE);
    const { page, errors } = await open();
    await page.goto(url);
    await shown(page);
    const { name, content } = await saved(page, 'v');
    const text = content.toString('utf8');
    expect(name).toMatch(/^[\w.-]+_-?\d+-\d+ns\.svg$/);
    expect(text).toMatch(/<pattern id="[a-z]+-bubble-/);
    expect(text).not.toMatch(/<image|NaN|undefined/);
    expect(texts(text).length).toBeGreaterThan(10);
    expect((text.match(/<rect/g) ?? []).length).toBeGreaterThan(100);
    expect(errors).toEqual([]);
    await page.goto('about:blank');
    await page.setContent(text);
    await keepPicture(page, 'export-svg');
  });

  test('with names that stay text', async () => {
    const file = join(freshFolder(), 'hostile.json');
    const op = { ph: 'X', pid: 1, tid: 1, ts: 1, dur: 5, name: HOSTILE, args: {} };
    const track = { ph: 'M', pid: 1, tid: 1, name: 'thread_name', args: { name: HOSTILE } };
    const odd = { ...op, tid: 2, name: UNSEEN };
    writeFileSync(file, JSON.stringify([track, op, odd]));
    const { url } = await serve(file);
    const { page, errors, requests } = await open({ colorScheme: 'dark' });
    await page.goto(url);
    await shown(page);
    const { content } = await saved(page, 'v');
    const text = content.toString('utf8');
    expect(text).not.toContain('<script');
    expect(texts(text).filter((each) => each === HOSTILE).length).toBeGreaterThanOrEqual(2);
    expect(texts(text)).toContain('nul\\u{0} \\u{1b}[31m \\u{202e}x\\u{fffe} \ufffd');
    expect(errors).toEqual([]);
    // As a document of its own.
    const picture = join(freshFolder(), 'hostile.svg');
    writeFileSync(picture, content);
    const before = requests.length;
    await page.goto(pathToFileURL(picture).href);
    expect(await page.evaluate(() => document.documentElement.nodeName)).toBe('svg');
    expect(await page.locator('parsererror, script, a, image, foreignObject').count()).toBe(0);
    expect([requests.length - before, errors]).toEqual([1, []]);
  });

  test('as PNG, as wide as the names and the tracks on this screen', async () => {
    const { url } = await serve(DECODE);
    const { page } = await open({ colorScheme: 'dark' });
    await page.goto(url);
    await shown(page);
    const { name, content } = await saved(page, 'e');
    const [tracksPx, ratio] = await page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('.tracks-canvas')!;
      return [canvas.width, devicePixelRatio];
    });
    expect(name).toMatch(/\.png$/);
    expect(content.subarray(1, 4).toString()).toBe('PNG');
    expect(content.readUInt32BE(16)).toBe(tracksPx + 240 * ratio);
    await page.goto('about:blank');
    await page.setContent(`<img src="data:image/png;base64,${content.toString('base64')}">`);
    await keepPicture(page, 'export-png-dark');
  });
});

async function shown(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Summary' }).waitFor();
  await page.waitForTimeout(500);
}

async function saved(page: Page, key: string): Promise<{ name: string; content: Buffer }> {
  const coming = page.waitForEvent('download');
  await page.keyboard.press(key);
  const download = await coming;
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
}

/** What all text elements say. */
function texts(svg: string): string[] {
  const found: string[] = [];
  const parser = new XMLParser({
    preserveOrder: true,
    trimValues: false,
    tagValueProcessor: (_, value) => void found.push(value),
  });
  parser.parse(svg);
  return found;
}
