import { describe, expect, it } from 'vitest';
import { analyseRun, type RunAnalysis } from '../../../src/analysis/analyse-run.ts';
import { collectivesOf, WAIT_SOURCES } from '../../../src/analysis/collectives/collectives.ts';
import { rankFigures, type RankFigures } from '../../../src/analysis/ranks/rank-figures.ts';
import type { Alignment, Run, Table } from '../../../src/timeline/index.ts';
import { type PlantedCollective, type PlantedRank, plantedRun, type PlantedTask } from '../../support/planted-run.ts';
import { tableOf } from '../../support/runs.ts';

const US = 1000;
const TRANSFER = 20 * US;
const name = (at: number): string => `hcom_allReduce__586_${at}_1`;

/** Each rank computes so long before each collective, which ends on all ranks 20 µs after the last one is there. */
function trainedTogether(computeUs: readonly (readonly number[])[], idleUs = computeUs.map(() => 0)): PlantedRank[] {
  const ranks = computeUs.map((_, rank) => ({
    rank,
    tasks: [] as PlantedTask[],
    collectives: [] as PlantedCollective[],
  }));
  let nowNs = 0;
  for (let at = 0; at < computeUs[0].length; at++) {
    const arrivals = ranks.map((_, rank) => nowNs + (computeUs[rank][at] + idleUs[rank]) * US);
    const endNs = Math.max(...arrivals) + TRANSFER;
    ranks.forEach(({ tasks, collectives }, rank) => {
      tasks.push({ name: 'MatMul', stream: 2, startNs: nowNs, endNs: nowNs + computeUs[rank][at] * US });
      const launch = { startNs: arrivals[rank] - 3 * US, endNs: arrivals[rank] - US };
      collectives.push({ name: name(at), startNs: arrivals[rank], endNs, launch });
    });
    nowNs = endNs;
  }
  return ranks;
}

function withTables(run: Run, tables: readonly (readonly Table[])[]): Run {
  const shards = run.shards.map((shard, at) => ({
    ...shard,
    timeline: { ...shard.timeline, tables: tables[at] ?? [] },
  }));
  return { ...run, shards };
}

const analysed = async (ranks: readonly PlantedRank[]): Promise<RunAnalysis> => analyseRun(await plantedRun(ranks));
const figuresOf = async (ranks: readonly PlantedRank[]): Promise<RankFigures> => rankFigures(await analysed(ranks));

describe('four ranks, one of which computes longer', async () => {
  const compute = (us: number): number[] => Array.from({ length: 10 }, (_, at) => us + (at % 3));
  const figures = await figuresOf(trainedTogether([compute(100), compute(101), compute(180), compute(102)]));

  it('all wait for that one, in every collective', () => {
    const [slow, ...others] = figures.slow.ranks;
    expect(others).toEqual([]);
    expect(slow).toMatchObject({ participant: 2, votes: 10, collectives: 10, lostNs: 10 * (80 + 79 + 78) * US });
    expect(slow.confidence).toBeGreaterThan(0.99);
  });

  it('as it computes longer than the mean of the others', () => {
    expect(figures.slow.ranks[0].reason).toEqual({
      ...{ why: 'computes-longer', computeNs: 10 * 79 * US, communicationNs: 0, idleNs: 0 },
    });
  });

  it('shows in the figures of each: wait and transfer are all of the communication', () => {
    expect(figures.steps.map(({ waitNs }) => waitNs)).toEqual([80, 79, 0, 78].map((us) => 10 * us * US));
    expect(figures.steps.map(({ transferNs }) => transferNs)).toEqual(Array(4).fill(10 * TRANSFER));
    for (const { communicationNs, waitNs, transferNs, unsplitNs } of figures.steps) {
      expect(waitNs! + transferNs! + unsplitNs!).toBe(communicationNs);
    }
    const compute = figures.spreads.find(({ figure }) => figure === 'computeNs');
    expect(compute).toMatchObject({ step: '', minNs: 1009 * US, maxNs: 1809 * US, participant: 2 });
    expect(compute?.spread).toBeCloseTo(800 / (1009 + 1019 + 1809 + 1029) / 0.25, 12);
  });
});

describe('a rank whose collectives are launched late', () => {
  it('is slow because of its host', async () => {
    const compute = Array<number>(8).fill(100);
    const { slow } = await figuresOf(trainedTogether([compute, compute, compute], [0, 40, 0]));
    expect(slow.ranks).toHaveLength(1);
    expect(slow.ranks[0]).toMatchObject({ participant: 1, votes: 8 });
    expect(slow.ranks[0].reason).toMatchObject({ why: 'host-late', computeNs: 0, idleNs: 8 * 40 * US });
  });
});

describe('ranks that take turns', () => {
  it('get no confidence that one of them is slow', async () => {
    const turns = [0, 1, 2, 3].map((rank) => Array.from({ length: 8 }, (_, at) => (at % 4 === rank ? 150 : 100)));
    const { slow } = await figuresOf(trainedTogether(turns));
    expect(slow.ranks.map(({ votes }) => votes)).toEqual([2, 2, 2, 2]);
    for (const { confidence } of slow.ranks) expect(confidence).toBe(0);
  });

  it('or that hardly differ get no votes', async () => {
    const alike = [100, 100.2, 100.4, 99.9].map((us) => Array<number>(6).fill(us));
    const { slow } = await figuresOf(trainedTogether(alike));
    expect(slow).toEqual({ ranks: [], compared: 6, forAbsentRank: { collectives: 0, lostNs: 0 } });
  });
});

describe('starts', async () => {
  const late = trainedTogether([[100], [100]]).map((each, rank) => ({
    ...each,
    tasks: each.tasks.map((task) => ({ ...task, startNs: task.startNs + rank * 30 * US })),
  }));
  const run = await plantedRun(late);
  const skews = (alignment: Alignment | undefined): RankFigures => rankFigures(analyseRun({ ...run, alignment }));
  const residual = { medianNs: 10, maxNs: 40, count: 3 };

  it('are compared where clocks are one or were aligned, as exactly as ends of collectives agree', () => {
    expect(skews(undefined).steps.map(({ startSkewNs }) => startSkewNs)).toEqual([0, 30 * US]);
    expect(skews({ method: 'clock', shifts: [], residual }).footing).toEqual({
      ...{ method: 'clock', residual, areStartsComparable: true, toleranceNs: 40 },
    });
  });

  it('are not where each rank counts from its own first event; durations still are', () => {
    const { steps, footing, slow } = skews({ method: 'none', shifts: [], residual });
    expect(footing.areStartsComparable).toBe(false);
    expect(steps.map(({ startSkewNs }) => startSkewNs)).toEqual([undefined, undefined]);
    expect(slow.compared).toBe(1);
  });
});

describe('how long a rank waits in a collective', () => {
  const sourceOf = async (run: Run | Promise<Run>): Promise<(readonly [string, number])[]> => {
    const { waitNs, waitSource } = collectivesOf(analyseRun(await run));
    return Array.from(waitNs, (ns, side) => [WAIT_SOURCES[waitSource[side]], ns] as const);
  };
  const kernel = { name: 'MatMul', stream: 2, startNs: 0, endNs: 10 };
  const alone = (parts?: PlantedCollective['parts']): PlantedRank[] => [
    { rank: 0, tasks: [kernel], collectives: [{ name: name(0), startNs: 10, endNs: 110, ...(parts && { parts }) }] },
  ];

  it('is how much longer it lasts than on the rank that came last', async () => {
    const pair = [10, 80].map((startNs, rank) => ({
      ...{ rank, tasks: [kernel], collectives: [{ name: name(0), startNs, endNs: 110 }] },
    }));
    expect(await sourceOf(plantedRun(pair))).toEqual([
      ['ranks', 70],
      ['ranks', 0],
    ]);
  });

  it('is what its planes wait for while none moves data, where other ranks are missing', async () => {
    const parts = [
      { name: 'Notify_Record', startNs: 10, endNs: 12 },
      { name: 'Notify_Wait', startNs: 12, endNs: 60 },
      { name: 'Memcpy', startNs: 60, endNs: 90 },
      { name: 'Notify_Wait', startNs: 90, endNs: 95 },
    ];
    expect(await sourceOf(plantedRun(alone(parts)))).toEqual([['planes', 53]]);
  });

  it('is what a table leaves without a transfer, else unknown', async () => {
    const run = await plantedRun(alone());
    const told = tableOf('collectives', 'communication.json', [
      { step: '1', name: name(0), group: '17586', start: 0, elapseNs: 100, transitNs: 40 },
    ]);
    const start = { name: 'start', kind: 'time', values: Float64Array.of(0) } as const;
    const table = { ...told, columns: [...told.columns.filter((each) => each.name !== 'start'), start] };
    expect(await sourceOf(withTables(run, [[table]]))).toEqual([['table', 60]]);
    expect(await sourceOf(run)).toEqual([['unknown', Number.NaN]]);
  });

  it('says nothing about ranks at hand where all of them wait for one that is not', async () => {
    const parts = (startNs: number): NonNullable<PlantedCollective['parts']> => [
      { name: 'Notify_Wait', startNs: startNs + 1, endNs: 90 * US },
    ];
    const run = await plantedRun(
      [10 * US, 40 * US].map((startNs, rank) => ({
        ...{ rank, tasks: [kernel] },
        collectives: [{ name: name(0), startNs, endNs: 100 * US, parts: parts(startNs) }],
      })),
    );
    // Rank 7 is the eighth of the group.
    const links = tableOf('links', 'matrix.json', [
      { name: name(0), group: '', fromRank: 0, toRank: 7, transport: 'HCCS', sizeBytes: 8, transitNs: 5 },
    ]);
    const { slow } = rankFigures(analyseRun(withTables(run, [[links]])));
    expect(slow.ranks).toEqual([]);
    expect(slow.forAbsentRank).toEqual({ collectives: 1, lostNs: 80 * US - 1 + 50 * US - 1 });
  });
});

describe('collectives of one name', () => {
  it('are left out where one rank has more of them than another', async () => {
    const ranks = trainedTogether([
      [100, 100, 100],
      [150, 150, 150],
    ]);
    const repeated = ranks.map(({ rank, tasks, collectives }) => ({
      ...{ rank, tasks },
      collectives: (collectives ?? []).slice(rank).map((each) => ({ ...each, name: 'hcom_allReduce_' })),
    }));
    expect(await figuresOf(repeated)).toMatchObject({ unequalNames: 1, slow: { compared: 0 } });
  });
});

describe('links', async () => {
  const run = await plantedRun(trainedTogether([[100], [100]]));
  const MB = 1 << 20;
  const row = (
    fromRank: number,
    toRank: number,
    transitNs: number,
    more: object = {},
  ): Record<string, string | number> => ({
    ...{ step: '1', selection: 'top1', group: '17586', name: name(0), fromRank, toRank, transport: 'HCCS' },
    ...{ sizeBytes: 4 * MB, transitNs, ...more },
  });
  const linksOf = (rows: readonly Record<string, string | number>[]): RankFigures['links'] =>
    rankFigures(analyseRun(withTables(run, [[tableOf('links', 'matrix.json', rows)]]))).links;

  it('are slow where their bandwidth stands out from those of their kind', () => {
    const usual = [200, 201, 199, 202, 200].map((us, to) => row(0, to + 1, us * US));
    const links = linksOf([...usual, row(3, 4, 400 * US)]);
    expect(links.filter(({ isSlow }) => isSlow)).toEqual([links[0]]);
    expect(links[0]).toMatchObject({ fromRank: 3, toRank: 4, bytesPerSecond: (4 * MB) / 400e-6 });
    expect(links[0].ratio).toBeCloseTo(0.5, 2);
  });

  it('are told neither by copies of a rank to itself nor by small messages, nor twice by one op', () => {
    const rows = [row(0, 0, 10), row(0, 1, 2000, { sizeBytes: 64 }), row(0, 1, 400 * US)];
    const links = linksOf([
      ...rows,
      row(0, 1, 400 * US, { selection: 'middle' }),
      row(0, 1, 9, { selection: 'total' }),
    ]);
    expect(links).toHaveLength(1);
    expect(links[0]).toMatchObject({ ops: 1, sizeBytes: 4 * MB, transferNs: 400 * US });
  });
});

describe('with steps', async () => {
  const analysis = await analysed(
    trainedTogether([
      [100, 200],
      [150, 200],
    ]),
  );
  // The first collective ends at 170 µs on both, and the first step with it.
  const devices = analysis.devices.map((device) => {
    const { tasks, overlap } = device;
    const edge = overlap.window.startNs + 170 * US;
    const common = { phase: 'decode', isFirst: false, isOutlier: false } as const;
    const steps = [
      { ...common, id: '7', startNs: overlap.window.startNs, endNs: edge },
      { ...common, id: '8', startNs: edge, endNs: overlap.window.endNs },
    ];
    const stepOf = Int32Array.from(tasks.startNs, (ns) => (ns < edge ? 0 : 1));
    return { ...device, steps: { ...device.steps, source: 'marker', steps, stepOf } } as const;
  });
  const { steps, spreads } = rankFigures({ ...analysis, devices });

  it('each rank has figures of each, which are compared step by step', () => {
    expect(steps.map(({ participant, step, waitNs }) => [participant, step, waitNs])).toEqual([
      [0, '7', 50 * US],
      [0, '8', 0],
      [1, '7', 0],
      [1, '8', 0],
    ]);
    const compute = spreads.filter(({ figure }) => figure === 'computeNs');
    expect(compute.map(({ step, minNs, maxNs }) => [step, minNs / US, maxNs / US])).toEqual([
      ['7', 100, 150],
      ['8', 200, 200],
    ]);
  });
});
