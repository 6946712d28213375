/**
 * The numbers of Sophon's own tools (bigTpuProfile and TPU-MLIR's tpu_profile, 2026), by core, in their names. The time of
 * an engine is the sum of its records, and what keeps engines in step counts as work.
 *
 * - total: from the first start to the last end of all records of the core, without the two that open a session.
 * - TiuWorkingRatio: TIU / total. Parallelism: (TIU + GDMA + SDMA) / total, so over 100 % engines overlap.
 * - Concurrency: (TIU + GDMA - total) / min(TIU, GDMA): far below 0 where both are idle. What engines do at one time is told
 *   by our overlap instead.
 */
import { NONE, type Run } from '../../timeline/index.ts';
import { type DeviceTasks, deviceTasks } from '../device-tasks.ts';
import { Extent } from '../extent.ts';
import { type DefinitionFigures, type DefinitionRow, rowMaker } from './definition.ts';

/** What keeps cores in step when a session opens. */
const OPENING = { name: 'sync', count: 2 };

export function sophonFigures(run: Run): DefinitionFigures {
  const rows = deviceTasks(run).flatMap((tasks) => coresOf(tasks).flatMap((core) => coreRows(run, tasks, core)));
  return { definition: 'sophon', rows };
}

interface Core {
  readonly shard: number;
  readonly core: number;
}

function coresOf({ streams }: DeviceTasks): Core[] {
  const cores = new Map<string, Core>();
  for (const { shard, core } of streams) if (core !== NONE) cores.set(`${shard} ${core}`, { shard, core });
  return [...cores.values()];
}

function coreRows(run: Run, tasks: DeviceTasks, { shard, core }: Core): DefinitionRow[] {
  const extent = new Extent();
  const times = { TIU: 0, GDMA: 0, SDMA: 0 };
  const { tracks, processes } = run.shards[shard].timeline;
  const { length, streams, stream, startNs, endNs, name, texts } = tasks;
  const opened = streams.map(() => 0);
  for (let task = 0; task < length; task++) {
    const own = streams[stream[task]];
    if (own.shard !== shard || own.core !== core) continue;
    const isOpening = opened[stream[task]] < OPENING.count && texts.get(name[task]) === OPENING.name;
    opened[stream[task]] = isOpening ? opened[stream[task]] + 1 : OPENING.count;
    if (isOpening) continue;
    extent.add(startNs[task], endNs[task]);
    const engine = tracks[own.track].name;
    if (engine === 'TIU' || engine === 'GDMA' || engine === 'SDMA') times[engine] += endNs[task] - startNs[task];
  }
  const { TIU, GDMA, SDMA } = times;
  if (extent.isEmpty || TIU + GDMA + SDMA === 0) return [];
  const totalNs = extent.endNs - extent.startNs;
  const row = rowMaker(tasks, 'summary');
  const subject = processes[core].name;
  const percent = (part: number, whole: number): number | undefined => (whole > 0 ? (100 * part) / whole : undefined);
  return [
    row({ subject, figure: 'totalTime', unit: 'us', value: totalNs / 1000 }),
    row({ subject, figure: 'totalTiu', unit: 'us', value: TIU / 1000 }),
    row({ subject, figure: 'totalGdma', unit: 'us', value: GDMA / 1000 }),
    row({ subject, figure: 'totalSdma', unit: 'us', value: SDMA / 1000 }),
    row({ subject, figure: 'TiuWorkingRatio', unit: '%', value: percent(TIU, totalNs) }),
    row({ subject, figure: 'Parallelism', unit: '%', value: percent(TIU + GDMA + SDMA, totalNs) }),
    row({ subject, figure: 'Concurrency', unit: '%', value: percent(TIU + GDMA - totalNs, Math.min(TIU, GDMA)) }),
  ];
}
