// Groups of ops, bubbles and what reports say: the same figures as the report gives.
import { beforeAll, describe, expect, it } from 'vitest';
import { topOps } from '../../../../src/analysis/index.ts';
import type { ViewedRun } from '../../../../src/session/requests/index.ts';
import { asked, viewedFixture, viewedPlanted } from '../../../support/viewed-runs.ts';

let folder: ViewedRun;
beforeAll(async () => {
  folder = await viewedFixture('ascend-folders/ascend-pt-ranks');
});

describe('instances', () => {
  it.each([['type'], ['name'], ['class'], ['stream'], ['rank'], [{ arg: 'Task Type' }]] as const)(
    'by %j are those that the table of top ops counts',
    async (by) => {
      const groups = await topOps(folder.analysis, { by });
      expect(groups.length).toBeGreaterThan(0);
      for (const { key, count, totalNs } of groups) {
        const { json, columns } = await asked(folder, 'instances', { by, key, limit: 1e6 });
        expect(json.total).toBe(count);
        expect([...columns.durNs].reduce((sum, ns) => sum + ns, 0)).toBe(totalNs);
        expect([...columns.startNs]).toEqual([...columns.startNs].sort((a, b) => a - b));
      }
    },
  );

  it('are slices where they say they are', async () => {
    const [{ key }] = await topOps(folder.analysis, { by: 'name', limit: 1 });
    const { columns } = await asked(folder, 'instances', { by: 'name', key, limit: 3 });
    expect(columns.slice.length).toBe(3);
    for (const [row, slice] of columns.slice.entries()) {
      const { json } = await asked(folder, 'slice', { track: columns.track[row], slice });
      expect(json).toMatchObject({ name: key, startNs: columns.startNs[row], durNs: columns.durNs[row] });
    }
  });

  it('of a group that there is not are none', async () => {
    const { json, columns } = await asked(folder, 'instances', { by: 'type', key: 'constructor', limit: 10 });
    expect([json.total, columns.track.length]).toEqual([0, 0]);
  });
});

describe('bubbles', () => {
  const at = (startNs: number, endNs: number) => ({ startNs, endNs });
  const planted = () =>
    viewedPlanted({
      rank: 0,
      tasks: [
        { name: 'first', stream: 2, ...at(0, 10_000) },
        // The host had called it long before the gap.
        { name: 'second', stream: 2, ...at(50_000, 60_000), launch: { startNs: 1_000, endNs: 2_000 } },
        { name: 'third', stream: 2, ...at(160_000, 170_000) },
      ],
    });

  it('are those of a row, with the ops around and the call that launched the one after', async () => {
    const { json } = await asked(await planted(), 'bubble', { device: 0, kind: 'device', row: 0 });
    expect(json).toMatchObject({ device: 0, row: 0, startNs: 10_000, durNs: 40_000, frameworkNs: 0, launchNs: 0 });
    expect(json).toMatchObject({
      before: { name: 'first' },
      after: { name: 'second' },
      launch: { name: 'Node@launch' },
    });
  });

  it('are stepped through, also by those of a length only', async () => {
    const viewed = await planted();
    const next = async (afterNs: number, leastNs = 0) =>
      (await asked(viewed, 'nextBubble', { afterNs, kind: 'device', leastNs })).json?.startNs;
    expect([await next(-1), await next(10_000), await next(60_000)]).toEqual([10_000, 60_000, undefined]);
    expect(await next(-1, 50_000)).toBe(60_000);
    expect(await next(-1, 1e9)).toBeUndefined();
  });

  it('of every kind are as many as the report counts', async () => {
    for (const kind of ['device', 'compute', 'stream'] as const) {
      const ask = { language: 'en', sections: ['bubbles'], kind } as const;
      const { document } = (await asked(folder, 'report', ask)).json;
      let count = 0;
      for (let device = 0; device < folder.analysis.devices.length; device++) {
        for (let row = 0; ; row++, count++) {
          if ((await asked(folder, 'bubble', { device, kind, row })).json === null) break;
        }
      }
      expect(document.bubbles).toMatchObject({ kind, count });
    }
  });

  it('are none where there is none', async () => {
    expect((await asked(await planted(), 'bubble', { device: 0, kind: 'device', row: 2 })).json).toBeNull();
  });
});

describe('report', () => {
  it('says sections in a language, of one document', async () => {
    const sections = ['totals', 'topops'] as const;
    const [en, zh] = await Promise.all(
      (['en', 'zh'] as const).map((language) => asked(folder, 'report', { language, sections })),
    );
    expect(en.json.parts.map(({ section }) => section)).toEqual(sections);
    expect(zh.json.parts.map(({ title }) => title)).not.toEqual(en.json.parts.map(({ title }) => title));
    expect(zh.json.document).toBe(en.json.document);
    expect(en.json.document.steps).toMatchObject({ items: [] });
  });

  it('groups and cuts the table of ops as asked', async () => {
    const ask = { language: 'en', sections: ['topops'], by: 'name', limit: 2 } as const;
    const { document } = (await asked(folder, 'report', ask)).json;
    const expected = await topOps(folder.analysis, { by: 'name', limit: 2 });
    expect(document.topOps.map(({ key, count }) => [key, count])).toEqual(
      expected.map(({ key, count }) => [key, count]),
    );
  });
});
