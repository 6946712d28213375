// Two runs: what changed from one to the other, both on one axis of time, and a tab for each.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { formatShortDuration } from '../../src/report/format.ts';
import { msprofJson } from '../support/planted-run.ts';
import { serious, withAxe } from './axe.ts';
import { browserAbsent, keepPicture, withBrowser } from './browser.ts';
import { comparedRuns, decodeRun, SLOWER } from './known-run.ts';
import { serve } from './served.ts';
import { savedTrace, view, type Viewed } from './viewed.ts';

const MARKUP = '<img src=x onerror="window.hacked=1">';

/** The cells of a row of the table of ops, or of another table in which that text stands first. */
async function cells(page: Page, first: string): Promise<string[]> {
  const row = page.locator('#panel tbody tr', { has: page.getByText(first, { exact: true }) }).first();
  return row.locator('td').allInnerTexts();
}

const hash = (page: Page): URLSearchParams => new URLSearchParams(new URL(page.url()).hash.slice(1));
const tabOf = (page: Page, name: string) =>
  page.locator('.run-tabs').getByRole('button', { name: new RegExp(`^${name}`) });

/** The columns of pixels, from the left, in which a strip has the colour of marks in its first row of a device. */
function markedColumns(page: Page, strip: number): Promise<number[]> {
  return page.evaluate((at) => {
    const canvas = document.querySelectorAll<HTMLCanvasElement>('.run-strip canvas')[at];
    const accent = getComputedStyle(document.documentElement).getPropertyValue('--accent').trim();
    const [red, green, blue] = [1, 3, 5].map((from) => parseInt(accent.slice(from, from + 2), 16));
    const copy = new OffscreenCanvas(canvas.width, 1).getContext('2d', { willReadFrequently: true })!;
    copy.drawImage(canvas, 0, -30);
    const { data } = copy.getImageData(0, 0, canvas.width, 1);
    return [...Array(canvas.width).keys()].filter(
      (x) => data[x * 4] === red && data[x * 4 + 1] === green && data[x * 4 + 2] === blue,
    );
  }, strip);
}

describe.skipIf(browserAbsent)('two runs', () => {
  const open = withBrowser();
  const { paths, tasks } = comparedRuns();
  const [base, head] = paths;
  let viewed: Viewed;
  beforeAll(async () => {
    viewed = await view(await open({ height: 1000 }), '--base', base, '--head', head);
    await tabOf(viewed.page, 'after').waitFor();
  });

  const compare = async (fragment = ''): Promise<Page> => {
    await viewed.show(`panel=compare${fragment}`);
    await viewed.page.locator('.run-strip canvas').nth(1).waitFor();
    await viewed.page.locator('#panel tbody tr').first().waitFor();
    await viewed.settle();
    return viewed.page;
  };

  test('say which ops take longer, are new or gone, and what is no more than noise', async () => {
    const page = await compare();
    // 13 of 24 µs in a token.
    const longer = await cells(page, 'MatMulV3');
    expect(longer.slice(1)).toEqual(['312 µs', '437 µs', '+125 µs', '+40.0 %', 'slower']);
    const [gone, added] = [await cells(page, 'SwiGlu'), await cells(page, 'FusedSwiGlu')];
    expect([gone.at(-1), gone[3]]).toEqual(['gone', expect.stringMatching(/^-/)]);
    expect([added.at(-1), added[3]]).toEqual(['new', expect.stringMatching(/^\+/)]);
    expect((await cells(page, 'GatherV2')).at(-1)).toBe('same');
    const [first] = await page.locator('#panel tbody tr td:first-child').allInnerTexts();
    expect(first.trim()).toBe('MatMulV3');
    expect(await page.locator('.verdict-word').innerText()).toContain('regression');
  });

  test('say how steps and what they consist of changed', async () => {
    const page = await compare();
    expect((await cells(page, 'compute')).at(-1)).toBe('slower');
    const [, before, after, difference] = await cells(page, 'median step');
    expect([before, after, difference]).toEqual([
      expect.stringMatching(/µs$/),
      expect.stringMatching(/µs$/),
      expect.stringMatching(/^\+/),
    ]);
    expect(await page.locator('#panel').innerText()).toMatch(/exposed communication|device idle/);
    await keepPicture(page, 'compare-en-light');
  });

  test('are saved as CSV with whole ns', async () => {
    const page = await compare();
    const saved = page.waitForEvent('download');
    await page.locator('#panel').getByRole('button', { name: 'Save as CSV' }).first().click();
    const text = readFileSync(await (await saved).path(), 'utf8');
    const perToken = 13 * 24_000;
    const longer = Math.round(perToken * SLOWER);
    expect(text).toContain('op,baseNs,headNs,differenceNs,change,status\n');
    expect(text).toMatch(new RegExp(`^MatMulV3,${perToken},${longer},${longer - perToken},0\\.4,slower$`, 'm'));
  });

  test('mark the op that is chosen in both strips, in the address, and in no other row', async () => {
    const page = await compare();
    await page.locator('#panel').getByRole('button', { name: 'MatMulV3', exact: true }).first().click();
    await expect.poll(() => hash(page).get('mark')).toBe('MatMulV3');
    expect(await page.locator('#panel tr[aria-current]').allInnerTexts()).toEqual([
      expect.stringContaining('MatMulV3'),
    ]);
    const told = tasks.map((side) => {
      const own = side.filter(({ name }) => name === 'MatMulV3');
      const meanNs = own.reduce((sum, { startNs, endNs }) => sum + endNs - startNs, 0) / own.length;
      return `${own.length} × ${formatShortDuration(meanNs)}`;
    });
    await expect.poll(() => page.locator('.aligned-runs [role=status]').innerText()).toContain(told[0]);
    expect(await page.locator('.aligned-runs [role=status]').innerText()).toContain(told[1]);
    await viewed.settle();
    for (const strip of [0, 1]) expect((await markedColumns(page, strip)).length).toBeGreaterThan(10);
  });

  test('stand above each other by the step that is chosen', async () => {
    const page = await compare('&mark=MatMulV3');
    const step = page.getByLabel('Align at step');
    await step.fill('4');
    await step.press('Enter');
    await expect.poll(() => hash(page).get('step')).toBe('4');
    await viewed.settle();
    // What comes before the first MatMul of a step takes as long in both; each MatMul then takes longer in the head.
    const [one, other] = [await markedColumns(page, 0), await markedColumns(page, 1)];
    expect(Math.abs(one[0] - other[0])).toBeLessThanOrEqual(1);
    const [width, longer] = [one, other].map(([left, , , right]) => right + 1 - left);
    expect(Math.abs(longer / width - SLOWER)).toBeLessThan(0.1);
    await keepPicture(page, 'compare-step');
  });

  test('move together, by the timeline and by each of them', async () => {
    const page = await compare('&mark=MatMulV3&step=4');
    const [before] = viewed.window;
    const strip = (await page.locator('.run-strip canvas').nth(1).boundingBox())!;
    const from = { x: strip.x + 400, y: strip.y + 30 };
    await viewed.drag(from, { x: from.x - 200, y: from.y });
    await expect.poll(() => viewed.window[0]).toBeGreaterThan(before);
    await page.locator('.tracks-canvas').press('w');
    await viewed.settle();
    for (const each of [0, 1]) expect((await markedColumns(page, each)).length).toBeGreaterThan(0);
    expect(hash(page).get('run')).toBeNull();
  });

  test('open at the same stretch of the other run, with the mark, and back again', async () => {
    const page = await compare('&mark=MatMulV3&step=4&from=5000000&to=6000000');
    const { json: own } = await viewed.ask('run', {});
    await page.getByRole('button', { name: /^Open here/ }).click();
    await expect.poll(() => hash(page).get('run')).toBe('1');
    await tabOf(page, 'after').and(page.locator('[aria-current]')).waitFor();
    const from = Number(hash(page).get('from'));
    const ownStep = own.steps.filter(({ device }) => device === 0)[3].startNs;
    // Three tokens and a prefill of longer MatMuls lie before it.
    expect(from).toBeGreaterThan(5_000_000);
    expect(Number(hash(page).get('to')) - from).toBe(1_000_000);
    expect(5_000_000 - ownStep).toBeLessThan(1_000_000);
    expect([hash(page).get('mark'), hash(page).get('panel'), hash(page).get('step')]).toEqual([
      'MatMulV3',
      'compare',
      '4',
    ]);
    await page.locator('#panel tr[aria-current]').waitFor();
    expect(await page.locator('.run-strip-title strong').allInnerTexts()).toEqual(['base: before', 'head: after']);
    await page.goBack();
    await tabOf(page, 'before').and(page.locator('[aria-current]')).waitFor();
    expect(hash(page).get('from')).toBe('5000000');
  });

  test('have tabs that tell them apart, by mouse and by key', async () => {
    const page = await compare('&mark=MatMulV3');
    expect(await page.locator('.run-tabs button').allInnerTexts()).toEqual(['before', 'after']);
    expect(await tabOf(page, 'after').getAttribute('title')).toBe(head);
    await page.keyboard.press('x');
    await tabOf(page, 'after').and(page.locator('[aria-current]')).waitFor();
    expect([hash(page).get('mark'), hash(page).get('panel')]).toEqual(['MatMulV3', 'compare']);
    await tabOf(page, 'after').focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await tabOf(page, 'before').and(page.locator('[aria-current]')).waitFor();
  });

  test('look the same at the same address', async () => {
    const page = await compare('&mark=MatMulV3&step=3&phase=prefill');
    const before = [await page.locator('#panel').innerText(), page.url()];
    await page.reload();
    await page.locator('#panel tr[aria-current]').waitFor();
    await viewed.settle();
    expect([await page.locator('#panel').innerText(), page.url()]).toEqual(before);
    expect(await page.getByLabel('Align at step').inputValue()).toBe('3');
  });

  test('hold nothing serious for axe-core, and make no error', async () => {
    const page = await compare('&mark=MatMulV3');
    await withAxe(page);
    for (const theme of ['light', 'dark', 'contrast']) {
      await page.getByLabel('Theme').selectOption(theme);
      await viewed.settle();
      const found = await serious(page);
      expect(found.serious).toEqual([]);
      expect(found.passes).toBeGreaterThan(10);
      await keepPicture(page, `compare-en-${theme}`);
    }
    expect(viewed.opened.errors).toEqual([]);
  });

  test('are compared in Chinese', async () => {
    const chinese = await view(
      await open({ locale: 'zh-CN', colorScheme: 'dark', height: 1000 }),
      '--base',
      base,
      '--head',
      head,
    );
    await tabOf(chinese.page, 'after').waitFor();
    await chinese.show('panel=compare&mark=MatMulV3');
    await chinese.page.locator('#panel tbody tr').first().waitFor();
    expect((await cells(chinese.page, 'MatMulV3')).slice(3)).toEqual(['+125 µs', '+40.0 %', '变慢']);
    expect(await chinese.page.locator('.verdict-word').innerText()).toContain('性能退化');
    await chinese.settle();
    await keepPicture(chinese.page, 'compare-zh-dark');
    expect(chinese.opened.errors).toEqual([]);
  });
});

describe.skipIf(browserAbsent)('of several runs', () => {
  const open = withBrowser();

  test('tabs follow those that are read later', async () => {
    const { page, errors } = await open();
    const [base, head] = comparedRuns().paths;
    const { url } = await serve('--base', base, '--head', head);
    let isLate = true;
    await page.route('**/api/runs', async (route) => {
      const response = await route.fetch();
      const states = (await response.json()) as { name: string; state: string }[];
      const late = states.map((state, run) => (run === 1 ? { name: state.name, state: 'loading', share: 0.4 } : state));
      await route.fulfill({ response, json: isLate ? late : states });
    });
    await page.goto(url);
    await page.locator('.tracks-canvas').waitFor();
    await expect.poll(() => tabOf(page, 'after').innerText()).toContain('40 %');
    await page.getByRole('tab', { name: 'Compare' }).click();
    await expect.poll(() => page.locator('#panel').innerText()).toContain('still being read');
    isLate = false;
    await expect.poll(() => tabOf(page, 'after').innerText()).toBe('after');
    await page.locator('.run-strip canvas').nth(1).waitFor();
    expect(errors).toEqual([]);
  });

  test('one that cannot be read says why, and the others can be looked at', async () => {
    const { page, errors } = await open();
    const { url } = await serve('--base', savedTrace('broken.json', 'no trace'), '--head', decodeRun());
    await page.goto(url);
    const failure = page.locator('.waiting .failure');
    await failure.waitFor();
    expect(await failure.innerText()).toContain('broken.json');
    await page.getByRole('button', { name: 'Open it' }).click();
    await page.locator('.tracks-canvas').waitFor();
    const failed = page.locator('.run-tabs .is-failed');
    expect(await failed.innerText()).toContain('not read');
    expect((await failed.getAttribute('title'))!.split('\n')[1].length).toBeGreaterThan(10);
    await page.getByRole('tab', { name: 'Compare' }).click();
    await expect.poll(() => page.locator('#panel').innerText()).toContain('--base');
    await failed.click();
    await failure.waitFor();
    expect(errors).toEqual([]);
  });

  test('names that are markup are text, those of both', async () => {
    const run = (name: string, durUs: number): string => {
      const tasks = [0, 1, 2, 3].map((at) => ({
        ...{ name: at % 2 === 0 ? MARKUP : name, stream: 3, startNs: at * 100_000, endNs: at * 100_000 + durUs * 1000 },
      }));
      return savedTrace('msprof_20260101000000.json', msprofJson({ rank: 0, tasks }));
    };
    const viewed = await view(
      await open(),
      ...['--base', run('</script><script>window.hacked=1</script>', 20)],
      ...['--head', run('"><svg onload=window.hacked=1>', 60)],
    );
    const { page, opened } = viewed;
    await expect.poll(() => page.locator('.run-tabs button').count()).toBe(2);
    await viewed.show('panel=compare&by=type');
    await page.locator('#panel tbody tr').first().waitFor();
    await page.locator('#panel').getByRole('button', { name: MARKUP, exact: true }).first().click();
    await expect.poll(() => page.locator('.aligned-runs [role=status]').innerText()).toContain(MARKUP);
    const shown = await page.locator('#panel').innerText();
    for (const part of ['script>', '"><svg']) expect(shown).toContain(part);
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    expect(await page.locator('img, svg[onload], script:not([src])').count()).toBe(0);
    expect(opened.errors).toEqual([]);
  });
});
