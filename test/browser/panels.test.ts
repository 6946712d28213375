// Each panel, in both languages and themes, with figures that are known of the run.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Language } from '../../src/locale/index.ts';
import { VIEWER_WORDS } from '../../src/locale/viewer.ts';
import type { PanelId } from '../../viewer/state.ts';
import { browserAbsent, keepPicture, withBrowser } from './browser.ts';
import { decodeRun, FORMULA, knownRun } from './known-run.ts';
import { view, type Viewed } from './viewed.ts';

/** What has to be shown of decodeRun(), and what else the address says for it. */
const SHOWN: Readonly<Record<PanelId, { readonly texts: readonly string[]; readonly fragment?: string }>> = {
  summary: { texts: ['1,174', '475.0 · 75.2 %', '6.64 ms', '100 µs'] },
  'top-ops': { texts: ['MatMulV3', '312.3', '234', '8.74 ms'] },
  bubbles: { texts: ['9.00 ms', '7.60 ms', '84.4 %', 'ArgMaxV2'] },
  steps: { texts: ['rank_1 · NPU 0', '657 µs', 'FusedInferAttentionScore'] },
  ranks: { texts: [] },
  communication: { texts: ['hcom_allReduce', '200 µs'] },
  memory: { texts: ['6,144 KB'] },
  details: { texts: ['step 0', '1,000,000 ns', '34.0 µs'], fragment: '&slice=0.0' },
  selection: { texts: ['MatMulV3'], fragment: '&area=0_5000000_0-11' },
  compare: { texts: ['--base'] },
  search: { texts: ['MatMulV3', '3.220 ms'], fragment: '&find=matmul' },
};

const LOOKS = [
  { language: 'en', locale: 'en-US', colorScheme: 'light' },
  { language: 'zh', locale: 'zh-CN', colorScheme: 'dark' },
] as const satisfies readonly { language: Language; locale: string; colorScheme: 'light' | 'dark' }[];

describe.skipIf(browserAbsent)('panels', () => {
  const open = withBrowser();

  describe.each(LOOKS)('in $language, $colorScheme', ({ language, locale, colorScheme }) => {
    let viewed: Viewed;
    beforeAll(async () => {
      viewed = await view(await open({ locale, colorScheme }), decodeRun());
    });

    test.each(Object.keys(SHOWN) as PanelId[])('%s', async (id) => {
      const { texts, fragment } = SHOWN[id];
      const { page } = viewed;
      const panel = page.locator('#panel');
      if (fragment !== undefined) await viewed.show(fragment.slice(1));
      await page.getByRole('tab', { name: VIEWER_WORDS[language].panels[id], exact: true }).click();
      await viewed.settle();
      await expect.poll(() => viewed.state().panel).toBe(id);
      const shown = await panel.innerText();
      expect(shown.trim().length).toBeGreaterThan(5);
      for (const text of texts) expect(shown).toContain(text);
      expect(await panel.getAttribute('aria-labelledby')).toBe(`tab-${id}`);
      await keepPicture(page, `${id}-${language}-${colorScheme}`);
    });

    test('say all in that language', async () => {
      expect(await viewed.page.locator('html').getAttribute('lang')).toBe({ en: 'en', zh: 'zh-CN' }[language]);
      const shown = await viewed.page.locator('body').innerText();
      const letters = shown.match(/[\u4e00-\u9fff]/g) ?? [];
      // The English page offers Chinese in Chinese.
      if (language === 'en') expect(letters.join('')).toBe('中文');
      else expect(letters.length).toBeGreaterThan(50);
    });

    test('have the background of the theme', async () => {
      const luminance = await viewed.page.evaluate(() => {
        const [red, green, blue] = getComputedStyle(document.body)
          .backgroundColor.match(/[\d.]+/g)!
          .map(Number);
        return (red + green + blue) / 3;
      });
      expect(luminance > 128).toBe(colorScheme === 'light');
    });

    test('make no error, and ask nobody else', () => {
      const { errors, requests } = viewed.opened;
      expect(errors).toEqual([]);
      expect(requests.length).toBeGreaterThan(10);
      expect(requests.filter((address) => new URL(address).origin !== viewed.origin)).toEqual([]);
    });
  });

  test('a language and a theme are chosen in the page, and kept', async () => {
    const viewed = await view(await open(), knownRun());
    const { page } = viewed;
    await page.getByRole('button', { name: '切换到中文' }).click();
    await page.getByRole('tab', { name: '空泡' }).click();
    await page.getByLabel('主题').selectOption('dark');
    await page.reload();
    await page.getByRole('tab', { name: '空泡', selected: true }).waitFor();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(viewed.opened.errors).toEqual([]);
  });

  describe('a table', () => {
    let viewed: Viewed;
    beforeAll(async () => {
      viewed = await view(await open(), knownRun());
    });
    const names = (): Promise<string[]> => viewed.page.locator('#panel tbody tr td.of-name .opens').allInnerTexts();

    test('is sorted by its headings, which is announced', async () => {
      const { page } = viewed;
      await viewed.show('panel=top-ops&by=name');
      const header = page.locator('#panel th', {
        has: page.getByRole('button', { name: 'total', exact: true }),
      });
      const status = page.getByRole('status').first();
      await header.getByRole('button').click();
      expect(await header.getAttribute('aria-sort')).toBe('descending');
      expect(await names()).toEqual(['MatMul', 'Add', FORMULA]);
      await expect.poll(() => status.innerText()).toContain('total');
      await header.getByRole('button').press('Enter');
      expect(await header.getAttribute('aria-sort')).toBe('ascending');
      expect(await names()).toEqual([FORMULA, 'Add', 'MatMul']);
      expect(await page.locator('#panel th[aria-sort="ascending"]').count()).toBe(1);
    });

    test('is saved as CSV in which no cell is a formula', async () => {
      const { page } = viewed;
      await viewed.show('panel=top-ops&by=name');
      const saved = page.waitForEvent('download');
      await page.locator('#panel').getByRole('button', { name: 'Save as CSV' }).last().click();
      const text = readFileSync(await (await saved).path(), 'utf8');
      expect(text).toContain('MatMul');
      expect(text).toContain(`"'${FORMULA.replaceAll('"', '""')}"`);
      expect(text).not.toMatch(/(^|[,"\n])=/);
    });

    test('opens its rows: all ops of the group are marked, and stepped through', async () => {
      const { page } = viewed;
      await viewed.show('panel=top-ops&by=name');
      await page.locator('#panel').getByRole('button', { name: 'MatMul', exact: true }).first().click();
      await expect.poll(() => viewed.state().highlighted).toBe('MatMul');
      await expect.poll(() => page.locator('#panel').innerText()).toMatch(/of 3/);
    });
  });
});
