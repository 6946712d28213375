// Ranks of real captures against the vendor's own figures of their collectives, read with JSON.parse; and paths that add up.
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { analyseRun, type RunAnalysis } from '../../src/analysis/analyse-run.ts';
import { collectivesOf, WAIT_SOURCES } from '../../src/analysis/collectives/collectives.ts';
import { CriticalPaths } from '../../src/analysis/critical-path/critical-path.ts';
import { rankFigures } from '../../src/analysis/ranks/rank-figures.ts';
import { Diagnostics } from '../../src/base/index.ts';
import { NodeHost } from '../../src/platform/node/index.ts';
import { openRun } from '../../src/session/index.ts';
import { noticeWhenAbsent, readSample, samplesAbsent, samplesRoot } from '../support/samples.ts';

noticeWhenAbsent('ranks of real captures');

async function analysisOf(folder: string): Promise<RunAnalysis> {
  const { run } = await openRun([join(samplesRoot, folder)], new NodeHost(), {}, new Diagnostics());
  return analyseRun(run);
}

interface VendorRecord {
  readonly 'Communication Time Info': { readonly 'Elapse Time(ms)': number };
}
type VendorDocument = Record<string, Record<string, Record<string, VendorRecord>>>;

/** By name and group, how long each op took. */
function elapsedNs(path: string): Map<string, number> {
  const document = JSON.parse(new TextDecoder().decode(readSample(path))) as VendorDocument;
  const ops = Object.values(document).flatMap((kinds) => Object.values(kinds).flatMap((each) => Object.entries(each)));
  return new Map(
    ops
      .filter(([name]) => name !== 'Total Op Info')
      .map(([name, record]) => [name, Math.round(record['Communication Time Info']['Elapse Time(ms)'] * 1e6)]),
  );
}

describe.skipIf(samplesAbsent)('four ranks of a pipeline, two of which are only figures', () => {
  const folder = 'ascend/torch_npu-llm-pp2';
  const told = samplesAbsent
    ? []
    : [0, 1, 2, 3].map((rank) =>
        elapsedNs(`${folder}/rank_${rank}_ascend_pt/ASCEND_PROFILER_OUTPUT/communication.json`),
      );
  let analysis: RunAnalysis;
  beforeAll(async () => {
    analysis = await analysisOf(folder);
  });

  test('wait as long as a collective lasts longer than where it is shortest', () => {
    const { sides, waitNs, waitSource } = collectivesOf(analysis);
    let compared = 0;
    for (let side = 0; side < sides.length; side++) {
      if (WAIT_SOURCES[waitSource[side]] !== 'ranks') continue;
      const key = `${sides.texts.get(sides.name[side])}@${sides.texts.get(sides.group[side])}`;
      const { rank } = sides.participants[sides.participant[side]];
      const shortest = Math.min(...told.flatMap((ops) => ops.get(key) ?? []));
      expect(Math.abs(waitNs[side] - (told[rank].get(key)! - shortest)), key).toBeLessThanOrEqual(1);
      compared++;
    }
    // What groups of one rank do, and what is sent from rank to rank, has no other side.
    const isShared = (key: string): boolean =>
      !key.includes('SendRecv') && told.filter((ops) => ops.has(key)).length > 1;
    expect(compared).toBe(told.flatMap((ops) => [...ops.keys()].filter(isShared)).length);
  });

  test('have waits, transfers and the rest that add up to what the ops took', () => {
    const { steps, participants } = rankFigures(analysis);
    expect(steps.map(({ participant }) => participants[participant].rank).sort()).toEqual([0, 1, 2, 3]);
    for (const { participant, waitNs, transferNs, unsplitNs } of steps) {
      const ops = told[participants[participant].rank];
      const total = [...ops.values()].reduce((sum, ns) => sum + ns, 0);
      expect(Math.abs(waitNs! + transferNs! + unsplitNs! - total)).toBeLessThanOrEqual(ops.size);
    }
  });

  test('transfer equally long, as each sends as much, whatever they wait', () => {
    const { spreads } = rankFigures(analysis);
    const spreadOf = (figure: string): number => spreads.find((each) => each.figure === figure)!.spread;
    expect(spreadOf('waitNs')).toBeGreaterThan(0.5);
    expect(spreadOf('transferNs')).toBeLessThan(0.01);
  });
});

describe.skipIf(samplesAbsent)('two of eight ranks', () => {
  test('wait for a rank that is not here, as their planes tell and the vendor does not', async () => {
    const { slow } = rankFigures(await analysisOf('ascend/torch_npu-ddp/level1'));
    expect(slow.ranks).toEqual([]);
    expect(slow.forAbsentRank.collectives).toBe(2);
    // 101 of 106 ms of communication on one rank and 95 of 100 on the other; "Wait Time" is 5.9 and 0.2 ms.
    expect(slow.forAbsentRank.lostNs).toBeGreaterThan(190e6);
  });
});

describe
  .skipIf(samplesAbsent)
  .each([
    'ascend/torch_npu-ddp/level0',
    'ascend/torch_npu-ddp/level1',
    'ascend/torch_npu-ddp-db',
    'ascend/torch_npu-2024',
    'ascend/torch_npu-llm-pp2',
    'ascend/msprof-2026',
  ])('the critical paths of %s', (folder) => {
  test('are as long as the devices were at work, and no op wins more than it takes on the path', async () => {
    const analysis = await analysisOf(folder);
    const paths = new CriticalPaths(analysis);
    for (const device of analysis.devices) {
      const { totals, window, ops } = paths.of(device, device.overlap.window);
      const sum = Object.values(totals).reduce((all, ns) => all + ns, 0);
      expect(sum).toBe(window.endNs - window.startNs);
      for (const { onPathNs, winNs = 0, winAloneNs = 0 } of ops) {
        expect(winNs).toBeLessThanOrEqual(onPathNs);
        expect(winAloneNs).toBeLessThanOrEqual(winNs);
      }
    }
  });
});
