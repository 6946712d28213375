// Each panel, in both languages and themes, with figures that are known of the run.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Language } from '../../src/locale/index.ts';
import { VIEWER_WORDS } from '../../src/locale/viewer.ts';
import { formatShortDuration } from '../../src/report/format.ts';
import { decodeAnswer } from '../../src/session/requests/codec.ts';
import type { AnswerTo } from '../../src/session/requests/protocol.ts';
import type { PanelId } from '../../viewer/state.ts';
import { projectRoot } from '../support/project.ts';
import { serious, withAxe } from './axe.ts';
import { browserAbsent, keepPicture, withBrowser } from './browser.ts';
import { decodeRun, FORMULA, knownRun } from './known-run.ts';
import { MEASURED, measuredRuns, plantedNs, SCRAPED_TTFT_NS } from './measured.ts';
import { view, type Viewed } from './viewed.ts';

interface Shown {
  /** Figures of decodeRun(), and names. */
  readonly texts: readonly string[];
  readonly says: Readonly<Record<Language, string>>;
  /** What else the address says. */
  readonly fragment?: string;
}

const SHOWN: Readonly<Record<PanelId, Shown>> = {
  summary: {
    texts: ['1,174', '475 µs · 75.2 %', '6.64 ms', '100 µs'],
    says: { en: 'Why devices idle', zh: '空闲原因' },
  },
  'top-ops': {
    texts: ['MatMulV3', '312 µs', '234', '8.74 ms'],
    says: { en: 'What takes most of a token', zh: '单个 token 中最耗时的算子' },
  },
  bubbles: {
    texts: ['9.00 ms', '7.60 ms', '84.4 %', 'ArgMaxV2'],
    says: { en: 'The longest bubbles', zh: '最长的空泡' },
  },
  steps: {
    texts: ['rank_1 · NPU 0', '657 µs', 'FusedInferAttentionScore'],
    says: { en: 'exposed comm', zh: '未掩盖通信' },
  },
  ranks: { texts: [], says: { en: 'Only one rank was read', zh: '只读到一张卡' } },
  communication: { texts: ['hcom_allReduce', '200 µs'], says: { en: 'Collectives', zh: '集合通信' } },
  memory: { texts: ['6,144 KB'], says: { en: 'at most', zh: '峰值' } },
  flame: { texts: ['Node@launch', 'step 7', '13.3 ms'], says: { en: 'Click a frame', zh: '点击栈帧' } },
  metrics: { texts: ['--save-result'], says: { en: 'No benchmark', zh: '基准测试' } },
  details: {
    texts: ['step 0', '1,000,000 ns', '34.0 µs'],
    says: { en: 'Both take 34.0 µs', zh: '耗时均为 34.0 µs' },
    fragment: '&slice=0.0',
  },
  selection: { texts: ['MatMulV3'], says: { en: 'By track', zh: '按泳道' }, fragment: '&area=0_5000000_0-11' },
  compare: { texts: ['--base'], says: { en: 'Only one run is open', zh: '只打开了一个运行' } },
  search: { texts: ['MatMulV3', '3.220 ms'], says: { en: 'Places', zh: '位置' }, fragment: '&find=matmul' },
};

const LOOKS = (['en', 'zh'] as const).flatMap((language) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ language, colorScheme })),
);
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-US', zh: 'zh-CN' };

describe.skipIf(browserAbsent)('panels', () => {
  const open = withBrowser();

  describe.each(LOOKS)('in $language, $colorScheme', ({ language, colorScheme }) => {
    let viewed: Viewed;
    beforeAll(async () => {
      viewed = await view(await open({ locale: LOCALES[language], colorScheme }), decodeRun());
    });

    test.each(Object.keys(SHOWN) as PanelId[])('%s', async (id) => {
      const { texts, says, fragment } = SHOWN[id];
      const { page } = viewed;
      const panel = page.locator('#panel');
      if (fragment !== undefined) await viewed.show(fragment.slice(1));
      await page.getByRole('tab', { name: VIEWER_WORDS[language].panels[id], exact: true }).click();
      await viewed.settle();
      await expect.poll(() => viewed.state().panel).toBe(id);
      const shown = await panel.innerText();
      for (const text of [...texts, says[language]]) expect(shown).toContain(text);
      const { isLight, contrast, isWiderThanPage } = await panel.locator('.panel').evaluate(looks);
      expect({ isLight, isWiderThanPage }).toEqual({ isLight: colorScheme === 'light', isWiderThanPage: false });
      expect(contrast).toBeGreaterThan(7);
      expect(await panel.getAttribute('aria-labelledby')).toBe(`tab-${id}`);
      await keepPicture(page, `${id}-${language}-${colorScheme}`);
    });

    test('ranks, where there are several', async () => {
      const several = join(projectRoot, 'fixtures', 'ascend-folders', 'ascend-pt-ranks');
      const ranks = await view(await open({ locale: LOCALES[language], colorScheme }), several);
      await ranks.show('panel=ranks');
      const { page } = ranks;
      const panel = page.locator('#panel');
      const heading = { en: 'Mean step of each rank', zh: '各卡平均迭代' }[language];
      await panel.getByRole('heading', { name: heading }).waitFor();
      await panel.getByRole('application').press('ArrowDown');
      const cell = {
        en: /^rank \d.* · step \d+ · duration [\d.]+ .s$/m,
        zh: /^rank \d.* · 迭代 \d+ · 时长 [\d.]+ .s$/m,
      };
      expect(await panel.innerText()).toMatch(cell[language]);
      await keepPicture(page, `several-ranks-${language}-${colorScheme}`);
    });

    test('say all in that language', async () => {
      expect(await viewed.page.locator('html').getAttribute('lang')).toBe({ en: 'en', zh: 'zh-CN' }[language]);
      const shown = await viewed.page.locator('body').innerText();
      const letters = shown.match(/[\u4e00-\u9fff]/g) ?? [];
      // The English page offers Chinese in Chinese.
      if (language === 'en') expect(letters.join('')).toBe('中文');
      else expect(letters.length).toBeGreaterThan(50);
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

  test.each([
    ['a bubble', 'bubbles', 'The longest bubbles'],
    ['the instances of an op', 'top-ops', 'All ops'],
  ] as const)('%s is told of below the rows it was chosen from', async (_, panel, table) => {
    const viewed = await view(await open(), decodeRun());
    const { page } = viewed;
    await viewed.show(`panel=${panel}`);
    const rows = page.locator('#panel').getByRole('region', { name: table }).locator('tbody .opens');
    await rows.nth(1).click();
    const card = page.locator('#panel section.card');
    await card.waitFor();
    const [kept, place] = await Promise.all([card, page.locator('#panel')].map((each) => each.boundingBox()));
    expect(kept!.height).toBeGreaterThan(20);
    expect(kept!.y + kept!.height).toBeLessThanOrEqual(place!.y + place!.height);
    expect(kept!.height).toBeLessThan(0.6 * place!.height);
    // Another row can be chosen at once.
    await rows.first().click({ timeout: 2000 });
    await keepPicture(page, `${panel}-opened`);
  });

  describe('of what was measured', () => {
    let viewed: Viewed;
    beforeAll(async () => {
      viewed = await view(await open(), ...measuredRuns());
    });
    const text = (): Promise<string> => viewed.page.locator('#panel').innerText();
    const hash = (): URLSearchParams => new URLSearchParams(new URL(viewed.page.url()).hash.slice(1));
    const frame = (name: string) =>
      viewed.page.locator('.flame .frame').filter({ has: viewed.page.locator('title', { hasText: name }) });
    const duration = (ns: number): string => formatShortDuration(ns);

    test('stacks are looked into by a click, which the address keeps', async () => {
      const { page } = viewed;
      await viewed.show('panel=flame');
      await frame('train.py(12): step ').first().click();
      const about = page.locator('.readout');
      await expect.poll(() => about.innerText()).toContain(`host ${duration(plantedNs('4711/4711', 'train.py'))}`);
      const stack = hash().get('stack');
      expect(stack).toMatch(/^\d+\.\d+$/);
      const whole = await page.locator('.flame').boundingBox();
      const boxOf = async (name: string) => (await frame(name).first().locator('rect').boundingBox())!;
      expect((await boxOf('train.py(12): step ')).width).toBeGreaterThan(0.95 * whole!.width);
      expect(await frame('ProfilerStep ').count()).toBe(1);
      await page.goBack();
      await expect.poll(() => hash().get('stack')).toBeNull();
      expect((await boxOf('train.py(12): step ')).width).toBeLessThan(0.6 * whole!.width);
      await page.goForward();
      await expect.poll(() => hash().get('stack')).toBe(stack);
      await page.reload();
      await page.getByRole('button', { name: 'All stacks' }).click();
      await expect.poll(() => hash().get('stack')).toBeNull();
      expect(await page.getByRole('button', { name: 'All stacks' }).isVisible()).toBe(false);
    });

    test('stacks are walked through by key, and each frame is said', async () => {
      const { page } = viewed;
      await viewed.show('panel=flame');
      const picture = page.getByRole('application', { name: /^Stacks of the host/ });
      const said = page.getByRole('status').first();
      await picture.press('ArrowDown');
      await picture.press('ArrowDown');
      await expect.poll(() => said.innerText()).toMatch(/^train\.py\(12\): step · host 197 µs/);
      expect(hash().get('stack')).toBeNull();
      await picture.press('Enter');
      await expect.poll(() => hash().get('stack')).not.toBeNull();
      await picture.press('Escape');
      await expect.poll(() => page.locator('.readout').innerText()).toMatch(/^ProfilerStep · host 400 µs/);
      await picture.press('Escape');
      await expect.poll(() => hash().get('stack')).toBeNull();
    });

    test('stacks are as wide as the device time that they launched, and marked by name', async () => {
      const { page } = viewed;
      await viewed.show('panel=flame');
      await page.getByLabel('Width is').selectOption('device');
      await expect.poll(() => hash().get('stacks')).toBe('device');
      await page.getByPlaceholder('Mark frames by name').fill('aten::MM');
      // In both steps, one of which a frame of Python wraps.
      const kernels = plantedNs('0/7', 'void cutlass');
      await expect.poll(text).toContain('2 frames, ');
      const told = await frame('aten::mm ').locator('title').allTextContents();
      expect(told).toHaveLength(2);
      for (const each of told) expect(each).toContain(`device ${duration(kernels / 2)}`);
      await expect.poll(() => hash().get('frames')).toBe('aten::MM');
      await withAxe(page);
      expect((await serious(page)).serious).toEqual([]);
      await page.getByPlaceholder('Mark frames by name').press('Enter');
      await expect.poll(() => page.locator('.readout').innerText()).toMatch(/^aten::mm/);
    });

    test('metrics of two runs are weighed, and one measurement is chosen', async () => {
      const { page } = viewed;
      const [first, second] = MEASURED;
      const ms = (ns: number): string => `${(ns / 1e6).toFixed(2)} ms`;
      await viewed.show('panel=metrics');
      const changes = page.getByRole('region', { name: 'Changes' });
      await changes.waitFor();
      const rows = changes.locator('tbody tr', { has: page.getByText('ttft.mean', { exact: true }) });
      const cells = await rows.locator('td').allInnerTexts();
      for (const { labels, metrics } of [first, second]) {
        const wanted = [labels['max_concurrency'], 'ttft.mean', ms(metrics['ttft.mean']), ms(2 * metrics['ttft.mean'])];
        expect(cells.join('|')).toContain([...wanted, '+100.0 %'].join('|'));
      }
      const charts = page.locator('#panel figure');
      expect(await charts.first().locator('path').count()).toBe(4);
      expect(await charts.first().locator('path.is-other').count()).toBe(2);
      await page.getByLabel('Measurement').selectOption({ label: 'max_concurrency=16' });
      await expect.poll(() => hash().get('labels')).toContain('max_concurrency=16');
      await page.reload();
      await expect.poll(text).toContain(`${(second.metrics['ttft.mean'] / 1e6).toFixed(2)} ms`);
      expect(await text()).not.toContain((first.metrics['ttft.mean'] / 1e6).toFixed(2));
      expect(await charts.first().locator('path').count()).toBe(2);
      const median = `50 % take ${(second.metrics['ttft.p50'] / 1e6).toFixed(2)} ms or less`;
      expect(await charts.first().getByRole('img').getAttribute('aria-label')).toContain(median);
      await withAxe(page);
      expect((await serious(page)).serious).toEqual([]);
      await page.goBack();
      await expect.poll(() => hash().get('labels')).toBeNull();
    });

    test('the summary of results says what was measured, and leads on', async () => {
      const { page } = viewed;
      await viewed.show('run=1&panel=summary');
      await page.locator('.no-timeline').waitFor();
      expect(await page.locator('.tracks-canvas').isVisible()).toBe(false);
      await expect.poll(text).toContain('What was measured');
      const [first] = MEASURED;
      const shown = await text();
      expect(shown).toContain(`model=${first.labels['model']}`);
      expect(shown).toContain(`${((2 * first.metrics['ttft.mean']) / 1e6).toFixed(2)} ms`);
      expect(shown).not.toContain('0 slices');
      const [ttft] = await page.locator('#panel tbody tr', { hasText: 'TTFT' }).allInnerTexts();
      expect(ttft).toContain('lower');
      await page.getByRole('button', { name: 'All metrics' }).click();
      await expect.poll(() => hash().get('panel')).toBeNull();
      await page.getByRole('region', { name: 'Changes' }).waitFor();
    });

    test('scrapes are counters above their metrics', async () => {
      const { page, origin } = viewed;
      const response = await page.request.post(`${origin}/api/2/run`, { data: {}, headers: { origin } });
      // From the project's own server.
      const { json } = decodeAnswer(Uint8Array.from(await response.body()).buffer) as AnswerTo<'run'>;
      await viewed.show('run=2');
      await page.getByTitle('e2el p99').first().waitFor();
      const row = page.locator('#panel tbody tr', { has: page.getByText('TTFT', { exact: true }) }).first();
      const [, least, most] = /\(([\d,]+) … ([\d,]+)\)/.exec(await row.locator('td').nth(2).innerText()) ?? [];
      // Buckets are all that is known of it.
      expect(Number(least) * 1e6).toBeLessThanOrEqual(SCRAPED_TTFT_NS);
      expect(Number(most) * 1e6).toBeGreaterThanOrEqual(SCRAPED_TTFT_NS);
      await page.getByRole('tab', { name: 'Summary' }).click();
      await expect.poll(text).toContain(`${json.tracks.length} counters on the timeline`);
      expect(viewed.opened.errors).toEqual([]);
    });
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

/** In the page: of what colours a panel is, and whether it has to be scrolled sideways as a whole. */
function looks(panel: HTMLElement): { isLight: boolean; contrast: number; isWiderThanPage: boolean } {
  const { backgroundColor, color } = getComputedStyle(panel);
  const [ground, text] = [backgroundColor, color].map((each) => {
    const [red, green, blue] = each.match(/[\d.]+/g)!.map((value) => {
      const share = Number(value) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  });
  const contrast = (Math.max(ground, text) + 0.05) / (Math.min(ground, text) + 0.05);
  return { isLight: ground > 0.5, contrast, isWiderThanPage: panel.scrollWidth > innerWidth };
}
