// Runs of one job opened together: each rank has several captures.
import { beforeAll, describe, expect, it } from 'vitest';
import { analyseRun, collectivesOf, rankFigures, topOps } from '../../../src/analysis/index.ts';
import { reasonOf } from '../../../src/analysis/ranks/slow-reason.ts';
import { Diagnostics } from '../../../src/base/index.ts';
import { buildReport, renderReport, type ReportDocument } from '../../../src/report/index.ts';
import { type PlantedRank, plantedRun } from '../../support/planted-run.ts';
import { tableOf } from '../../support/runs.ts';

const MS = 1_000_000;
const HOUR = 3600e9;

/** A rank computes, and all ranks of the run are done with their collective at the same time. */
function ranksOfRun(folder: string, fromNs: number, lateNs: number): PlantedRank[] {
  return [0, 1].map((rank) => {
    const startNs = fromNs + rank * lateNs;
    const task = { name: 'MatMul', stream: 2, startNs, endNs: startNs + 5 * MS, taskType: 'AI_CORE' };
    const copy = { ...task, name: 'MEMCPY_ASYNC', taskType: 'MEMCPY_ASYNC', stream: 3, startNs: task.endNs };
    const collective = { name: 'hcom_allReduce__586_0_1', startNs: task.endNs, endNs: fromNs + 9 * MS };
    const tasks = [task, { ...copy, endNs: copy.startNs + MS }];
    return { rank, capture: `/job/${folder}/rank${rank}_ascend_pt`, tasks, collectives: [collective] };
  });
}

const [MONDAY, TUESDAY] = [ranksOfRun('monday', 0, MS), ranksOfRun('tuesday', HOUR, 2 * MS)];

async function analysisOf(ranks: readonly PlantedRank[]) {
  return analyseRun(await plantedRun(ranks), { steps: { detect: false } });
}

async function reportOf(ranks: readonly PlantedRank[]): Promise<ReportDocument> {
  const facts = { tool: { name: 'traceconv', version: '0' }, inputs: [], diagnostics: new Diagnostics() };
  return buildReport(await analysisOf(ranks), facts);
}

describe('two captures of each rank', () => {
  let document: ReportDocument;
  beforeAll(async () => {
    document = await reportOf([...MONDAY, ...TUESDAY]);
  });

  it('are told apart by what their folders differ in, wherever a device is named', () => {
    const named = [
      [0, 'monday'],
      [0, 'tuesday'],
      [1, 'monday'],
      [1, 'tuesday'],
    ];
    const { totals, ranks } = document;
    expect(totals.map(({ rank, capture }) => [rank, capture])).toEqual(named);
    expect(ranks?.items.map(({ rank, capture }) => [rank, capture])).toEqual(named);
    const text = renderReport(document, 'csv', { language: 'en', section: 'totals' });
    for (const [rank, capture] of named) expect(text).toContain(`rank ${rank} · NPU 0 · ${capture}`);
  });

  it('each have their own copies', () => {
    expect(document.totals.map(({ copyNs }) => copyNs)).toEqual([MS, MS, MS, MS]);
  });

  it('are groups of their own in top ops by rank', async () => {
    const groups = await topOps(await analysisOf([...MONDAY, ...TUESDAY]), { by: 'rank' });
    expect(groups.map(({ key }) => key).sort()).toEqual([
      'rank 0 · monday',
      'rank 0 · tuesday',
      'rank 1 · monday',
      'rank 1 · tuesday',
    ]);
  });
});

describe('one capture of each rank', () => {
  it('is not named', async () => {
    const { totals } = await reportOf(MONDAY);
    expect(totals.map(({ capture }) => capture)).toEqual([null, null]);
  });
});

describe('ranks of several runs', () => {
  it('are compared with those of the same run only', async () => {
    const figures = rankFigures(await analysisOf([...MONDAY, ...TUESDAY]));
    const { steps, spreads, slow } = figures;
    expect(steps.map(({ startSkewNs }) => startSkewNs)).toEqual([0, 0, MS, 2 * MS]);
    expect(steps.map(({ waitNs }) => waitNs)).toEqual([MS, 2 * MS, 0, 0]);
    expect(slow.compared).toBe(2);
    const waits = spreads.filter(({ figure }) => figure === 'waitNs');
    expect(waits.map(({ maxNs }) => maxNs).sort()).toEqual([MS, 2 * MS]);
  });

  it('have no start skew where none of the others ran at that time', async () => {
    const { steps } = rankFigures(await analysisOf([...MONDAY, TUESDAY[0]]));
    expect(steps.map(({ startSkewNs }) => startSkewNs)).toEqual([0, undefined, MS]);
    const apart = rankFigures(await analysisOf([MONDAY[0], TUESDAY[1]]));
    expect(apart.steps.map(({ startSkewNs }) => startSkewNs)).toEqual([undefined, undefined]);
  });

  it('are slow beside those of the same run', async () => {
    const analysis = await analysisOf([...MONDAY, ...TUESDAY]);
    const collectives = collectivesOf(analysis);
    const isLater = (participant: number): boolean => collectives.sides.jobs[participant] === 1;
    const steps = rankFigures(analysis).steps.map((step) =>
      isLater(step.participant) ? { ...step, computeNs: 2 * step.computeNs! } : step,
    );
    const [participant] = steps.map((step) => step.participant).filter(isLater);
    const slow = { participant, votes: [], previous: new Int32Array(0), steps };
    expect(reasonOf(analysis, collectives, slow).computeNs).toBe(0);
  });

  it('may lack a rank in one run that another run has', async () => {
    const analysis = await analysisOf([...MONDAY, TUESDAY[0], { ...TUESDAY[1], rank: 2 }, { ...MONDAY[1], rank: 2 }]);
    const { name } = MONDAY[0].collectives![0];
    const link = { name, group: '', fromRank: 0, toRank: 2, transport: 'HCCS', sizeBytes: 8, transitNs: 5 };
    const [first, ...others] = analysis.run.shards;
    const timeline = { ...first.timeline, tables: [tableOf('links', 'matrix.json', [link])] };
    const run = { ...analysis.run, shards: [{ ...first, timeline }, ...others] };
    expect([...collectivesOf({ ...analysis, run }).isComplete]).toEqual([1, 0]);
  });
});
