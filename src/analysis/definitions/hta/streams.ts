import { runningSum } from '../../host/running-sum.ts';
import { type DefinitionRow, rowMaker } from '../definition.ts';
import type { HtaRows } from './rank-rows.ts';
import { copyKindOf, KERNEL_TYPES } from './kernel-type.ts';
import { describeNumbers, percent, STATISTICS } from './statistics.ts';

/** Gaps below are what two kernels in a row need. HTA says ns, but compares with us. */
const KERNEL_GAP_US = 30;
const MEMORY = KERNEL_TYPES.indexOf('MEMORY');

/**
 * Each gap between two kernels or copies of a stream. host_wait: the next was launched after the gap began. kernel_wait: no
 * host_wait and shorter than 30 us; slices that overlap make it less, even negative. other: all else.
 */
export function idleTimeBreakdown(rows: HtaRows): DefinitionRow[] {
  const row = rowMaker(rows, 'idle time breakdown');
  return streamsOf(rows, (task) => rows.isWork[task] === 1).flatMap(({ stream, tasks }) => {
    const idleUs = { host_wait: 0, kernel_wait: 0, other: 0 };
    for (let at = 1; at < tasks.length; at++) {
      const previousEndUs = rows.endUs[tasks[at - 1]];
      const gapUs = rows.startUs[tasks[at]] - previousEndUs;
      const isLate = rows.callStartUs[tasks[at]] > previousEndUs;
      idleUs[isLate ? 'host_wait' : gapUs < KERNEL_GAP_US ? 'kernel_wait' : 'other'] += gapUs;
    }
    const allUs = idleUs.host_wait + idleUs.kernel_wait + idleUs.other;
    return Object.entries(idleUs).flatMap(([subject, us]) => [
      row({ stream, subject, figure: 'idle_time', unit: 'us', value: us }),
      row({ stream, subject, figure: 'idle_time_ratio', unit: '%', value: percent(us, allUs, 0) }),
    ]);
  });
}

/**
 * How much a stream has been given that it has not begun: one more when a call launches it, one less when it starts. The
 * statistics are over these moments. Of equal moments the calls come first.
 */
export function queueLengths(rows: HtaRows): DefinitionRow[] {
  const row = rowMaker(rows, 'queue length');
  return streamsOf(rows, (task) => rows.isEnqueued[task] === 1).flatMap(({ stream, tasks }) => {
    const lengths = runningSum(
      Float64Array.from(tasks, (task) => rows.callStartUs[task]),
      Float64Array.from(tasks, (task) => rows.startUs[task]),
    );
    const statistics = describeNumbers(lengths.value);
    return STATISTICS.map((figure) => row({ stream, figure, unit: 'count', value: statistics[figure] }));
  });
}

/**
 * The sum of the bandwidths of all copies of a kind that are under way, at each moment one starts or ends and where it is
 * above 0. A copy of no length lasts 1 us.
 */
export function memoryBandwidth(rows: HtaRows): DefinitionRow[] {
  const kinds = new Map<string, number[]>();
  for (let task = 0; task < rows.length; task++) {
    if (rows.type[task] !== MEMORY) continue;
    const kind = copyKindOf(rows.textOf(rows.name[task]));
    const tasks = kinds.get(kind) ?? [];
    kinds.set(kind, tasks);
    tasks.push(task);
  }
  const row = rowMaker(rows, 'memory bandwidth');
  return [...kinds]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([subject, tasks]) => {
      const values = bandwidths(rows, tasks).filter((value) => value > 0);
      if (values.length === 0) return [];
      const statistics = describeNumbers(values);
      return STATISTICS.map((figure) =>
        row({ subject, figure, unit: figure === 'count' ? 'count' : 'GB/s', value: statistics[figure] }),
      );
    });
}

function bandwidths({ startUs, endUs, bandwidth }: HtaRows, tasks: readonly number[]): Float64Array {
  return runningSum(
    Float64Array.from(tasks, (task) => startUs[task]),
    Float64Array.from(tasks, (task) => (endUs[task] === startUs[task] ? startUs[task] + 1 : endUs[task])),
    Float64Array.from(tasks, (task) => bandwidth[task]),
  ).value;
}

const SHORT_CALL_US = 50;
const LONG_DELAY_US = 100;

/** Of each launch: the call, the slice, and from the end of the one to the start of the other, at least 0. */
export function launchStatistics(rows: HtaRows): DefinitionRow[] {
  const tasks = chosen(rows, (task) => rows.isLaunched[task] === 1);
  const callUs = Float64Array.from(tasks, (task) => rows.callEndUs[task] - rows.callStartUs[task]);
  const kernelUs = Float64Array.from(tasks, (task) => rows.endUs[task] - rows.startUs[task]);
  const delayUs = Float64Array.from(tasks, (task) => Math.max(0, rows.startUs[task] - rows.callEndUs[task]));
  const row = rowMaker(rows, 'kernel launch statistics');
  const columns = { cpu_duration: callUs, gpu_duration: kernelUs, launch_delay: delayUs };
  const counts = {
    'short kernels': kernelUs.filter((us, at) => us < callUs[at] && callUs[at] <= SHORT_CALL_US).length,
    'runtime outliers': callUs.filter((us) => us > SHORT_CALL_US).length,
    'launch delay outliers': delayUs.filter((us) => us > LONG_DELAY_US).length,
  };
  return [
    ...Object.entries(columns).flatMap(([subject, values]) => {
      const statistics = describeNumbers(values);
      return STATISTICS.map((figure) =>
        row({ subject, figure, unit: figure === 'count' ? 'count' : 'us', value: statistics[figure] }),
      );
    }),
    ...Object.entries(counts).map(([figure, value]) => row({ figure, unit: 'count', value })),
  ];
}

/** The rows of each stream, in the order of starts. */
function streamsOf(rows: HtaRows, isChosen: (task: number) => boolean): { stream: number; tasks: Uint32Array }[] {
  const tasksOf = new Map<number, number[]>();
  for (const task of chosen(rows, isChosen)) {
    const tasks = tasksOf.get(rows.stream[task]) ?? [];
    tasksOf.set(rows.stream[task], tasks);
    tasks.push(task);
  }
  return [...tasksOf].sort(([a], [b]) => a - b).map(([stream, tasks]) => ({ stream, tasks: Uint32Array.from(tasks) }));
}

function chosen({ length }: HtaRows, isChosen: (task: number) => boolean): number[] {
  const tasks: number[] = [];
  for (let task = 0; task < length; task++) if (isChosen(task)) tasks.push(task);
  return tasks;
}
