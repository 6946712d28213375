// Two ops of two ranks at one place: the drawing moves, and no figure does.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { PROJECT } from '../golden/command.ts';
import { decodeAnswer } from '../../src/session/requests/codec.ts';
import type { AnswerTo, Ask } from '../../src/session/requests/protocol.ts';
import { browserAbsent, keepPicture, withBrowser } from './browser.ts';
import { serve } from './served.ts';

const RANKS = join(PROJECT, 'fixtures', 'ascend-folders', 'ascend-pt-ranks');

describe.skipIf(browserAbsent)('ranks are aligned', () => {
  const open = withBrowser();

  test.each(['light', 'dark'] as const)('by L and R, until Esc: %s', async (colorScheme) => {
    const { url } = await serve(RANKS);
    const { page, errors } = await open({ colorScheme });
    await page.goto(url);
    await page.getByRole('tab', { name: 'Summary' }).waitFor();
    const { groups, tracks } = await ask(page, 'run', {});
    const ranks = [...new Set(groups.map(({ rank }) => rank))];
    expect(ranks.length).toBeGreaterThan(1);
    const { places } = await ask(page, 'find', { text: 'a', limit: 500 });
    const [first, second] = ranks.slice(0, 2).map((rank, at) => {
      const own = places.filter(({ track }) => groups[tracks[track].group].rank === rank);
      const { track, slice } = own[at];
      return { track, slice };
    });
    const [fixed, other] = await Promise.all([first, second].map((ref) => ask(page, 'slice', ref)));

    await select(page, first);
    await page.keyboard.press('l');
    await select(page, second);
    await page.keyboard.press('r');
    const note = page.locator('.shift-note');
    await note.getByText('all figures are as measured').waitFor();
    await expect.poll(() => shiftOf(page)).toBe(`${ranks[1]}_${fixed.startNs - other.startNs}`);
    await expect.poll(() => page.getByText(/^shifted by [+-]/).count()).toBeGreaterThan(0);
    await page.keyboard.press('}');
    await page.waitForTimeout(600);
    await keepPicture(page, `aligned-${colorScheme}`);
    expect(await ask(page, 'slice', second)).toEqual(other);

    await page.keyboard.press('Escape');
    await note.waitFor({ state: 'hidden' });
    await expect.poll(() => shiftOf(page)).toBeNull();
    expect(errors).toEqual([]);
  });
});

const shiftOf = (page: Page): string | null =>
  new URLSearchParams(new URL(page.url()).hash.replace(/^#/, '')).get('shift');

async function select(page: Page, { track, slice }: { track: number; slice: number }): Promise<void> {
  await page.evaluate((ref) => {
    const values = new URLSearchParams(location.hash.replace(/^#/, ''));
    values.set('v', '1');
    values.set('slice', ref);
    values.set('panel', 'details');
    location.hash = values.toString();
  }, `${track}.${slice}`);
  await page.waitForTimeout(500);
}

async function ask<Name extends 'run' | 'find' | 'slice'>(page: Page, name: Name, question: Ask<Name>) {
  const bytes = await page.evaluate(
    async ([path, body]) => {
      const answer = await fetch(path, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
      return [...new Uint8Array(await answer.arrayBuffer())];
    },
    [`api/0/${name}`, JSON.stringify(question)],
  );
  return decodeAnswer(Uint8Array.from(bytes).buffer).json as AnswerTo<Name>['json'];
}
