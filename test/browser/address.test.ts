// The address of the page is the view: copied, gone back to, and written by somebody who means no good.
import { beforeAll, describe, expect, test } from 'vitest';
import { browserAbsent, withBrowser } from './browser.ts';
import { knownRun } from './known-run.ts';
import { view, Viewed } from './viewed.ts';

describe.skipIf(browserAbsent)('the address', () => {
  const open = withBrowser();
  let viewed: Viewed;
  beforeAll(async () => {
    viewed = await view(await open(), knownRun());
  });

  test('shows the same view in a page of its own', async () => {
    const { page, opened, origin, info } = viewed;
    await viewed.show('from=200000&to=700000&panel=top-ops&by=name');
    const { x, y } = await viewed.at(viewed.track('Stream 3'), 450_000);
    await page.mouse.click(x, y);
    await expect.poll(() => viewed.state().selected).not.toBeNull();
    await page.getByRole('searchbox', { name: 'Filter tracks' }).fill('stream');
    await page.mouse.move(2, 2);
    await expect.poll(() => viewed.state().trackFilter).toBe('stream');
    await viewed.settle();

    const other = await page.context().newPage();
    const copy = new Viewed({ ...opened, page: other }, origin, info);
    await other.goto(page.url());
    await other.locator('.tracks-canvas').waitFor();
    await other.waitForLoadState('networkidle');
    expect(copy.state()).toEqual(viewed.state());
    for (const part of ['.gutter', '#panel']) {
      expect(await other.locator(part).innerText()).toBe(await page.locator(part).innerText());
    }
    await other.close();
  });

  test('is copied by a key', async () => {
    const { page } = viewed;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await viewed.show('panel=bubbles');
    await page.keyboard.press('y');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
    expect(page.url()).not.toContain('token');
  });

  test('goes back and forward', async () => {
    const { page } = viewed;
    await viewed.show();
    const { x, y } = await viewed.at(viewed.track('Stream 3'), 450_000);
    await page.mouse.click(x, y);
    await expect.poll(() => viewed.state().panel).toBe('details');
    await page.getByRole('tab', { name: 'Bubbles' }).click();
    const isOpen = (panel: string) => page.locator(`#tab-${panel}[aria-selected="true"]`).waitFor();
    await isOpen('bubbles');
    await page.goBack();
    await isOpen('details');
    await expect.poll(() => page.locator('#panel').innerText()).toContain('MatMul');
    await page.goBack();
    await isOpen('summary');
    expect(viewed.state().selected).toBeNull();
    await page.goForward();
    await isOpen('details');
    await page.goForward();
    await isOpen('bubbles');
  });

  test.each([
    '%%%',
    'from=9e99&to=-1',
    'from=-999999999999999&to=999999999999999',
    'from=NaN&to=Infinity',
    'slice=999999.999999',
    'area=0_10_0-99999999',
    'closed=0-99999&pinned=0-99999',
    'panel=<img src=x onerror=hacked=1>',
    'panel=__proto__',
    'panel=top-ops&by=__proto__&mark=__proto__',
    'panel=search&find=<script>hacked=1</script>',
    `tracks=${'x'.repeat(2000)}`,
    'cause=constructor&phase=toString&colour=valueOf',
  ])('does no harm: %s', async (fragment) => {
    const { page, opened } = viewed;
    await viewed.show(fragment);
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    expect(await page.locator('#panel img, #panel script').count()).toBe(0);
    const { startNs, endNs } = viewed.state();
    expect(endNs).toBeGreaterThan(startNs);
    await page.getByRole('tab', { name: 'Steps' }).click();
    await expect.poll(() => page.locator('#panel').innerText()).toContain('--step-marker');
    expect(opened.errors).toEqual([]);
  });

  test('names a slice that is not there: the panel says so, and the page goes on', async () => {
    const { page, opened } = viewed;
    await viewed.show('slice=0.99999999&panel=details');
    await page.locator('#panel').getByText('This link names a slice that is not in this run').waitFor();
    await page.getByRole('tab', { name: 'Steps' }).click();
    await expect.poll(() => page.locator('#panel').innerText()).toContain('--step-marker');
    // The browser itself tells of every answer that is a refusal.
    expect(opened.errors.filter((error) => !error.startsWith('Failed to load resource'))).toEqual([]);
  });
});
