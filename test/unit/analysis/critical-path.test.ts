import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../../src/analysis/analyse-run.ts';
import {
  criticalPath,
  type CriticalPath,
  PATH_KINDS,
  type PathOptions,
} from '../../../src/analysis/critical-path/critical-path.ts';
import { plantedRun, type PlantedRank } from '../../support/planted-run.ts';

interface Told {
  readonly path: CriticalPath;
  /** Each stretch as `kind name length`, from first to last. */
  readonly lines: readonly string[];
  readonly win: (name: string) => { readonly together: number | undefined; readonly alone: number | undefined };
}

async function pathOf(ranks: readonly PlantedRank[], device = 0, options: PathOptions = {}): Promise<Told> {
  const analysis = analyseRun(await plantedRun(ranks));
  const { tasks } = analysis.devices[device];
  const path = criticalPath(analysis, analysis.devices[device], undefined, options);
  const { segments } = path;
  const lines = Array.from({ length: segments.length }, (_, at) => {
    const name = segments.text[at] < 0 ? '' : tasks.texts.get(segments.text[at]);
    return `${PATH_KINDS[segments.kind[at]]} ${name} ${segments.endNs[at] - segments.startNs[at]}`;
  });
  const win: Told['win'] = (name) => {
    const op = path.ops.find(({ key }) => tasks.texts.get(key) === name);
    return { together: op?.winNs, alone: op?.winAloneNs };
  };
  expect(Object.values(path.totals).reduce((sum, ns) => sum + ns, 0)).toBe(path.window.endNs - path.window.startNs);
  return { path, lines, win };
}

const event = (name: 'EVENT_RECORD' | 'EVENT_WAIT', stream: number, startNs: number, endNs: number, id: number) => ({
  ...{ name, stream, startNs, endNs, taskType: `${name}_SQE` },
  args: { connection_id: id },
});

describe('two streams, one of which waits for an event of the other', async () => {
  const { lines, win, path } = await pathOf([
    {
      rank: 0,
      tasks: [
        { name: 'Long', stream: 1, startNs: 0, endNs: 100 },
        event('EVENT_RECORD', 1, 100, 101, 8),
        { name: 'Short', stream: 2, startNs: 0, endNs: 30 },
        event('EVENT_WAIT', 2, 30, 103, 9),
        { name: 'Last', stream: 2, startNs: 104, endNs: 154 },
      ],
    },
  ]);

  it('takes as long as the work that was recorded', () => {
    expect(lines).toEqual([
      'compute Long 100',
      'other EVENT_RECORD 1',
      'event-wait EVENT_WAIT 2',
      'idle Last 1',
      'compute Last 50',
    ]);
    expect(path.events).toBe('recorded');
  });

  it('wins by the longer work only until the shorter one determines', () => {
    // Without it the wait is ready after 1 + 2 ns, but Short takes 30.
    expect(win('Long').together).toBe(103 - 30);
    expect(win('Last').together).toBe(50);
  });
});

describe('a wait for an event', () => {
  it('is for the last record on another stream that ended in it where no ids tell', async () => {
    const { lines } = await pathOf([
      {
        rank: 0,
        tasks: [
          { name: 'Early', stream: 1, startNs: 0, endNs: 40 },
          event('EVENT_RECORD', 1, 40, 41, 80),
          { name: 'Late', stream: 3, startNs: 0, endNs: 90 },
          event('EVENT_RECORD', 3, 90, 91, 60),
          event('EVENT_WAIT', 2, 5, 92, 70),
          { name: 'Last', stream: 2, startNs: 92, endNs: 100 },
        ],
      },
    ]);
    expect(lines[0]).toBe('compute Late 90');
  });

  it('stays on the path by itself where nothing explains it', async () => {
    const { lines } = await pathOf([
      {
        rank: 0,
        tasks: [
          { name: 'First', stream: 2, startNs: 0, endNs: 10 },
          event('EVENT_WAIT', 2, 10, 90, 70),
          { name: 'Last', stream: 2, startNs: 90, endNs: 100 },
        ],
      },
    ]);
    expect(lines).toEqual(['compute First 10', 'event-wait EVENT_WAIT 80', 'compute Last 10']);
  });
});

describe('a device that the host is late for', async () => {
  const steps = [0, 1, 2, 3].map((step) => step * 100);
  const { lines, win, path } = await pathOf([
    {
      rank: 0,
      tasks: steps.map((at) => ({
        ...{ name: 'MatMul', stream: 2, startNs: at + 20, endNs: at + 25 },
        launch: { startNs: at, endNs: at + 10 },
      })),
    },
  ]);

  it('takes as long as the calls and what lies between them', () => {
    expect(lines).toEqual([
      'host Node@launch 80',
      'launch Node@launch 10',
      'host Node@launch 90',
      'launch Node@launch 10',
      'host Node@launch 90',
      'launch Node@launch 10',
      'launch MatMul 10',
      'compute MatMul 5',
    ]);
    expect(path.totals).toMatchObject({ compute: 5, host: 260, launch: 40, idle: 0 });
  });

  it('wins next to nothing by faster ops', () => {
    expect(win('MatMul').together).toBe(5);
  });
});

describe('the host waits for the device and then launches on', () => {
  it('so the path goes over to the device, and back', async () => {
    const { lines, win } = await pathOf([
      {
        rank: 0,
        tasks: [
          { name: 'Decode', stream: 2, startNs: 20, endNs: 220, launch: { startNs: 0, endNs: 10 } },
          { name: 'Sample', stream: 2, startNs: 330, endNs: 340, launch: { startNs: 300, endNs: 310 } },
        ],
        calls: [{ name: 'AscendCL@aclrtSynchronizeStream', startNs: 15, endNs: 230 }],
      },
    ]);
    expect(lines).toEqual([
      'compute Decode 200',
      'host AscendCL@aclrtSynchronizeStream 10',
      'host Node@launch 70',
      'launch Node@launch 10',
      'launch Sample 20',
      'compute Sample 10',
    ]);
    expect(win('Decode').together).toBe(200);
  });
});

describe('a collective that waits for another rank', async () => {
  const late: PlantedRank = {
    rank: 1,
    tasks: [{ name: 'Slow', stream: 2, startNs: 0, endNs: 300 }],
    collectives: [{ name: 'hcom_allReduce__586_0_1', startNs: 300, endNs: 350 }],
  };
  const waiting: PlantedRank = {
    rank: 0,
    tasks: [
      { name: 'Fast', stream: 2, startNs: 0, endNs: 100 },
      { name: 'Last', stream: 2, startNs: 350, endNs: 360 },
    ],
    collectives: [{ name: 'hcom_allReduce__586_0_1', startNs: 100, endNs: 350 }],
  };

  it('leads to what kept that rank', async () => {
    const { lines, win, path } = await pathOf([waiting, late]);
    expect(lines).toEqual(['compute Slow 300', 'communication hcom_allReduce__586_0_1 50', 'compute Last 10']);
    expect([...path.segments.device]).toEqual([1, 0, 0]);
    // Then this rank is the last one.
    expect(win('Slow').together).toBe(200);
    expect(win('hcom_allReduce').together).toBe(50);
  });

  it('is waiting where the other rank is not at hand, which comes when it came or as much earlier', async () => {
    const parts = [
      { name: 'Notify_Wait', startNs: 100, endNs: 300 },
      { name: 'Memcpy', startNs: 300, endNs: 350 },
    ];
    const { lines, win } = await pathOf([
      { ...waiting, collectives: [{ name: 'hcom_allReduce__586_0_1', startNs: 100, endNs: 350, parts }] },
    ]);
    expect(lines).toEqual([
      'compute Fast 100',
      'communication-wait hcom_allReduce__586_0_1 200',
      'communication hcom_allReduce__586_0_1 50',
      'compute Last 10',
    ]);
    expect(win('Fast')).toEqual({ together: 100, alone: 0 });
    expect(win('Last')).toEqual({ together: 10, alone: 10 });
  });
});

describe('the replay of a graph', () => {
  it('depends on the host only before its first op', async () => {
    const { lines, path } = await pathOf([
      {
        rank: 0,
        tasks: [
          { name: 'Before', stream: 2, startNs: 0, endNs: 5 },
          { name: 'a', stream: 2, startNs: 60, endNs: 70, launch: { name: 'Model@execute', startNs: 40, endNs: 50 } },
          { name: 'b', stream: 2, startNs: 71, endNs: 80 },
          { name: 'c', stream: 2, startNs: 81, endNs: 90 },
        ],
      },
    ]);
    expect(lines).toEqual([
      'host Model@execute 40',
      'launch Model@execute 10',
      'launch a 10',
      'compute a 10',
      'idle b 1',
      'compute b 9',
      'idle c 1',
      'compute c 9',
    ]);
    expect(path.ops.map(({ winNs }) => winNs)).toEqual([10, 9, 9]);
  });
});

describe('the wins', () => {
  it('are worked out for the ops with most time on the path, by type or by name', async () => {
    const tasks = [5, 50, 20].map((length, at) => ({
      ...{ name: `op${at}`, stream: 2, startNs: at * 100, endNs: at * 100 + length },
    }));
    const { path } = await pathOf([{ rank: 0, tasks }], 0, { top: 1, by: 'name' });
    expect(path.ops.map(({ onPathNs, winNs }) => [onPathNs, winNs])).toEqual([
      [50, 50],
      [20, undefined],
      [5, undefined],
    ]);
  });
});

describe('a window', () => {
  it('cuts what reaches over its edges, and what comes after the last op is idle', async () => {
    const analysis = analyseRun(
      await plantedRun([
        {
          rank: 0,
          tasks: [
            { name: 'a', stream: 2, startNs: 0, endNs: 100 },
            { name: 'b', stream: 2, startNs: 110, endNs: 130 },
            { name: 'c', stream: 2, startNs: 500, endNs: 600 },
          ],
        },
      ]),
    );
    const { segments, totals } = criticalPath(analysis, analysis.devices[0], { startNs: 40, endNs: 150 });
    expect([...segments.startNs]).toEqual([40, 100, 110, 130]);
    expect([...segments.endNs]).toEqual([100, 110, 130, 150]);
    expect(totals).toMatchObject({ compute: 80, idle: 30 });
  });
});
