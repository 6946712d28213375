// A run that was saved in a page is the run that was read, without the files.
import { describe, expect, test } from 'vitest';
import { analyseRun, BUBBLE_CAUSES, BUBBLE_KINDS, type DeviceAnalysis } from '../../../../src/analysis/index.ts';
import { SECTIONS } from '../../../../src/report/index.ts';
import { answer } from '../../../../src/session/requests/index.ts';
import { commonFolder, openSaved, partOf, saveRun } from '../../../../src/session/requests/saved-run.ts';
import type { ViewedRun } from '../../../../src/session/requests/viewed-run.ts';
import { cutRun } from '../../../../src/timeline/cut.ts';
import { dumpTimeline, type Run } from '../../../../src/timeline/index.ts';
import { FOLDER_FIXTURES, fixtureCases } from '../../../support/fixtures.ts';
import { plantedDecode } from '../../../support/planted-decode.ts';
import { asked, viewedFixture, viewedPlanted, viewedRun } from '../../../support/viewed-runs.ts';

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

describe('a part of a run', async () => {
  const { run, steps } = await plantedDecode({ seed: 1, layers: 4, tokens: 12, ranks: 2, sideStream: true });
  const whole = viewedRun(run);
  const middleOf = (step: number): number => (steps[0][step].startNs + steps[0][step].endNs) >> 1;
  const part = await savedAndOpened(partOf(whole, { fromNs: middleOf(3), toNs: middleOf(8) }, 'part'));

  test('has the steps of the run that lie in it, and names those that it cuts', async () => {
    const ofWhole = (await asked(whole, 'run', {})).json.steps;
    const { steps: own, name } = (await asked(part, 'run', {})).json;
    expect(name).toBe('part');
    expect(own.map(({ id }) => id)).toEqual(['4', '5', '6', '7', '4', '5', '6', '7']);
    expect(ofWhole).toEqual(expect.arrayContaining([...own]));
    const { document } = (await asked(part, 'report', { language: 'en', sections: ['steps'] })).json;
    expect(document.steps.cut.map(({ id }) => id)).toEqual(['3', '8', '3', '8']);
  });

  test.each(BUBBLE_KINDS)('has bubbles (%s) with the causes that they have in the run', async (kind) => {
    const all = async (viewed: ViewedRun) => {
      const { document } = (
        await asked(viewed, 'report', { language: 'en', sections: ['bubbles'], kind, limit: 10_000 })
      ).json;
      return new Map(
        document.bubbles?.items.map((item) => [`${item.startNs} ${item.durNs} ${item.rank} ${item.stream}`, item]),
      );
    };
    const [ofWhole, ofPart] = [await all(whole), await all(part)];
    const shared = [...ofPart].filter(([key]) => ofWhole.has(key));
    expect(shared.length).toBeGreaterThan(3);
    expect(ofPart.size - shared.length).toBeLessThan(3);
    for (const [key, { cause, confidence }] of shared) {
      expect([key, cause, confidence]).toEqual([key, ofWhole.get(key)?.cause, ofWhole.get(key)?.confidence]);
    }
  });
});

test('a bubble whose late launch began before the part keeps its cause', async () => {
  const late = { startNs: 5_000, endNs: 195_000 };
  const tasks = [0, 1, 2, 3, 4, 5].map((at) => ({
    ...{ name: `op${at}`, stream: 1, startNs: at * 200_000, endNs: at * 200_000 + 10_000 },
    launch: { startNs: at * 200_000 - late.endNs, endNs: at * 200_000 - late.startNs },
  }));
  const whole = await viewedPlanted({ rank: 0, tasks });
  const [origin] = whole.analysis.devices[0].tasks.startNs;
  const range = { fromNs: origin + 2 * 200_000 + 5_000, toNs: origin + 5 * 200_000 };
  const [cut] = analyseRun(cutRun(whole.run, range)).devices;
  const [known] = (await savedAndOpened(partOf(whole, range, 'part'))).analysis.devices;
  const causes = ({ bubbles: [{ cause, length }] }: DeviceAnalysis) =>
    Array.from(cause.subarray(0, length), (code) => BUBBLE_CAUSES[code]);
  expect(causes(known)).toEqual(causes(whole.analysis.devices[0]).slice(2, 4));
  expect(causes(known)).not.toEqual(causes(cut));
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
