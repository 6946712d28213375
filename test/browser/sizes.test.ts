// Runs of nothing, of one slice, of 500 ranks and of 60,000 tracks: the page opens, scrolls and answers a click.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { freshFolder } from '../golden/command.ts';
import { deviceSlice, hostSlice, kinetoText } from '../support/kineto-events.ts';
import { browserAbsent, keepPicture, withBrowser } from './browser.ts';
import { serve } from './served.ts';
import { savedTrace, view, type Viewed } from './viewed.ts';

const RANKS = 500;
const TRACKS = 60_000;
/** However many rows there are, so many are elements at most. */
const MOST_ROWS = 100;

const rowTexts = ({ page }: Viewed): Promise<string[]> => page.locator('.gutter-row').allInnerTexts();

async function clickFirst(viewed: Viewed, track: number, timeNs: number): Promise<string> {
  const { x, y } = await viewed.at(track, timeNs);
  await viewed.page.mouse.click(x, y);
  await expect.poll(() => viewed.state().selected?.track).toBe(track);
  const { json } = await viewed.ask('slice', viewed.state().selected!);
  await expect.poll(() => viewed.page.locator('#panel').innerText()).toContain(json.name);
  return json.name;
}

/** Scrolls by wheel until other rows are in view. */
async function expectScrolls(viewed: Viewed): Promise<void> {
  const before = await rowTexts(viewed);
  const canvas = (await viewed.page.locator('.tracks-canvas').boundingBox())!;
  await viewed.page.mouse.move(canvas.x + 50, canvas.y + 50);
  await viewed.page.mouse.wheel(0, 3000);
  await expect.poll(() => rowTexts(viewed)).not.toEqual(before);
  await viewed.settle();
  const after = await rowTexts(viewed);
  expect(after.length).toBeGreaterThan(3);
  expect(after.length).toBeLessThan(MOST_ROWS);
}

describe.skipIf(browserAbsent)('a run', () => {
  const open = withBrowser();

  test('without events: the page says why there is nothing, and what to do', async () => {
    const { url } = await serve(savedTrace('empty.json', '{"traceEvents":[]}'));
    const { page, errors } = await open();
    await page.goto(url);
    await page.getByText('expected at least one trace event, found none').waitFor();
    expect(await page.locator('body').innerText()).toContain('before it recorded anything');
    await keepPicture(page, 'no-events');
    expect(errors).toEqual([]);
  });

  test.each([7, 0])('of one event, of %d µs', async (dur) => {
    const event = { ph: 'X', name: 'the only one', pid: 1, tid: 1, ts: 5, dur };
    const viewed = await view(await open(), savedTrace('one.json', JSON.stringify({ traceEvents: [event] })));
    expect(viewed.info.sliceCount).toBe(1);
    expect(await clickFirst(viewed, 0, 0)).toBe('the only one');
    for (const key of ['f', 'f', 'w', 's', 'n', ']', '[', 'Backspace', 'm', 'Escape', 't', 't']) {
      await viewed.page.keyboard.press(key);
    }
    await viewed.settle();
    const [startNs, endNs] = viewed.window;
    expect(endNs).toBeGreaterThan(startNs);
    await keepPicture(viewed.page, `one-event-of-${dur}`);
    expect(viewed.opened.errors).toEqual([]);
  });

  test(`of ${RANKS} ranks`, async () => {
    const viewed = await view(await open(), ranks());
    expect(viewed.info.devices.length).toBe(RANKS);
    const { page } = viewed;
    await keepPicture(page, 'ranks-500');
    await expectScrolls(viewed);
    await viewed.show('panel=ranks');
    expect((await page.locator('#panel').innerText()).trim().length).toBeGreaterThan(20);
    await keepPicture(page, 'ranks-500-panel');
    // All but the rows of devices is closed, so who looks for a rank types it.
    await page.getByRole('searchbox', { name: 'Filter tracks' }).fill('rank 321');
    await expect.poll(async () => (await rowTexts(viewed)).some((text) => text.includes('321'))).toBe(true);
    await expect.poll(async () => (await rowTexts(viewed)).some((text) => text.includes('123'))).toBe(false);
    await viewed.page.getByRole('tab', { name: 'Summary' }).click();
    await viewed.settle();
    expect(await page.locator('#panel').innerText()).toContain('500 devices');
    expect(viewed.opened.errors).toEqual([]);
  });

  test(`of ${TRACKS} tracks`, async () => {
    const traceEvents = Array.from({ length: TRACKS }, (_, at) => ({
      ...{ ph: 'X', name: `op ${at}`, pid: Math.floor(at / 100), tid: at, ts: at % 1000, dur: 50 },
    }));
    const viewed = await view(await open(), savedTrace('many.json', JSON.stringify({ traceEvents })));
    expect(viewed.info.tracks.length).toBe(TRACKS);
    await viewed.show();
    await keepPicture(viewed.page, 'tracks-60000');
    await expectScrolls(viewed);
    await viewed.page.keyboard.press('}');
    await viewed.page.getByRole('searchbox', { name: 'Filter tracks' }).fill('59999');
    await viewed.settle();
    await expect.poll(async () => (await rowTexts(viewed)).at(-1)).toContain('59999');
    await viewed.settle();
    const last = viewed.info.tracks.findIndex(({ name }) => name.includes('59999'));
    expect(await clickFirst(viewed, last, 1_020_000)).toBe('op 59999');
    await viewed.page.keyboard.press('Escape');
    await expect.poll(() => viewed.state().selected).toBeNull();
    expect(viewed.opened.errors).toEqual([]);
  });
});

/** A folder of captures, of each rank one, with two steps, in which each tenth rank is later. */
function ranks(): string {
  const folder = freshFolder();
  for (let rank = 0; rank < RANKS; rank++) {
    const later = rank % 10;
    const events = [0, 1].flatMap((step) => {
      const ts = 1000 * step;
      return [
        hostSlice('user_annotation', `ProfilerStep#${step + 1}`, [ts, ts + 900]),
        deviceSlice('kernel', 'gemm', 7, [ts + 100, ts + 600 + later]),
        deviceSlice('kernel', 'add', 7, [ts + 700, ts + 720]),
      ];
    });
    mkdirSync(join(folder, `rank${rank}`));
    const members = { distributedInfo: { rank, world_size: RANKS }, deviceProperties: [{ id: 0, name: 'GPU' }] };
    writeFileSync(join(folder, `rank${rank}`, 'trace.json'), kinetoText(events, members));
  }
  return folder;
}
