// What axe-core finds in the page with each panel, in each theme.
import { beforeAll, describe, expect, test } from 'vitest';
import { PANELS } from '../../viewer/state.ts';
import { serious, withAxe } from './axe.ts';
import { browserAbsent, keepPicture, withBrowser } from './browser.ts';
import { decodeRun } from './known-run.ts';
import { view, type Viewed } from './viewed.ts';

const FRAGMENTS: Readonly<Record<string, string>> = {
  details: '&slice=0.0',
  selection: '&area=0_5000000_0-11',
  search: '&find=matmul',
};

/** All in one theme, and in the others those that have most of the colours. */
const PANELS_IN = {
  light: PANELS,
  dark: ['summary', 'bubbles', 'steps', 'details'],
  contrast: ['summary'],
} as const;
const THEMES = ['light', 'dark', 'contrast'] as const satisfies readonly (keyof typeof PANELS_IN)[];

describe.skipIf(browserAbsent).each(THEMES)('axe-core finds nothing serious in %s', (theme) => {
  const open = withBrowser();
  let viewed: Viewed;
  beforeAll(async () => {
    viewed = await view(await open(), decodeRun());
    await viewed.page.getByLabel('Theme').selectOption(theme);
    await withAxe(viewed.page);
  });

  test.each(PANELS_IN[theme])('with the panel %s', async (panel) => {
    await viewed.show(`panel=${panel}${FRAGMENTS[panel] ?? ''}`);
    const found = await serious(viewed.page);
    expect(found.serious).toEqual([]);
    expect(found.passes).toBeGreaterThan(10);
    if (theme === 'contrast') await keepPicture(viewed.page, `${panel}-en-contrast`);
  });

  test('with dialogs and the list of slices', async () => {
    const { page } = viewed;
    await viewed.show('panel=summary');
    for (const key of ['?', 'Control+k']) {
      await page.keyboard.press(key);
      await page.getByRole('dialog').waitFor();
      expect((await serious(page)).serious).toEqual([]);
      await keepPicture(page, `dialog-${key === '?' ? 'help' : 'palette'}-${theme}`);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    await page.keyboard.press('t');
    await page.locator('.slice-list').waitFor();
    expect((await serious(page)).serious).toEqual([]);
    expect(viewed.opened.errors).toEqual([]);
  });
});
