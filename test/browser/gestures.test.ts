// What hands and keys do on the timeline of a run whose every time is known.
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { browserAbsent, withBrowser } from './browser.ts';
import { BUBBLE, ENDS_NS, knownRun } from './known-run.ts';
import { view, type Viewed } from './viewed.ts';
import { wholeWindow } from '../../viewer/timeline/time-window.ts';

const WHOLE = wholeWindow(ENDS_NS);

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
  const windowIs = (startNs: number, endNs: number, withinNs = 0) =>
    expect
      .poll(() => viewed.window.map((ns, at) => Math.abs(ns - [startNs, endNs][at]) <= withinNs))
      .toEqual([true, true]);
  const selectedTime = async (): Promise<readonly [string, number] | null> => {
    const { selected } = viewed.state();
    if (selected === null) return null;
    const { json } = await viewed.ask('slice', selected);
    return [json.name, json.startNs];
  };
  const clickAt = async (timeNs: number): Promise<void> => {
    const { x, y } = await viewed.at(stream, timeNs);
    await viewed.page.mouse.click(x, y);
  };
  const width = async (): Promise<number> => (await viewed.page.locator('.tracks-canvas').boundingBox())!.width;

  test('all of the run is seen at first, with a little around it', async () => {
    expect(WHOLE.startNs).toBeLessThan(0);
    expect(WHOLE.endNs).toBeGreaterThan(ENDS_NS);
    expect(WHOLE.endNs - WHOLE.startNs).toBeLessThan(1.02 * ENDS_NS);
    await windowIs(WHOLE.startNs, WHOLE.endNs);
  });

  test('a drag moves the time with the pointer', async () => {
    await viewed.show('from=200000&to=600000');
    const from = await viewed.at(stream, 500_000);
    const to = await viewed.at(stream, 400_000);
    await viewed.drag(from, to);
    await windowIs(300_000, 700_000, 1000);
  });

  test('Ctrl and the wheel zoom, and the time below the pointer stays there', async () => {
    const { page } = viewed;
    const near = await viewed.at(stream, 450_000);
    // A wheel tells whole pixels.
    const at = { x: Math.round(near.x), y: near.y };
    const timeNs = 450_000 + ((at.x - near.x) * (WHOLE.endNs - WHOLE.startNs)) / (await width());
    await page.mouse.move(at.x, at.y);
    await page.keyboard.down('Control');
    for (let times = 0; times < 4; times++) await page.mouse.wheel(0, -120);
    await page.keyboard.up('Control');
    await expect.poll(() => viewed.window[1] - viewed.window[0]).toBeLessThan(ENDS_NS / 2);
    await viewed.settle();
    expect((await viewed.at(stream, timeNs)).x).toBeCloseTo(at.x, 1);
  });

  test('the wheel sideways moves the time, and the wheel alone does not', async () => {
    await viewed.show('from=200000&to=600000');
    const at = await viewed.at(stream, 400_000);
    await viewed.page.mouse.move(at.x, at.y);
    await viewed.page.mouse.wheel(0, 50);
    await viewed.page.mouse.wheel(100, 0);
    const byNs = (100 * 400_000) / (await width());
    await windowIs(200_000 + byNs, 600_000 + byNs, 2);
  });

  test('W and S zoom, A and D move, each undone by the other', async () => {
    await viewed.page.mouse.move(5, 5);
    await viewed.show('from=300000&to=700000');
    await press('w');
    await windowIs(357_143, 642_857, 1);
    await press('s');
    await windowIs(300_000, 700_000, 2);
    await press('d');
    await windowIs(380_000, 780_000, 2);
    await press('a');
    await windowIs(300_000, 700_000, 2);
    await press('ArrowRight');
    await windowIs(380_000, 780_000, 2);
  });

  test('F shows what is selected, and then the whole run', async () => {
    await clickAt(450_000);
    await expect.poll(selectedTime).toEqual(['MatMul', 400_000]);
    await viewed.settle();
    await press('f');
    await windowIs(370_000, 530_000);
    await press('f');
    await windowIs(WHOLE.startNs, WHOLE.endNs);
  });

  test('Backspace takes a zoom back', async () => {
    await viewed.show('from=200000&to=600000');
    // Changes that follow one another faster are one gesture.
    await viewed.page.waitForTimeout(600);
    await press('w');
    await expect.poll(() => viewed.window[1] - viewed.window[0]).toBeLessThan(400_000);
    await press('Backspace');
    await windowIs(200_000, 600_000);
  });

  test.each([
    [50_000, 'MatMul', 0],
    [110_000, 'Add', 100_000],
    [899_000, 'MatMul', 800_000],
    [999_000, 'Add', 950_000],
  ])('a click at %d ns selects the slice that is drawn there', async (timeNs, name, startNs) => {
    await clickAt(timeNs);
    await expect.poll(selectedTime).toEqual([name, startNs]);
    expect(viewed.state()).toMatchObject({ panel: 'details', selected: { track: stream } });
    await expect.poll(() => viewed.page.locator('#panel').innerText()).toContain(name);
  });

  test('a click where nothing is, and Esc, clear the selection', async () => {
    await clickAt(50_000);
    await expect.poll(selectedTime).not.toBeNull();
    await clickAt(300_000);
    await expect.poll(selectedTime).toBeNull();
    await clickAt(50_000);
    await expect.poll(selectedTime).not.toBeNull();
    await press('Escape');
    await expect.poll(selectedTime).toBeNull();
  });

  test('a double click zooms to the slice', async () => {
    const { x, y } = await viewed.at(stream, 450_000);
    await viewed.page.mouse.dblclick(x, y);
    await windowIs(370_000, 530_000);
  });

  test('] and [ go to the next slice of the same name and back, and stop at the ends', async () => {
    await clickAt(50_000);
    await expect.poll(selectedTime).toEqual(['MatMul', 0]);
    for (const [key, startNs] of [
      [']', 400_000],
      [']', 800_000],
      [']', 800_000],
      ['[', 400_000],
      ['[', 0],
      ['[', 0],
    ] as const) {
      await press(key);
      await viewed.settle();
      await expect.poll(selectedTime).toEqual(['MatMul', startNs]);
    }
  });

  test('N goes to the next bubble, which the bubbles of the device know', async () => {
    await press('n');
    await expect.poll(() => viewed.window[1] - viewed.window[0]).toBeLessThan(ENDS_NS);
    const { json } = await viewed.ask('nextBubble', { afterNs: 0, kind: 'device', leastNs: 0 });
    expect(json).toMatchObject({ startNs: BUBBLE.startNs, durNs: BUBBLE.endNs - BUBBLE.startNs });
    await windowIs(0, 650_000, 100_000);
    expect(viewed.window[0]).toBeLessThan(BUBBLE.startNs);
    expect(viewed.window[1]).toBeGreaterThan(BUBBLE.endNs);
    await expect.poll(() => viewed.page.getByRole('status').first().innerText()).toContain('250');
  });

  test('Shift and a drag choose an area, of which the panel tells the totals', async () => {
    const [from, to] = [await viewed.at(stream, 390_000), await viewed.at(stream, 600_000)];
    await viewed.drag({ x: from.x, y: from.y - 5 }, { x: to.x, y: to.y + 2 }, 'Shift');
    await expect.poll(() => viewed.state().panel).toBe('selection');
    await expect.poll(() => viewed.state().area?.tracks).toEqual([stream]);
    const { startNs, endNs } = viewed.state().area!;
    expect([Math.abs(startNs - 390_000) < 1500, Math.abs(endNs - 600_000) < 1500]).toEqual([true, true]);
    const panel = viewed.page.locator('#panel');
    await expect.poll(() => panel.innerText()).toContain('MatMul');
    const { json } = await viewed.ask('selection', viewed.state().area!);
    expect(json.ops.map(({ name, totalNs }) => [name, totalNs])).toContainEqual(['MatMul', 100_000]);
    expect(await panel.innerText()).not.toContain('Add');
  });

  test('M measures what is dragged, and the window stays', async () => {
    await press('m');
    const [from, to] = [await viewed.at(stream, 200_000), await viewed.at(stream, 300_000)];
    await viewed.drag(from, to);
    await viewed.settle();
    expect(viewed.window).toEqual([WHOLE.startNs, WHOLE.endNs]);
    await viewed.page
      .locator('[role=status]')
      .getByText(/^Measured .* from /)
      .waitFor({ state: 'attached' });
    await press('Escape');
    await viewed.drag(from, to);
    await windowIs(WHOLE.startNs - 100_000, WHOLE.endNs - 100_000, 1000);
  });

  test('? opens the keys and Esc closes them', async () => {
    await press('?');
    const dialog = viewed.page.getByRole('dialog', { name: 'Keys and gestures' });
    await dialog.waitFor();
    expect(await dialog.innerText()).toContain('Next bubble');
    await press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  test('Ctrl+K finds a command by its name and runs it', async () => {
    await press('Control+k');
    const dialog = viewed.page.getByRole('dialog');
    await dialog.getByRole('combobox').fill('top ops');
    expect(await dialog.getByRole('option').allInnerTexts()).toEqual(['Top ops']);
    await press('Enter');
    await expect.poll(() => viewed.state().panel).toBe('top-ops');
    await dialog.waitFor({ state: 'detached' });
  });

  test('nothing of it is an error', () => expect(viewed.opened.errors).toEqual([]));
});
