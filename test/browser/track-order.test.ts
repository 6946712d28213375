// Rows of the timeline change places, by hand and by key, and the address keeps where they stand.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PAGE_WORDS } from '../../src/locale/viewer-page.ts';
import { freshFolder } from '../golden/command.ts';
import { deviceSlice, hostSlice, kinetoText } from '../support/kineto-events.ts';
import { browserAbsent, keepPicture, withBrowser } from './browser.ts';
import { type At, view, Viewed } from './viewed.ts';

const STREAMS = [1, 2, 3, 4];

/** Three ranks of four streams each. */
function threeRanks(): string {
  const folder = freshFolder();
  for (const rank of [0, 1, 2]) {
    const events = [
      hostSlice('cpu_op', 'aten::mm', [0, 900]),
      ...STREAMS.map((stream) => deviceSlice('kernel', `gemm ${stream}`, stream, [100 * stream, 100 * stream + 50])),
    ];
    mkdirSync(join(folder, `rank${rank}`));
    const members = { distributedInfo: { rank, world_size: 3 }, deviceProperties: [{ id: 0, name: 'GPU' }] };
    writeFileSync(join(folder, `rank${rank}`, 'trace.json'), kinetoText(events, members));
  }
  return folder;
}

describe.skipIf(browserAbsent)('rows', () => {
  const open = withBrowser();
  let viewed: Viewed;
  beforeAll(async () => {
    viewed = await view(await open({ height: 1400 }), threeRanks());
  });
  beforeEach(() => viewed.show());

  const names = (of: Viewed = viewed): Promise<string[]> =>
    of.page.locator('.gutter-row:not(.gutter-steps) .gutter-name').allInnerTexts();
  const streams = async (): Promise<string[]> => (await names()).filter((name) => /^stream \d$/.test(name)).slice(0, 4);
  const groups = async (): Promise<string[]> => (await names()).filter((name) => /^rank \d · GPU/.test(name));
  const order = (): string | null => new URLSearchParams(new URL(viewed.page.url()).hash.slice(1)).get('order');
  const row = (name: string, at = 0) =>
    viewed.page
      .locator('.gutter-row')
      .filter({ has: viewed.page.getByText(name, { exact: true }) })
      .nth(at);
  const middle = async (name: string, share = 0.5): Promise<At> => {
    const box = (await row(name).boundingBox())!;
    return { x: box.x + 60, y: box.y + box.height * share };
  };
  const said = (): Promise<string[]> => viewed.page.getByRole('status').allInnerTexts();
  const focus = (name: string): Promise<void> => row(name).getByRole('button').focus();

  test('of a run of several ranks are one group for each rank, which holds its host as one closed line', async () => {
    const all = await names();
    expect(all.filter((name) => name.startsWith('rank'))).toEqual(
      [0, 1, 2].flatMap((rank) => [`rank ${rank} · GPU 0`, `rank ${rank} · host`]),
    );
    const [device, host] = ['rank 0 · GPU 0', 'rank 0 · host'].map((name) => all.indexOf(name));
    expect(all.slice(device + 1, host).filter((name) => name.startsWith('stream'))).toHaveLength(4);
    await row('rank 0 · GPU 0').getByRole('button').click();
    await expect.poll(names).not.toContain('rank 0 · host');
  });

  test('move down and up by Alt and arrows, keep the focus and say where they stand', async () => {
    await expect.poll(streams).toEqual(['stream 1', 'stream 2', 'stream 3', 'stream 4']);
    await focus('stream 1');
    await viewed.page.keyboard.press('Alt+ArrowDown');
    await expect.poll(streams).toEqual(['stream 2', 'stream 1', 'stream 3', 'stream 4']);
    await expect.poll(said).toContain('stream 1 moved to place 2 of 4');
    await viewed.page.keyboard.press('Alt+ArrowDown');
    await expect.poll(streams).toEqual(['stream 2', 'stream 3', 'stream 1', 'stream 4']);
    expect(await row('stream 1').evaluate((each) => each.contains(document.activeElement))).toBe(true);
    for (let times = 0; times < 3; times++) await viewed.page.keyboard.press('Alt+ArrowUp');
    await expect.poll(streams).toEqual(['stream 1', 'stream 2', 'stream 3', 'stream 4']);
    await expect.poll(said).toContain('stream 1 is already at the end');
    await expect.poll(order).toBeNull();
  });

  test('are groups too, which take along what they hold', async () => {
    await focus('rank 0 · GPU 0');
    await viewed.page.keyboard.press('Alt+ArrowDown');
    await expect.poll(groups).toEqual(['rank 1 · GPU 0', 'rank 0 · GPU 0', 'rank 2 · GPU 0']);
    const all = await names();
    expect(all.indexOf('rank 0 · host')).toBeGreaterThan(all.indexOf('rank 0 · GPU 0'));
    expect(all.indexOf('rank 1 · host')).toBeLessThan(all.indexOf('rank 0 · GPU 0'));
    await expect.poll(said).toContain('rank 0 · GPU 0 moved to place 2 of 3');
  });

  test('are dragged by their names, to where the line is, and no farther than what holds them', async () => {
    const { page } = viewed;
    const [from, to] = [await middle('stream 1'), await middle('stream 3', 0.9)];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 4 });
    await expect.poll(() => page.locator('.drop-line').isVisible()).toBe(true);
    const line = (await page.locator('.drop-line').boundingBox())!;
    const fourth = (await row('stream 4').boundingBox())!;
    expect(Math.abs(line.y - fourth.y)).toBeLessThan(3);
    await keepPicture(page, 'row-dragged');
    await page.mouse.up();
    await expect.poll(streams).toEqual(['stream 2', 'stream 3', 'stream 1', 'stream 4']);
    expect(await page.locator('.drop-line').isVisible()).toBe(false);

    await viewed.drag(await middle('stream 2'), await middle('rank 2 · GPU 0'));
    await expect.poll(streams).toEqual(['stream 3', 'stream 1', 'stream 4', 'stream 2']);
  });

  test('that are dragged and dropped are not clicked; Esc leaves them where they were', async () => {
    const { page } = viewed;
    const closed = viewed.state().collapsed;
    await viewed.drag(await middle('rank 2 · GPU 0'), await middle('rank 0 · GPU 0', 0.1));
    await expect.poll(groups).toEqual(['rank 2 · GPU 0', 'rank 0 · GPU 0', 'rank 1 · GPU 0']);
    expect(viewed.state().collapsed).toEqual(closed);
    const [from, to] = [await middle('rank 2 · GPU 0'), await middle('rank 1 · GPU 0', 0.9)];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 3 });
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await viewed.settle();
    expect(await groups()).toEqual(['rank 2 · GPU 0', 'rank 0 · GPU 0', 'rank 1 · GPU 0']);
    await row('rank 2 · GPU 0').getByRole('button').click();
    await expect.poll(() => viewed.state().collapsed.length).toBe(closed.length + 1);
  });

  test('stand in a shared link as they do here, and go back and forward', async () => {
    const { page, opened, origin, info } = viewed;
    await focus('stream 2');
    await page.keyboard.press('Alt+ArrowUp');
    await focus('rank 1 · GPU 0');
    await page.keyboard.press('Alt+ArrowUp');
    const moved = ['rank 1 · GPU 0', 'rank 0 · GPU 0', 'rank 2 · GPU 0'];
    await expect.poll(groups).toEqual(moved);
    const there = await names();
    await expect.poll(() => order()?.split('.').length).toBe(2);

    const other = await page.context().newPage();
    const copy = new Viewed({ ...opened, page: other }, origin, info);
    await other.goto(page.url());
    await other.locator('.tracks-canvas').waitFor();
    await expect.poll(() => names(copy)).toEqual(there);
    await other.close();

    await page.goBack();
    await expect.poll(groups).toEqual([0, 1, 2].map((rank) => `rank ${rank} · GPU 0`));
    await page.goForward();
    await expect.poll(groups).toEqual(moved);
  });

  test('go back to the order as captured by a command', async () => {
    const { page } = viewed;
    const captured = await names();
    await focus('stream 3');
    await page.keyboard.press('Alt+ArrowUp');
    await expect.poll(names).not.toEqual(captured);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'All commands' }).fill('as captured');
    await page.keyboard.press('Enter');
    await expect.poll(names).toEqual(captured);
    expect(order()).toBeNull();
  });

  test('move by the palette too: the one whose name had the focus, or that of the selected slice', async () => {
    const { page } = viewed;
    const run = async (): Promise<void> => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'All commands' }).fill('group down');
      await page.keyboard.press('Enter');
    };
    await run();
    await expect.poll(said).toContain(PAGE_WORDS.en.moveWhat);
    await focus('stream 1');
    await run();
    await expect.poll(streams).toEqual(['stream 2', 'stream 1', 'stream 3', 'stream 4']);
    await viewed.show();
    const { x, y } = await viewed.at(viewed.track('stream 3'), 320_000);
    await page.mouse.click(x, y);
    await expect.poll(() => viewed.state().selected?.track).toBe(viewed.track('stream 3'));
    await run();
    await expect.poll(streams).toEqual(['stream 1', 'stream 2', 'stream 4', 'stream 3']);
  });

  test('that are pinned change places among each other', async () => {
    const { page } = viewed;
    const [second, third] = ['stream 2', 'stream 3'].map((name) => viewed.track(name));
    await row('stream 3').hover();
    await row('stream 3').getByRole('button').click();
    await expect.poll(() => viewed.state().pinned).toEqual([third]);
    await row('stream 2').hover();
    await row('stream 2').getByRole('button').click();
    await expect.poll(() => viewed.state().pinned).toEqual([third, second]);
    const pinned = page.locator('.gutter-fixed .gutter-track');
    await pinned.nth(1).getByRole('button').focus();
    await page.keyboard.press('Alt+ArrowUp');
    await expect.poll(() => viewed.state().pinned).toEqual([second, third]);
    await expect.poll(() => pinned.first().innerText()).toContain('stream 2');
    expect(await pinned.first().evaluate((each) => each.contains(document.activeElement))).toBe(true);
    const [from, to] = [(await pinned.first().boundingBox())!, (await pinned.nth(1).boundingBox())!];
    await viewed.drag({ x: from.x + 60, y: from.y + 9 }, { x: to.x + 60, y: to.y + to.height - 2 });
    await expect.poll(() => viewed.state().pinned).toEqual([third, second]);
    await expect.poll(() => pinned.first().innerText()).toContain('stream 3');
    // Both stay where they are among the others.
    expect(order()).toBeNull();
    await pinned.first().getByRole('button').click();
    await expect.poll(() => viewed.state().pinned).toEqual([second]);
  });

  test('are closed and opened by key, and keep the focus', async () => {
    const { page } = viewed;
    await focus('rank 0 · GPU 0');
    for (const isOpen of ['false', 'true']) {
      await page.keyboard.press('Enter');
      await expect
        .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-expanded')), { timeout: 3000 })
        .toBe(isOpen);
    }
  });

  test('have names as wide as somebody drags them, also next time', async () => {
    const { page, opened, origin, info } = viewed;
    const width = async (of = page): Promise<number> => (await of.locator('.gutter').boundingBox())!.width;
    const divider = page.getByRole('separator', { name: PAGE_WORDS.en.namesSize });
    const [before, line] = [await width(), (await divider.boundingBox())!];
    const from = { x: line.x + line.width / 2, y: line.y + 50 };
    await viewed.drag(from, { x: from.x + 100, y: from.y });
    await expect.poll(async () => Math.abs((await width()) - before - 100) < 3).toBe(true);
    await viewed.settle();
    const canvas = (await page.locator('.tracks-canvas').boundingBox())!;
    expect(canvas.x + canvas.width).toBeLessThanOrEqual(1280);
    await divider.focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(async () => Math.abs((await width()) - before - 76) < 3).toBe(true);

    const other = await page.context().newPage();
    const copy = new Viewed({ ...opened, page: other }, origin, info);
    await other.goto(page.url());
    await other.locator('.tracks-canvas').waitFor();
    expect(Math.abs((await width(copy.page)) - before - 76)).toBeLessThan(3);
    await other.close();
    await divider.dblclick();
    await expect.poll(width).toBe(before);
  });

  test('speak Chinese', async () => {
    const chinese = await view(await open({ locale: 'zh-CN', height: 1400 }), threeRanks());
    const first = chinese.page.locator('.gutter-group').first().getByRole('button');
    await first.focus();
    await chinese.page.keyboard.press('Alt+ArrowDown');
    await expect
      .poll(() => chinese.page.getByRole('status').allInnerTexts())
      .toContainEqual(expect.stringMatching(/已移到第 2 位，共 3 位$/));
    expect(chinese.opened.errors).toEqual([]);
  });

  test('do no harm by any order that an address names', async () => {
    const captured = await names();
    for (const hostile of ['order=99999999', 'order=5.5.5', 'order=-1', 'order=__proto__', 'order=0-99999999']) {
      await viewed.show(hostile);
      const now = await names();
      expect([...now].sort()).toEqual([...captured].sort());
    }
    expect(viewed.opened.errors).toEqual([]);
  });
});
