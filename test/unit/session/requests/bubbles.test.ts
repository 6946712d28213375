// Bubbles shorter than what is listed can be asked for, one by one.
import { describe, expect, it } from 'vitest';
import { asked, viewedPlanted } from '../../../support/viewed-runs.ts';

describe('short bubbles', async () => {
  const lengthsNs = [500, 5_000, 50_000, 2_000];
  let endNs = 0;
  const tasks = [...lengthsNs, 0].map((gapNs, at) => {
    const startNs = endNs;
    endNs = startNs + 1_000 + gapNs;
    return { name: `op${at}`, stream: 1, startNs, endNs: startNs + 1_000 };
  });
  const viewed = await viewedPlanted({ rank: 0, tasks });
  const window = { startNs: 0, endNs: viewed.run.endNs, columnCount: 1000 };

  it.each([
    [undefined, [50_000], 3, 7_500],
    [1_000, [50_000, 5_000, 2_000], 1, 500],
    [0, [50_000, 5_000, 2_000, 500], 0, 0],
  ])('are listed from %j ns on, and those below summed up', async (leastNs, listedNs, count, belowNs) => {
    const ask = { language: 'en', sections: ['bubbles'], ...(leastNs === undefined ? {} : { leastNs }) } as const;
    const { bubbles } = (await asked(viewed, 'report', ask)).json.document;
    expect(bubbles?.items.map(({ durNs }) => durNs)).toEqual(listedNs);
    expect([bubbles?.belowThresholdCount, bubbles?.belowThresholdNs, bubbles?.totalNs]).toEqual([
      count,
      belowNs,
      57_500,
    ]);
  });

  it('are found by their row among as many', async () => {
    for (const leastNs of [10_000, 1_000, 0]) {
      const { bubbleRow, bubbleDevice, bubbleStartNs, bubbleDurNs } = (
        await asked(viewed, 'devices', { ...window, kind: 'device', leastNs })
      ).columns;
      const wide = lengthsNs.filter((ns) => ns >= Math.max(leastNs, viewed.run.endNs / 1000));
      expect([...bubbleDurNs]).toEqual(wide);
      for (const [at, row] of bubbleRow.entries()) {
        const { json } = await asked(viewed, 'bubble', { device: bubbleDevice[at], kind: 'device', row, leastNs });
        expect([json?.startNs, json?.durNs]).toEqual([bubbleStartNs[at], bubbleDurNs[at]]);
      }
    }
  });

  it.each([-1, 0.5, '1', null])('cannot be asked for from %j ns on', async (leastNs) => {
    const ask = { device: 0, kind: 'device', row: 0, leastNs } as never;
    await expect(asked(viewed, 'bubble', ask)).rejects.toMatchObject({ code: 'ask_wrong' });
  });
});
