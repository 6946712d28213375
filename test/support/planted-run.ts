/**
 * Runs whose truth is known because a test made it up: what ran on which device when, and which calls launched it. They go
 * through the reader of msprof JSON like any capture. Times are ns from one common start.
 */
import type { Run, Shard } from '../../src/timeline/index.ts';
import { layer, rowName, sliceAt } from './device-events.ts';
import { readFiles } from './reading.ts';

export interface PlantedTime {
  readonly startNs: number;
  readonly endNs: number;
}

export interface PlantedTask extends PlantedTime {
  readonly name: string;
  readonly stream: number;
  /** AI_CORE where nothing is said. */
  readonly taskType?: string;
  readonly args?: Readonly<Record<string, string | number>>;
  /** The call of the host that launched it, on the host's clock. */
  readonly launch?: (PlantedTime & { readonly name?: string }) | undefined;
  /** The start of one of the `calls` of its rank that launched it along with others, as the call of a graph does. */
  readonly launchedAtNs?: number | undefined;
  /** The framework's operator that asked for it, on the host's clock. */
  readonly operator?: PlantedTime & { readonly name: string };
}

/** A collective on the row of its group, and what it consists of on its plane. */
export interface PlantedCollective extends PlantedTime {
  readonly name: string;
  readonly args?: PlantedTask['args'];
  readonly launch?: PlantedTask['launch'];
  readonly parts?: readonly (PlantedTime & { readonly name: string })[];
}

/** A slice on a thread of the host. */
export interface PlantedRange extends PlantedTime {
  readonly name: string;
  readonly thread?: number;
}

/** A sample of a counter of the device. */
export interface PlantedSample {
  readonly counter: string;
  readonly series: string;
  readonly timeNs: number;
  readonly value: number;
}

export interface PlantedRank {
  readonly rank: number;
  /** The folder of its capture. */
  readonly capture?: string;
  readonly tasks: readonly PlantedTask[];
  readonly collectives?: readonly PlantedCollective[];
  /** Of the framework ("Python") and of the runtime ("CANN"). */
  readonly ranges?: readonly PlantedRange[];
  readonly calls?: readonly PlantedRange[];
  readonly samples?: readonly PlantedSample[];
}

const [HARDWARE, HCCL, CANN, PYTHON, COUNTERS] = [640551328, 640551424, 640551167, 625538, 640551360];
const [GROUP_ROW, PLANE_ROW, CALL_THREAD, FRAMEWORK_THREAD] = [1, 2, 5, 7];

export async function plantedRun(ranks: readonly PlantedRank[]): Promise<Run> {
  const shards: Shard[] = [];
  for (const each of ranks) {
    const { rank, capture } = each;
    const files = [{ path: `rank-${rank}.json`, bytes: msprofJson(each) }];
    const { timeline } = await readFiles('ascend-msprof-json', files, { rank });
    const shard = { timeline, readerId: 'ascend-msprof-json', files: [files[0].path], rank, shiftNs: 0 };
    shards.push(capture === undefined ? shard : { ...shard, capture });
  }
  const originNs = shards.map(({ timeline }) => timeline.originNs).reduce((a, b) => (a < b ? a : b));
  const placed = shards.map((shard) => ({ ...shard, shiftNs: Number(shard.timeline.originNs - originNs) }));
  return {
    originNs,
    endNs: Math.max(...placed.map(({ timeline, shiftNs }) => shiftNs + timeline.endNs)),
    shards: placed,
  };
}

/** What msprof would have written of it. */
export function msprofJson(rank: PlantedRank): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(eventsOf(rank)));
}

function eventsOf({ tasks, collectives = [], ranges = [], calls = [], samples = [] }: PlantedRank): object[] {
  const arrows = new Arrows();
  return [
    ...layer(HARDWARE, 'Ascend Hardware', 'NPU 0'),
    ...layer(HCCL, 'HCCL', 'NPU 0'),
    ...layer(CANN, 'CANN', 'CPU'),
    ...layer(PYTHON, 'Python', 'CPU'),
    ...layer(COUNTERS, 'Counters', 'NPU 0'),
    rowName(HCCL, GROUP_ROW, 'Group 0 Communication'),
    rowName(HCCL, PLANE_ROW, 'Plane 0'),
    ...tasks.flatMap((task) => [
      sliceAt(HARDWARE, task.stream, task.name, task.startNs, task.endNs, {
        'Task Type': task.taskType ?? 'AI_CORE',
        ...task.args,
      }),
      ...arrows.launchOf(task, HARDWARE, task.stream),
      ...arrows.sharedLaunchOf(task),
      ...arrows.operatorOf(task),
    ]),
    ...collectives.flatMap((each) => [
      sliceAt(HCCL, GROUP_ROW, each.name, each.startNs, each.endNs, each.args),
      ...arrows.launchOf(each, HCCL, GROUP_ROW),
      ...(each.parts ?? []).map(({ name, startNs, endNs }) => sliceAt(HCCL, PLANE_ROW, name, startNs, endNs)),
    ]),
    ...ranges.map((each) => sliceAt(PYTHON, each.thread ?? FRAMEWORK_THREAD, each.name, each.startNs, each.endNs)),
    ...calls.map((each) => sliceAt(CANN, each.thread ?? CALL_THREAD, each.name, each.startNs, each.endNs)),
    ...samples.map(({ counter, series, timeNs, value }) => {
      const { dur: _, ...event } = sliceAt(COUNTERS, 0, counter, timeNs, timeNs, { [series]: value }) as {
        dur?: number;
      };
      return { ...event, ph: 'C' };
    }),
  ];
}

class Arrows {
  #count = 0;

  launchOf({ launch, startNs }: Pick<PlantedTask, 'launch' | 'startNs'>, pid: number, tid: number): object[] {
    if (launch === undefined) return [];
    return [
      sliceAt(CANN, CALL_THREAD, launch.name ?? 'Node@launch', launch.startNs, launch.endNs),
      ...this.#arrow('HostToDevice', [CANN, CALL_THREAD, launch.startNs], [pid, tid, startNs]),
    ];
  }

  sharedLaunchOf({ launchedAtNs, startNs, stream }: PlantedTask): object[] {
    if (launchedAtNs === undefined) return [];
    return this.#arrow('HostToDevice', [CANN, CALL_THREAD, launchedAtNs], [HARDWARE, stream, startNs]);
  }

  operatorOf({ operator, startNs, stream }: PlantedTask): object[] {
    if (operator === undefined) return [];
    return [
      sliceAt(PYTHON, FRAMEWORK_THREAD, operator.name, operator.startNs, operator.endNs),
      ...this.#arrow('torch_to_npu', [PYTHON, FRAMEWORK_THREAD, operator.startNs], [HARDWARE, stream, startNs]),
    ];
  }

  #arrow(name: string, from: ArrowEnd, to: ArrowEnd): object[] {
    const id = `${++this.#count}`;
    return [arrowEnd('s', name, id, from), arrowEnd('f', name, id, to)];
  }
}

type ArrowEnd = readonly [pid: number, tid: number, timeNs: number];

function arrowEnd(ph: 's' | 'f', name: string, id: string, [pid, tid, timeNs]: ArrowEnd): object {
  const { dur: _, ...event } = sliceAt(pid, tid, name, timeNs, timeNs) as { dur?: number };
  return { ...event, ph, id, cat: name, bp: 'e' };
}
