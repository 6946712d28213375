// A run that was saved in a page is the run that was read, without the files.
import { describe, expect, test } from 'vitest';
import { SECTIONS } from '../../../../src/report/index.ts';
import { answer } from '../../../../src/session/requests/index.ts';
import { commonFolder, openSaved, saveRun } from '../../../../src/session/requests/saved-run.ts';
import type { ViewedRun } from '../../../../src/session/requests/viewed-run.ts';
import { cutRun } from '../../../../src/timeline/cut.ts';
import { dumpTimeline, type Run } from '../../../../src/timeline/index.ts';
import { FOLDER_FIXTURES, fixtureCases } from '../../../support/fixtures.ts';
import { viewedFixture, viewedRun } from '../../../support/viewed-runs.ts';

const READERS = [FOLDER_FIXTURES, 'torch-kineto', 'chrome-json', 'ascend-msprof-json', 'ascend-op-csv', 'ascend-db'];
const cases = READERS.flatMap((reader) => fixtureCases(reader).map((name) => `${reader}/${name}`));

test('there are fixtures of every kind', () => {
  expect(cases.length).toBeGreaterThan(20);
});

describe.each(cases)('%s', (folder) => {
  test('comes back row by row, with args, tables, facts and figures', async () => {
    const viewed = await viewedFixture(folder);
    const again = await savedAndOpened(viewed);
    const above = commonFolder(viewed.run);
    expect(await allOf(again)).toEqual((await allOf(viewed)).map((text) => text.replaceAll(above, '')));
    expect((await allOf(again)).join('')).not.toContain(above);
  });
});

test('a part has none of the names that are only in the rest', async () => {
  const { run } = await viewedFixture('ascend-msprof-json/decode-2026');
  const part = cutRun(run, { fromNs: 0, toNs: 1_000_000 });
  const left = new Set(namesIn(part));
  const gone = [...new Set(namesIn(run))].filter((name) => !left.has(name) && name.includes('_'));
  expect(gone.length).toBeGreaterThan(0);
  const bytes = Buffer.from(await saveRun(viewedRun(part)));
  expect(gone.filter((name) => bytes.includes(name))).toEqual([]);
  expect([...left].filter((name) => !bytes.includes(name))).toEqual([]);
});

async function savedAndOpened(viewed: ViewedRun): Promise<ViewedRun> {
  return openSaved(Uint8Array.from(await saveRun(viewed)).buffer);
}

async function allOf(viewed: ViewedRun): Promise<string[]> {
  const { shards, originNs, endNs, alignment } = viewed.run;
  const dumps = await Promise.all(shards.map(({ timeline }) => dumpTimeline(timeline)));
  const facts = shards.map(({ timeline: _, ...shard }) => shard);
  const run = [`${originNs} ${endNs}`, shown(alignment ?? null), shown(facts), shown(viewed.facts.diagnostics.list())];
  const asks = { run: {}, report: { language: 'en', sections: SECTIONS }, communication: {}, memory: {} };
  const answers = Object.entries(asks).map(async ([name, ask]) => shown((await answer(viewed, name, ask)).json));
  return [...dumps, ...run, ...(await Promise.all(answers))];
}

function shown(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? `${each} ns` : each), 1);
}

function namesIn({ shards }: Run): string[] {
  return shards.flatMap(({ timeline: { slices, strings } }) => Array.from(slices.name, (id) => strings.get(id)));
}
