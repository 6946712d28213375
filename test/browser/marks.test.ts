// Marks without a length are drawn on their tracks, told of and found again, also where a track has nothing else.
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { browserAbsent, keepPicture, withBrowser } from './browser.ts';
import { savedTrace, view, type Viewed } from './viewed.ts';

const HOSTILE = '<img src=x onerror="document.title=1">';
const ENDS_US = 1000;

describe.skipIf(browserAbsent)('a mark without a length', () => {
  const open = withBrowser();
  let viewed: Viewed;
  let [over, alone] = [-1, -1];
  beforeAll(async () => {
    const mark = (name: string, tid: number, ts: number) => ({ ph: 'i', pid: 1, tid, ts, s: 't', name });
    const traceEvents = [
      { ph: 'X', pid: 1, tid: 1, ts: 0, dur: ENDS_US, name: 'all' },
      mark('over a slice', 1, 300),
      ...[mark(HOSTILE, 2, 500), mark('near', 2, 800), mark('nearer', 2, 800.1)],
    ];
    viewed = await view(await open(), savedTrace('marks.json', JSON.stringify({ traceEvents })));
    over = viewed.info.tracks.findIndex(({ sliceCount, instantCount }) => sliceCount > 0 && instantCount > 0);
    alone = viewed.info.tracks.findIndex(({ sliceCount, instantCount }) => sliceCount === 0 && instantCount > 0);
  });
  beforeEach(() => viewed.show());

  /** Over slices they are at the top of the row. */
  const placeOf = async (track: number, us: number) => {
    const { x, y } = await viewed.at(track, us * 1000);
    return { x, y: track === over ? y - 5 : y };
  };
  const cardAt = async (track: number, us: number): Promise<string> => {
    const { x, y } = await placeOf(track, us);
    await viewed.page.mouse.move(x + 1, y);
    await viewed.settle();
    const card = viewed.page.locator('.timeline .card');
    return (await card.isVisible()) ? card.innerText() : '';
  };

  test('is told of: by its name, its time, and how many stand there', async () => {
    expect(await cardAt(over, 300)).toMatch(/^over a slice\n300 µs/);
    expect(await cardAt(alone, 500)).toContain(HOSTILE);
    expect(await cardAt(alone, 800)).toMatch(/^near\n[^]*1 more/);
    expect(await cardAt(alone, 650)).toBe('');
    await keepPicture(viewed.page, 'marks');
  });

  test('does not hide the slice below it', async () => {
    const { x, y } = await viewed.at(over, 300_000);
    await viewed.page.mouse.move(x, y + 3);
    await viewed.settle();
    expect(await viewed.page.locator('.timeline .card').innerText()).toMatch(/^all\n/);
  });

  test('is drawn where it was', async () => {
    await viewed.page.mouse.move(5, 5);
    await viewed.settle();
    const { x, y } = await placeOf(alone, 500);
    const canvas = (await viewed.page.locator('.tracks-canvas').boundingBox())!;
    const colours = await viewed.page.evaluate(
      ([left, top]) => {
        const drawing = document.querySelector<HTMLCanvasElement>('.tracks-canvas')!.getContext('2d')!;
        const { data } = drawing.getImageData(left - 30, top, 31, 1);
        return [data.slice(0, 3).join(), data.slice(-4, -1).join()];
      },
      [Math.round(x - canvas.x), Math.round(y - canvas.y)] as const,
    );
    expect(colours[0]).not.toBe(colours[1]);
  });

  test('is listed with all of its name where it is clicked', async () => {
    const { x, y } = await placeOf(alone, 500);
    await viewed.page.mouse.click(x, y);
    await expect.poll(() => viewed.state()).toMatchObject({ panel: 'search', search: HOSTILE });
    await expect.poll(() => viewed.page.locator('#panel tbody').innerText()).toContain(HOSTILE);
    expect(await viewed.page.title()).not.toBe('1');
  });

  test('is no error', () => expect(viewed.opened.errors).toEqual([]));
});
