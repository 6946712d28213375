// Fingers, keys and what is kept of them, on a run whose every time is known.
import { join } from 'node:path';
import type { CDPSession } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PROJECT } from '../golden/command.ts';
import { wholeWindow } from '../../viewer/timeline/time-window.ts';
import { browserAbsent, keepPicture, withBrowser } from './browser.ts';
import { BUBBLE, ENDS_NS, knownRun } from './known-run.ts';
import { type At, view, type Viewed } from './viewed.ts';

const RANKS = join(PROJECT, 'fixtures', 'ascend-folders', 'ascend-pt-ranks');
const WHOLE = wholeWindow(ENDS_NS);
/** Changes that follow one another faster are one gesture. */
const NEXT_GESTURE_MS = 600;

describe.skipIf(browserAbsent)('on the timeline', () => {
  const open = withBrowser();
  let viewed: Viewed;
  let stream: number;
  beforeAll(async () => {
    viewed = await view(await open(), knownRun());
    stream = viewed.track('Stream 3');
  });
  beforeEach(() => viewed.show());

  const press = (key: string): Promise<void> => viewed.page.keyboard.press(key);
  const pressMany = async (...keys: string[]): Promise<void> => {
    for (const key of keys) {
      await viewed.page.waitForTimeout(NEXT_GESTURE_MS);
      await press(key);
    }
  };
  const length = (): number => viewed.window[1] - viewed.window[0];
  const windowIs = (startNs: number, endNs: number, withinNs = 0) =>
    expect
      .poll(() => viewed.window.map((ns, at) => Math.abs(ns - [startNs, endNs][at]) <= withinNs))
      .toEqual([true, true]);
  const timeAt = async (x: number): Promise<number> => {
    const canvas = (await viewed.page.locator('.tracks-canvas').boundingBox())!;
    return viewed.window[0] + ((x - canvas.x) / canvas.width) * length();
  };

  describe('fingers', () => {
    let fingers: CDPSession;
    beforeAll(async () => {
      fingers = await viewed.page.context().newCDPSession(viewed.page);
    });
    const touch = async (type: 'touchStart' | 'touchMove' | 'touchEnd', ...at: readonly At[]): Promise<void> => {
      const touchPoints = at.map(({ x, y }, id) => ({ x, y, id }));
      await fingers.send('Input.dispatchTouchEvent', { type, touchPoints });
    };

    test('two of them zoom, and what is between them stays between them', async () => {
      const middle = await viewed.at(stream, 450_000);
      const at = { x: Math.round(middle.x), y: Math.round(middle.y) };
      const timeNs = await timeAt(at.x);
      const apart = (px: number): [At, At] => [
        { x: at.x - px, y: at.y },
        { x: at.x + px, y: at.y },
      ];
      await touch('touchStart', ...apart(50));
      for (const px of [60, 80, 100]) await touch('touchMove', ...apart(px));
      await touch('touchEnd');
      await expect.poll(() => Math.abs(length() / (WHOLE.endNs - WHOLE.startNs) - 0.5) < 0.01).toBe(true);
      expect(Math.abs((await timeAt(at.x)) - timeNs)).toBeLessThan(2000);
      await touch('touchStart', ...apart(100));
      for (const px of [80, 50]) await touch('touchMove', ...apart(px));
      await touch('touchEnd');
      await windowIs(WHOLE.startNs, WHOLE.endNs, 4000);
    });

    test('two of them move the time too', async () => {
      await viewed.show('from=200000&to=600000');
      const { x, y } = await viewed.at(stream, 400_000);
      const canvas = (await viewed.page.locator('.tracks-canvas').boundingBox())!;
      const pair = (byPx: number): [At, At] => [
        { x: x - 50 + byPx, y },
        { x: x + 50 + byPx, y },
      ];
      await touch('touchStart', ...pair(0));
      for (const px of [40, 100]) await touch('touchMove', ...pair(px));
      await touch('touchEnd');
      const byNs = (100 * 400_000) / canvas.width;
      await windowIs(200_000 - byNs, 600_000 - byNs, 3000);
    });

    test('one of them moves the time, and after two it does nothing by itself', async () => {
      await viewed.show('from=200000&to=600000');
      const { x, y } = await viewed.at(stream, 400_000);
      const canvas = (await viewed.page.locator('.tracks-canvas').boundingBox())!;
      await touch('touchStart', { x, y });
      for (const px of [20, 60, 100]) await touch('touchMove', { x: x + px, y });
      await touch('touchEnd');
      const byNs = (100 * 400_000) / canvas.width;
      await windowIs(200_000 - byNs, 600_000 - byNs, 2000);

      await viewed.show('from=200000&to=600000');
      await touch('touchStart', { x, y }, { x: x + 100, y });
      await touch('touchMove', { x, y }, { x: x + 110, y });
      await viewed.settle();
      // One is lifted, the other goes on.
      await fingers.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [{ x, y, id: 0 }] });
      await expect.poll(() => length() < 400_000).toBe(true);
      await viewed.page.waitForTimeout(300);
      const { window } = viewed;
      await touch('touchMove', { x: x - 200, y });
      await touch('touchEnd');
      await viewed.page.waitForTimeout(300);
      expect(viewed.window).toEqual(window);
      expect(viewed.state().selected).toBeNull();
    });
  });

  test('Backspace takes back zoom after zoom, the last one first, and a gesture of many steps at once', async () => {
    await viewed.show('from=200000&to=600000');
    await pressMany('w');
    await expect.poll(length).toBeLessThan(400_000);
    const first = viewed.window;
    await viewed.page.waitForTimeout(NEXT_GESTURE_MS);
    for (let times = 0; times < 4; times++) await press('d');
    await expect.poll(() => viewed.window[0]).toBeGreaterThan(first[0]);
    await pressMany('Backspace');
    await windowIs(first[0], first[1]);
    await pressMany('Backspace');
    await windowIs(200_000, 600_000);
  });

  test('Backspace where nothing was zoomed leaves all as it is', async () => {
    const fresh = await view(await open(), knownRun());
    await fresh.page.locator('.tracks-canvas').focus();
    await fresh.page.keyboard.press('Backspace');
    await fresh.page.waitForTimeout(300);
    expect(fresh.window).toEqual([WHOLE.startNs, WHOLE.endNs]);
    expect(fresh.opened.errors).toEqual([]);
  });

  test('a click asks once what the slice is, for its outline and for its details', async () => {
    const asks: string[] = [];
    const note = (request: { url(): string }): void => void asks.push(new URL(request.url()).pathname);
    viewed.page.on('request', note);
    const { x, y } = await viewed.at(stream, 450_000);
    await viewed.page.mouse.click(x, y);
    await viewed.page.locator('#panel .slice-name').waitFor();
    await viewed.settle();
    viewed.page.off('request', note);
    expect(asks.filter((path) => path.endsWith('/slice'))).toHaveLength(1);
  });

  test('the card tells of what is below a pointer that rests, also while times move', async () => {
    const { x, y } = await viewed.at(stream, 450_000);
    await viewed.page.mouse.move(x, y);
    const card = viewed.page.locator('.timeline .card');
    await expect.poll(() => card.innerText()).toMatch(/^MatMul/);
    // To where nothing ran, and back.
    await viewed.page.keyboard.press('ArrowLeft');
    await card.waitFor({ state: 'hidden' });
    await viewed.page.keyboard.press('ArrowRight');
    await expect.poll(() => card.innerText()).toMatch(/^MatMul/);
  });

  test('M measures the selected slice, and says how long it is', async () => {
    const { x, y } = await viewed.at(stream, 450_000);
    await viewed.page.mouse.click(x, y);
    await expect.poll(() => viewed.state().selected?.track).toBe(stream);
    await expect.poll(() => viewed.page.locator('#panel').innerText()).toContain('MatMul');
    await viewed.page.mouse.move(5, 5);
    await viewed.settle();
    const before = await pixels();
    await press('m');
    await expect.poll(pixels).not.toBe(before);
    await expect
      .poll(() => viewed.page.getByRole('status').allInnerTexts())
      .toContainEqual(expect.stringContaining('100'));
    await keepPicture(viewed.page, 'measured-slice');
    await press('m');
    await expect.poll(pixels).toBe(before);
  });

  /** Tells one picture from another. */
  const pixels = (): Promise<number> =>
    viewed.page.evaluate(() => {
      const text = document.querySelector<HTMLCanvasElement>('.tracks-canvas')!.toDataURL();
      let hash = 0;
      for (let at = 0; at < text.length; at++) hash = (hash * 31 + text.charCodeAt(at)) | 0;
      return hash;
    });

  test('N outlines the bubble, which the address keeps, and Esc lets go of it', async () => {
    await viewed.page.mouse.move(5, 5);
    await press('n');
    await expect.poll(() => viewed.state().bubble).toEqual({ device: 0, kind: 'device', row: 0 });
    await viewed.settle();
    const outlined = await pixels();
    const { hash } = new URL(viewed.page.url());
    await press('Escape');
    await expect.poll(() => viewed.state().bubble).toBeNull();
    await expect.poll(pixels).not.toBe(outlined);
    await viewed.show();
    await viewed.show(hash.replace(/^#v=1&/, ''));
    await expect.poll(pixels).toBe(outlined);
  });

  test('N after the last bubble says so', async () => {
    const said = (): Promise<string[]> => viewed.page.getByRole('status').allInnerTexts();
    let starts = 0;
    for (; starts < 10 && !(await said()).includes('No bubble after this one'); starts++) {
      await press('n');
      await viewed.settle();
      await viewed.page.waitForTimeout(300);
    }
    expect(starts).toBeGreaterThan(1);
    expect(starts).toBeLessThan(10);
  });

  test('a click on a bubble and a row of the panel choose the same bubble, whose card is told', async () => {
    const { page } = viewed;
    const band = (await page.locator('.gutter-group').filter({ hasText: 'NPU' }).boundingBox())!;
    const { x } = await viewed.at(stream, (BUBBLE.startNs + BUBBLE.endNs) / 2);
    await page.mouse.click(x, band.y + band.height / 2);
    await expect.poll(() => viewed.state()).toMatchObject({ panel: 'bubbles', bubble: { device: 0, row: 0 } });
    const card = page.locator('#panel .card');
    await card.waitFor();
    expect(await card.innerText()).toContain('250');
    const { bubble } = viewed.state();

    await viewed.show('panel=bubbles');
    await card.waitFor({ state: 'detached' });
    await page.getByRole('table', { name: 'Longest bubbles' }).locator('tbody button, tbody tr').first().click();
    await expect.poll(() => viewed.state().bubble).not.toBeNull();
    await card.waitFor();
    const { json: longest } = await viewed.ask('bubble', viewed.state().bubble!);
    expect(viewed.window[0]).toBeLessThan(longest!.startNs);
    expect(viewed.window[1]).toBeGreaterThan(longest!.startNs + longest!.durNs);
    expect(viewed.state().bubble!.row === bubble!.row).toBe(longest!.startNs === BUBBLE.startNs);
    await keepPicture(page, 'bubble-chosen');
  });

  test('a bubble that is not there does no harm', async () => {
    await viewed.show('bubble=device.0.99999&panel=bubbles');
    await viewed.show('bubble=device.99.0');
    expect(viewed.state().bubble === null || viewed.state().bubble!.device === 99).toBe(true);
    await viewed.settle();
  });

  const rows = (): Promise<string[]> => viewed.page.locator('.gutter-row .gutter-name').allInnerTexts();

  test('a pinned track stays at the top, also of a link, until it is let go', async () => {
    const { page } = viewed;
    const gutter = page.locator('.gutter-track').filter({ hasText: /^Stream 3$/ });
    await gutter.hover();
    await page.getByRole('button', { name: 'Pin Stream 3 to the top' }).click();
    await expect.poll(() => viewed.state().pinned).toEqual([stream]);
    const pinned = page.locator('.gutter-fixed .gutter-track');
    await expect.poll(() => pinned.allInnerTexts()).toEqual([expect.stringContaining('Stream 3')]);
    await viewed.show();
    await expect.poll(() => pinned.count()).toBe(0);
    await page.goBack();
    await expect.poll(() => pinned.count()).toBe(1);
    await pinned.getByRole('button').focus();
    await press('Enter');
    await expect.poll(() => pinned.count()).toBe(0);
    expect(viewed.state().pinned).toEqual([]);
  });

  test('{ closes all groups and } opens everything', async () => {
    await press('{');
    await expect.poll(async () => (await rows()).filter((name) => name.startsWith('Stream'))).toEqual([]);
    const closed = await rows();
    await press('}');
    await expect.poll(rows).toContain('Stream 3');
    expect((await rows()).length).toBeGreaterThan(closed.length);
    expect(viewed.state().collapsed).toEqual([]);
  });

  test('G leads to the filter of tracks, which shows those of a name, open or not', async () => {
    await press('{');
    await expect.poll(rows).not.toContain('Stream 3');
    await press('g');
    await viewed.page.keyboard.type('stream 3');
    await expect.poll(rows).toContain('Stream 3');
    expect((await rows()).filter((name) => name.startsWith('Stream'))).toEqual(['Stream 3']);
    await viewed.page.keyboard.press('Control+a');
    await viewed.page.keyboard.type('no such track');
    await viewed.page.getByText('No track has this text in its name').waitFor();
    expect(await rows()).toEqual([]);
  });

  test('nothing of it is an error', () =>
    expect(viewed.opened.errors.filter((error) => !error.startsWith('Failed to load resource'))).toEqual([]));
});

describe.skipIf(browserAbsent)('ops of two ranks', () => {
  const open = withBrowser();

  test('stand at one place after L and R: the second rank moves, and a command takes it back', async () => {
    const viewed = await view(await open({ height: 1200 }), RANKS);
    const { info, page } = viewed;
    const ranks = [...new Set(info.groups.map(({ rank }) => rank))];
    const found = (await viewed.ask('find', { text: 'a', limit: 500 })).json.places;
    const places = ranks.map((rank, at) => {
      const isOfRank = (group: number): boolean => info.groups[group].rank === rank;
      return found.filter(({ track }) => isOfRank(info.tracks[track].group))[at];
    });
    const select = async (at: number): Promise<void> => {
      const values = new URLSearchParams(new URL(page.url()).hash.slice(1));
      values.set('slice', `${places[at].track}.${places[at].slice}`);
      values.delete('v');
      await viewed.show(values.toString());
    };
    await select(0);
    await page.keyboard.press('l');
    await expect.poll(() => page.getByRole('status').allInnerTexts()).toContainEqual(expect.stringContaining('stays'));
    await select(1);
    await page.keyboard.press('r');
    const shiftNs = places[0].startNs - places[1].startNs;
    expect(shiftNs).not.toBe(0);
    await expect.poll(() => viewed.state().shifts).toEqual([{ rank: ranks[1], shiftNs }]);
    await page.keyboard.press('{');
    const name = page.locator('.gutter-group.is-shifted .gutter-name');
    await expect.poll(() => name.count()).toBe(1);
    // What it is shifted by leaves the name all the width there is.
    const [needs, has, row] = await name.evaluate((each) => [
      ...[each.scrollWidth, each.clientWidth, each.closest('.gutter-row')!.clientWidth],
    ]);
    expect(has).toBeGreaterThanOrEqual(Math.min(needs, 0.75 * row));
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'All commands' }).fill('undo alignment');
    await page.keyboard.press('Enter');
    await expect.poll(() => viewed.state().shifts).toEqual([]);
    expect(viewed.opened.errors).toEqual([]);
  });
});
