// Devices whose streams are engines of cores, with commands queued in hardware: raw folders of the SG2260.
import { describe, expect, it } from 'vitest';
import { analyseRun, definitionFigures, findings, topOps } from '../../../src/analysis/index.ts';
import { BUBBLE_CAUSES } from '../../../src/analysis/bubbles/bubble.ts';
import type { Run } from '../../../src/timeline/index.ts';
import { readFiles } from '../../support/reading.ts';
import { runOf } from '../../support/runs.ts';
import {
  block,
  coreFile,
  dma,
  GDMA,
  globalFile,
  initNode,
  MCU,
  node,
  opening,
  tiu,
  TIU,
} from '../../support/sophon-folder.ts';

const US = 1000;
const NODES = [
  ...[initNode, node(1, 0, 0, 0, 1), node(0, 0, 0, 0, 1), node(1, 0, 0, 0, 2), node(0, 3, 2, 0, 2)],
  node(0, 2, 1, 0, 3),
];
/** Computes twice, 30 us apart, of which data is loaded for 24; then after 20 us in which nothing happens. */
const TIU_RECORDS = [
  ...opening(100, tiu),
  ...[tiu(10 * US, 20 * US - 1, 0), tiu(50 * US, 60 * US - 1, 1), tiu(80 * US, 90 * US - 1, 2)],
];
const GDMA_RECORDS = [...opening(90, dma), dma(5 * US, 10 * US - 1, 0, 50_000), dma(25 * US, 49 * US - 1, 1, 48_000)];

/** Pauses of 99 and of 100 ns: what an engine needs between two commands, and the shortest that is a bubble. */
const CLOSE_RECORDS = [...opening(100, tiu), tiu(1000, 1999, 0), tiu(2099, 2999, 1), tiu(3100, 3999, 2)];

const core = (number: number): ReturnType<typeof coreFile> =>
  coreFile(number, block(TIU, ...TIU_RECORDS), block(GDMA, ...GDMA_RECORDS), block(MCU, ...NODES));

async function runWith(...cores: readonly number[]): Promise<Run> {
  return runOf((await readFiles('sophon-raw', [globalFile(), ...cores.map(core)])).timeline);
}

describe('bubbles', () => {
  it('are of copies by another engine of the core where these fill most of the gap', async () => {
    const [{ bubbles }] = analyseRun(await runWith(0)).devices;
    const device = bubbles.find(({ kind }) => kind === 'device')!;
    const said = Array.from({ length: device.length }, (_, at) => [
      device.durNs[at],
      BUBBLE_CAUSES[device.cause[at]],
      Number(device.confidence[at].toFixed(2)),
    ]);
    expect(said).toEqual([
      [30 * US, 'copy', 0.8],
      [20 * US, 'unknown', 0],
    ]);
  });
});

describe('bubbles where nobody says how long they are', () => {
  it('begin at a hundred ns, as nobody launches commands of engines one by one', async () => {
    const { timeline } = await readFiles('sophon-raw', [globalFile(), coreFile(0, block(TIU, ...CLOSE_RECORDS))]);
    const [{ bubbles }] = analyseRun(runOf(timeline)).devices;
    expect([...bubbles[0].durNs]).toEqual([100]);
    expect([bubbles[0].belowThresholdCount, bubbles[0].belowThresholdNs]).toEqual([1, 99]);
  });
});

describe('ops', () => {
  it('are cube or vector by their type', async () => {
    const ops = await topOps(analyseRun(await runWith(0)), { by: 'type' });
    expect(ops.map(({ key, opClass }) => [key, opClass])).toEqual(
      expect.arrayContaining([
        ['CONV', 'cube'],
        ['MM', 'cube'],
        ['AR', 'vector'],
      ]),
    );
  });

  it('are told apart by core where there are several', async () => {
    const ops = await topOps(analyseRun(await runWith(0, 3)), { by: 'stream' });
    expect(ops.map(({ key }) => key).sort()).toEqual(['Core 0 TIU', 'Core 3 TIU']);
  });
});

describe('slow-feeding', () => {
  it('is told of transfers in which nothing computes, instead of copies and of launches', async () => {
    const found = await findings(analyseRun(await runWith(0)));
    expect(found.map(({ rule }) => rule)).toEqual(['slow-feeding']);
    expect(found[0]).toMatchObject({
      stakeNs: 24 * US,
      evidence: { copyCount: 1, exposedNs: 24 * US, windowShare: 0.3, bandwidthGbs: 2, kinds: ['GDMA DDR->LMEM'] },
    });
  });
});

it('Sophon’s ratios are of the sums of records, but for the two that open a session', async () => {
  const { rows } = definitionFigures('sophon', await runWith(0));
  const figures = Object.fromEntries(rows.map(({ figure, value }) => [figure, value]));
  expect(figures).toMatchObject({
    ...{ totalTime: 85, totalTiu: 30, totalGdma: 29, totalSdma: 0 },
    TiuWorkingRatio: (100 * 30) / 85,
    Parallelism: (100 * 59) / 85,
    Concurrency: (100 * (59 - 85)) / 29,
  });
});
