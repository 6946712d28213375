// Names from traces are text, whatever they hold.
import { beforeAll, describe, expect, test } from 'vitest';
import { msprofJson } from '../support/planted-run.ts';
import { PANELS } from '../../viewer/state.ts';
import { browserAbsent, keepPicture, withBrowser } from './browser.ts';
import { savedTrace, view, type Viewed } from './viewed.ts';

const MARKUP = '<img src=x onerror="window.hacked=1">';
const NAMES = [
  MARKUP,
  '</script><script>window.hacked=1</script>',
  '"><svg onload=window.hacked=1>',
  'javascript:window.hacked=1',
  '\u202Etxt.exe\u2066',
  `long ${'x'.repeat(10_000)}`,
  'nul\u0000byte \u001b[31m',
  'lone \ud800 surrogate',
  '__proto__',
  'constructor',
  '=1+1',
  '   ',
];

function hostileRun(): string {
  const time = (at: number, count: number) => ({ startNs: at * 100_000, endNs: at * 100_000 + count * 1000 });
  const tasks = NAMES.map((name, at) => ({
    ...{ name, stream: 3, ...time(at, 60), taskType: name, args: { [name]: name } },
    launch: { ...time(at, 5), name },
    operator: { ...time(at, 8), name },
  }));
  const collectives = NAMES.map((name, at) => ({ name, ...time(at, 20) }));
  const samples = NAMES.map((name, at) => ({ counter: name, series: name, timeNs: at * 1000, value: at }));
  return savedTrace('msprof_20260101000000.json', msprofJson({ rank: 0, tasks, collectives, samples }));
}

describe.skipIf(browserAbsent)('hostile names', () => {
  const open = withBrowser();
  let viewed: Viewed;
  let chosen = '';
  beforeAll(async () => {
    viewed = await view(await open(), hostileRun());
    const { json } = await viewed.ask('find', { text: MARKUP, limit: 100 });
    const place = json.places.find(({ track }) => track === viewed.track('Stream 3'));
    chosen = `${place?.track}.${place?.slice}`;
    viewed.page.on('dialog', (dialog) => {
      viewed.opened.errors.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
  });

  const expectNoHarm = async (): Promise<void> => {
    const { page, opened } = viewed;
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    expect(await page.locator('img, svg[onload], script:not([src]), a[href^="javascript:"]').count()).toBe(0);
    expect(opened.errors).toEqual([]);
  };

  test.each(PANELS)('are text in the panel %s', async (panel) => {
    await viewed.show(`panel=${panel}&by=name&slice=${chosen}&area=0_2000000_0-9&find=e`);
    expect((await viewed.page.locator('#panel').innerText()).trim().length).toBeGreaterThan(5);
    if (['top-ops', 'details', 'selection', 'search'].includes(panel)) {
      await expect.poll(() => viewed.page.locator('#panel').innerText()).toContain(MARKUP);
    }
    await expectNoHarm();
  });

  test('are found by what they hold', async () => {
    for (const text of ['<img', '</script>', '__proto__', 'surrogate']) {
      await viewed.show(`panel=search&find=${encodeURIComponent(text)}`);
      await expect.poll(() => viewed.page.locator('#panel tbody tr').count()).toBeGreaterThan(0);
    }
    await expectNoHarm();
  });

  test('are text on the timeline, its card and its list', async () => {
    const { page } = viewed;
    await viewed.show();
    for (const at of NAMES.keys()) {
      const { x, y } = await viewed.at(viewed.track('Stream 3'), at * 100_000 + 30_000);
      await page.mouse.move(x, y);
      await page.locator('.timeline-plot .card').waitFor();
    }
    await page.keyboard.press('t');
    await expect.poll(() => page.locator('.slice-list').innerText()).toContain(MARKUP);
    // However long a name is, its time stays in sight.
    const duration = await page.locator('.slice-list thead th').last().boundingBox();
    expect(duration!.x + duration!.width).toBeLessThan(1280);
    await keepPicture(page, 'hostile-names');
    await expectNoHarm();
  });

  test('turn no sentence around', async () => {
    for (const panel of PANELS) {
      await viewed.show(`panel=${panel}&by=name&slice=${chosen}&find=txt`);
      expect(await viewed.page.locator('body').innerText()).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    }
    await viewed.show('panel=search&find=txt');
    await expect.poll(() => viewed.page.locator('#panel').innerText()).toContain(String.raw`\u{202e}txt.exe\u{2066}`);
  });

  test('become no markup where a script would let them', async () => {
    const refused = await viewed.page.evaluate(() => {
      try {
        document.createElement('p').innerHTML = '<b>';
        return '';
      } catch (error) {
        return String(error);
      }
    });
    expect(refused).toContain('TrustedHTML');
    // What the browser says of it.
    viewed.opened.errors.length = 0;
  });

  test('come with a policy that would stop them', async () => {
    const response = await viewed.page.reload();
    const policy = response?.headers()['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/'unsafe-|\*|https?:/);
    await viewed.settle();
    await expectNoHarm();
  });
});
