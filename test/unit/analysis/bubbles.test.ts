import { describe, expect, it } from 'vitest';
import { analyseRun, type RunAnalysis } from '../../../src/analysis/analyse-run.ts';
import { BUBBLE_CAUSES, type BubbleKind } from '../../../src/analysis/bubbles/bubble.ts';
import { freeTimes } from '../../../src/analysis/bubbles/free-time.ts';
import { groupBubbles, topBubbles } from '../../../src/analysis/bubbles/group-bubbles.ts';
import { vendorFigures } from '../../../src/analysis/index.ts';
import { NONE, type Run, type Table } from '../../../src/timeline/index.ts';
import { type PlantedRank, plantedRun, type PlantedTask } from '../../support/planted-run.ts';
import { tableOf } from '../../support/runs.ts';

const THRESHOLD_NS = 10_000;

function analyse(run: Run, kind: BubbleKind = 'device'): RunAnalysis {
  return analyseRun(run, { bubbleThresholdNs: THRESHOLD_NS, bubbleKinds: [kind] });
}

/** The bubbles of one rank as text, with the name of the task that shows the cause. */
async function bubblesOf(rank: PlantedRank, kind: BubbleKind = 'device'): Promise<string[]> {
  return listed(analyse(await plantedRun([rank]), kind));
}

function listed({ devices: [{ tasks, bubbles }] }: RunAnalysis): string[] {
  return bubbles.flatMap(({ durNs, cause, confidence, during }) =>
    Array.from(durNs, (ns, row) => {
      const shows = during[row] === NONE ? '' : ` ${tasks.texts.get(tasks.name[during[row]])}`;
      return `${ns} ${BUBBLE_CAUSES[cause[row]]} ${confidence[row].toFixed(2)}${shows}`;
    }),
  );
}

const op = (startNs: number, endNs: number, more: Partial<PlantedTask> = {}): PlantedTask => {
  return { name: 'MatMul', stream: 2, startNs, endNs, ...more };
};
const call = (startNs: number, endNs: number): PlantedTask['launch'] => ({ startNs, endNs });

describe('an idle time before an op whose launch nobody knows', () => {
  it('has no known cause', async () => {
    expect(await bubblesOf({ rank: 0, tasks: [op(0, 10_000), op(60_000, 70_000)] })).toEqual(['50000 unknown 0.00']);
  });

  it('is the launch of a graph where the device began to run one', async () => {
    const model = op(20_000, 21_000, { name: 'MODEL_EXECUTE', taskType: 'MODEL_EXECUTE', stream: 9 });
    const tasks = [op(0, 10_000), model, op(60_000, 70_000)];
    expect(await bubblesOf({ rank: 0, tasks })).toEqual(['50000 graph-launch 0.50']);
  });

  it('is told from a copy on any stream, with doubt', async () => {
    const copy = op(15_000, 55_000, { name: 'MEMCPY_ASYNC', taskType: 'MEMCPY_ASYNC', stream: 7 });
    const tasks = [op(0, 10_000), copy, op(60_000, 70_000)];
    expect(await bubblesOf({ rank: 0, tasks })).toEqual(['50000 copy 0.40 MEMCPY_ASYNC']);
  });
});

describe('an idle time between ops when a graph was launched of which the device shows nothing', () => {
  const tasks = [op(0, 10_000, { launch: call(-5_000, -4_000) }), op(60_000, 70_000, { launch: call(55_000, 58_000) })];
  const causeWith = async (...starts: number[]): Promise<string[]> => {
    const calls = starts.map((startNs) => ({ name: 'musaGraphLaunch', startNs, endNs: startNs + 500 }));
    return bubblesOf({ rank: 0, tasks, calls });
  };

  it('is not blamed on the host: the graph may have run in it', async () => {
    expect(await causeWith(5_000)).toEqual(['50000 unseen-graph 0.50']);
    expect(await causeWith(-3_000)).toEqual(['50000 unseen-graph 0.50']);
  });

  it('is what it would be without the graph where that was launched before the op before, or after the op after', async () => {
    expect(await causeWith(-9_000, 59_000)).toEqual(await causeWith());
  });

  it('is none of these where the device shows what the call launched', async () => {
    const graph = { name: 'cudaGraphLaunch', startNs: 55_000, endNs: 58_000 };
    const shown = [tasks[0], op(60_000, 70_000, { launchedAtNs: 55_000 })];
    expect(await bubblesOf({ rank: 0, tasks: shown, calls: [graph] })).toEqual(await causeWith());
  });
});

describe('an idle time during a call that launches', () => {
  const early = call(-50_000, -49_000);
  const outer = { name: 'AscendCL@aclopCompileAndExecute', startNs: 5_000, endNs: 60_000 };

  it('is that of the call, though the kernel is launched by another call within it', async () => {
    const tasks = [op(0, 10_000, { launch: early }), op(60_000, 70_000, { launch: call(55_000, 58_000) })];
    expect(await bubblesOf({ rank: 0, tasks, calls: [outer] })).toEqual(['50000 host-late-launch 0.96']);
  });

  it('is not one of the device where the call launches several ops one after the other', async () => {
    const tasks = [
      op(0, 10_000, { launchedAtNs: -3_000 }),
      op(40_000, 50_000, { launchedAtNs: 38_000 }),
      op(120_000, 130_000, { launchedAtNs: 45_000 }),
    ];
    const calls = [{ name: 'AscendCL@aclnnAddmm', startNs: -5_000, endNs: 70_000 }];
    expect(await bubblesOf({ rank: 0, tasks, calls })).toEqual([
      '30000 host-late-launch 0.93',
      '70000 device-scheduling 1.00',
    ]);
  });
});

describe('a wait for an event', () => {
  const wait = op(210_000, 250_000, { name: 'EVENT_WAIT', taskType: 'EVENT_WAIT_SQE' });
  const tasks = [op(200_000, 210_000), wait, op(251_000, 260_000, { launch: call(100_000, 102_000) })];
  const recordAfter = (launchNs: number): PlantedTask =>
    op(249_000, 249_020, {
      ...{ name: 'EVENT_RECORD', taskType: 'EVENT_RECORD_SQE', stream: 5 },
      launch: call(launchNs, launchNs + 500),
    });

  it('is the cause of an idle time that it covers', async () => {
    const bubbles = await bubblesOf({ rank: 0, tasks: [...tasks, recordAfter(150_000)] });
    expect(bubbles).toEqual(['41000 event-wait 0.98 EVENT_WAIT']);
  });

  it('is half as sure where what it waited for was launched late itself', async () => {
    const bubbles = await bubblesOf({ rank: 0, tasks: [...tasks, recordAfter(245_000)] });
    expect(bubbles).toEqual(['41000 event-wait 0.49 EVENT_WAIT']);
  });
});

describe('communication that is exposed', () => {
  const collective = (startNs: number, endNs: number) => ({ name: 'hcom_allReduce__7_0_1', startNs, endNs });
  const around = [op(0, 10_000), op(200_000, 210_000)];
  const rank0 = { rank: 0, tasks: around, collectives: [collective(10_000, 200_000)] };
  const late = { rank: 1, tasks: around, collectives: [collective(150_000, 200_000)] };
  const doubt = (maxNs: number): Run['alignment'] => {
    return { method: 'collective', shifts: [], residual: { medianNs: maxNs, maxNs, count: 1 } };
  };

  it('is waited for until the last rank starts, where nothing on the rank itself tells', async () => {
    const bubbles = listed(analyse(await plantedRun([rank0, late]), 'compute'));
    expect(bubbles).toEqual([
      '140000 slowest-rank 0.70 hcom_allReduce__7_0_1',
      '50000 transfer 0.70 hcom_allReduce__7_0_1',
    ]);
  });

  it('is ambiguous where clocks of ranks are apart by more than the wait', async () => {
    const run = await plantedRun([rank0, late]);
    const bubbles = listed(analyse({ ...run, alignment: doubt(150_000) }, 'compute'));
    expect(bubbles.map((each) => each.split(' ')[1])).toEqual(['ambiguous', 'transfer']);
  });

  it('waits as long as the table of the profiler says, where no other rank is there', async () => {
    const waits = tableOf('collectives', 'communication.json', [
      { name: 'hcom_allReduce__7_0_1', synchronizationNs: 90_000.4 },
    ]);
    const bubbles = listed(analyse(withTable(await plantedRun([rank0]), waits), 'compute'));
    expect(bubbles.map((each) => each.slice(0, 23))).toEqual(['90000 slowest-rank 0.60', '100000 transfer 0.60 hc']);
  });

  it('is unknown where nothing tells waiting from transfer', async () => {
    expect(await bubblesOf(rank0, 'compute')).toEqual(['190000 unknown 0.00 hcom_allReduce__7_0_1']);
  });
});

function withTable(run: Run, table: Table): Run {
  const [{ timeline, ...shard }] = run.shards;
  return { ...run, shards: [{ ...shard, timeline: { ...timeline, tables: [table] } }] };
}

describe('the skew between host and device', () => {
  const launched = (startNs: number, distanceNs: number): PlantedTask =>
    op(startNs, startNs + 1_000, { launch: call(startNs - distanceNs, startNs - distanceNs + 500) });
  const skewOf = async (distancesNs: readonly number[]) => {
    const tasks = distancesNs.map((ns, index) => launched(1_000_000 + index * 50_000, ns));
    const { devices } = analyse(await plantedRun([{ rank: 0, tasks: [op(900_000, 901_000), ...tasks] }]));
    return devices[0].bubbles[0].skew;
  };

  it('is none where nothing is known of launches', async () => {
    const { devices } = analyse(await plantedRun([{ rank: 0, tasks: [op(0, 10)] }]));
    expect(devices[0].bubbles[0].skew).toEqual({ skewNs: 0, lowNs: 0, highNs: 0, launchCount: 0 });
  });

  it('is shown by arrows that arrive before they leave', async () => {
    expect(await skewOf([-12_000, -11_000, -7_000])).toMatchObject({ lowNs: 12_000, highNs: 22_000, skewNs: 17_000 });
  });

  it('does not rest on one arrow that leads somewhere else', async () => {
    expect(await skewOf([-90_000, 4_000, 5_000, 6_000])).toMatchObject({ lowNs: -4_000, highNs: 6_000, skewNs: 0 });
  });

  it('is shown by distances that are all the same, though none is negative', async () => {
    expect(await skewOf([305_000, 303_000, 309_000])).toMatchObject({ lowNs: -303_000, highNs: -293_000 });
  });

  it('is taken to be small where the host is just ahead', async () => {
    const distancesNs = [60_000, 150_000, 250_000, 420_000, 700_000];
    expect(await skewOf(distancesNs)).toMatchObject({ lowNs: -10_000, highNs: 10_000, skewNs: 0 });
  });
});

describe('bubbles of several devices', async () => {
  const tasks = [
    ...[op(0, 10_000), op(40_000, 50_000, { name: 'Add' }), op(90_000, 100_000)],
    ...[op(120_000, 130_000, { name: 'Add' }), op(145_000, 150_000)],
  ];
  const { devices } = analyse(await plantedRun([0, 1].map((rank) => ({ rank, tasks }))));

  it('are summed up by cause and the ops around, those that cost most first', () => {
    expect(groupBubbles(devices, 'device')).toEqual([
      { cause: 'unknown', before: 'Add', after: 'MatMul', count: 4, totalNs: 110_000, longestNs: 40_000 },
      { cause: 'unknown', before: 'MatMul', after: 'Add', count: 4, totalNs: 100_000, longestNs: 30_000 },
    ]);
  });

  it('tell an op without a name from an edge, where there is no op', async () => {
    const tasks = [op(20_000, 30_000, { name: '' }), op(60_000, 70_000)];
    const record = op(0, 1000, { name: 'EVENT_RECORD', taskType: 'EVENT_RECORD_SQE' });
    const run = await plantedRun([{ rank: 0, tasks: [record, ...tasks] }]);
    const { devices } = analyseRun(run, { window: 'vendor-2026', steps: { detect: false } });
    expect(groupBubbles(devices, 'device').map(({ before, after }) => [before, after])).toEqual([
      ['', 'MatMul'],
      [undefined, ''],
    ]);
  });

  it('are ordered by length', () => {
    const top = topBubbles(devices, 'device', 3);
    expect(top.map(({ device, bubbles, row }) => [device.tasks.rank, bubbles.durNs[row]])).toEqual([
      [0, 40_000],
      [1, 40_000],
      [0, 30_000],
    ]);
    expect(topBubbles(devices, 'device', 0)).toEqual([]);
    expect(topBubbles(devices, 'stream', 3)).toEqual([]);
  });
});

describe('the free time of the vendor', () => {
  it('stands beside our idle time, with the window it is for', async () => {
    const record = op(70_000, 80_000, { name: 'EVENT_RECORD', taskType: 'EVENT_RECORD_SQE' });
    const run = await plantedRun([{ rank: 0, tasks: [op(0, 10_000), op(40_000, 50_000), record] }]);
    const steps = tableOf('step-times', 'step_trace_time.csv', [{ device: 0, step: '', freeNs: 60_001 }]);
    const given = withTable(run, steps);
    const [free] = freeTimes(analyse(given).devices[0].overlap, vendorFigures(given));
    expect(free).toMatchObject({ vendorNs: 60_001, oursNs: 60_000, differenceNs: -1, window: 'vendor-2026' });
  });
});
