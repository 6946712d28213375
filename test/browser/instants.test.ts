// Slices that took no time are seen and clicked wherever they are, also where the run begins and ends.
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { browserAbsent, keepPicture, withBrowser } from './browser.ts';
import { savedTrace, view, type Viewed } from './viewed.ts';

const ENDS_US = 1000;
const FOCUS_PX = 2;
const INSTANTS = [
  ['first', 0],
  ['middle', 400],
  ['last', ENDS_US],
] as const;

describe.skipIf(browserAbsent)('a slice of no time', () => {
  const open = withBrowser();
  let viewed: Viewed;
  let track: number;
  beforeAll(async () => {
    const event = (name: string, tid: number, ts: number, dur: number) => ({ ph: 'X', pid: 1, name, tid, ts, dur });
    const traceEvents = [event('all', 2, 0, ENDS_US), ...INSTANTS.map(([name, ts]) => event(name, 1, ts, 0))];
    viewed = await view(await open(), savedTrace('instants.json', JSON.stringify({ traceEvents })));
    track = viewed.info.tracks.findIndex(({ sliceCount }) => sliceCount === INSTANTS.length);
  });
  beforeEach(() => viewed.show());

  /** How many pixels of the row at the track's name differ from what is there where nothing is, from x to x. */
  const markedPixels = async (fromX: number, toX: number): Promise<number> => {
    const [{ y }, canvas] = [await viewed.at(track, 0), (await viewed.page.locator('.tracks-canvas').boundingBox())!];
    return viewed.page.evaluate(
      ([from, to, top]) => {
        const { data } = document
          .querySelector<HTMLCanvasElement>('.tracks-canvas')!
          .getContext('2d')!
          .getImageData(0, top, 1280, 1);
        const far = [...data.slice(4 * 150, 4 * 150 + 3)];
        const isMarked = (x: number): boolean => far.some((value, at) => Math.abs(data[4 * x + at] - value) > 40);
        return Array.from({ length: to - from }, (_, at) => from + at).filter(isMarked).length;
      },
      [fromX, toX, Math.round(y - canvas.y)] as const,
    );
  };

  test.each(INSTANTS)('is seen: the %s at %d µs', async (_, us) => {
    const canvas = (await viewed.page.locator('.tracks-canvas').boundingBox())!;
    const x = Math.round((await viewed.at(track, us * 1000)).x - canvas.x);
    await viewed.page.mouse.move(5, 5);
    await viewed.settle();
    // Beside the line around what has the focus, which is at the edges.
    const [from, to] = [Math.max(FOCUS_PX, x - 6), Math.min(Math.floor(canvas.width) - FOCUS_PX, x + 7)];
    expect(await markedPixels(from, to)).toBe(3);
    await keepPicture(viewed.page, 'instants');
  });

  test.each(INSTANTS)('is clicked, outlined and told of: the %s at %d µs', async (name, us) => {
    const { x, y } = await viewed.at(track, us * 1000);
    const canvas = (await viewed.page.locator('.tracks-canvas').boundingBox())!;
    await viewed.page.mouse.click(x, y);
    await expect.poll(() => viewed.state().selected?.track).toBe(track);
    await expect.poll(() => viewed.page.locator('#panel').innerText()).toContain(name);
    await viewed.page.mouse.move(5, 5);
    await viewed.settle();
    const at = Math.round(x - canvas.x);
    const right = Math.floor(canvas.width) - FOCUS_PX;
    expect(await markedPixels(Math.max(FOCUS_PX, at - 6), Math.min(right, at + 7))).toBeGreaterThanOrEqual(4);
    await keepPicture(viewed.page, `instant-${name}`);
  });

  // The browser itself tells whoever reads pixels twice of a faster way.
  test('is no error', () =>
    expect(viewed.opened.errors.filter((error) => !error.includes('getImageData'))).toEqual([]));
});
