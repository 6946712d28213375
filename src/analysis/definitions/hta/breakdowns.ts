import { deviation, mean, sumOf } from '../../../base/index.ts';
import { NONE } from '../../../timeline/index.ts';
import { type DefinitionRow, rowMaker } from '../definition.ts';
import type { HtaRows } from './rank-rows.ts';
import { KERNEL_TYPES, type KernelType } from './kernel-type.ts';
import { combinedUs, type Merged, mergedIntervals, totalUs } from './merged.ts';
import { percent } from './statistics.ts';

const [COMPUTATION, COMMUNICATION] = [0, 1];
/** Of each type, the kernels that took longest. */
const TOP_KERNELS = 10;

/**
 * kernel time: from the first start to the last end of all slices. idle: without any slice. compute: union of computation.
 * non-compute: what remains.
 */
export function temporalBreakdown(rows: HtaRows): DefinitionRow[] {
  const all = mergedIntervals(rows, () => true);
  const kernelUs = all.endUs[all.endUs.length - 1] - all.startUs[0];
  const idleUs = kernelUs - totalUs(all);
  const computeUs = totalUs(mergedOf(rows, COMPUTATION));
  const shares = { idle_time: idleUs, compute_time: computeUs, non_compute_time: kernelUs - computeUs - idleUs };
  const row = rowMaker(rows, 'temporal breakdown');
  return [
    row({ figure: 'kernel_time', unit: 'us', value: kernelUs }),
    ...Object.entries(shares).flatMap(([figure, us]) => [
      row({ figure, unit: 'us', value: us }),
      row({ figure: `${figure}_pctg`, unit: '%', value: percent(us, kernelUs, 2) }),
    ]),
  ];
}

/** The time in which computation and communication both run, as a share of communication. */
export function communicationOverlap(rows: HtaRows): DefinitionRow[] {
  const communication = mergedOf(rows, COMMUNICATION);
  const bothUs = combinedUs([mergedOf(rows, COMPUTATION), communication]).get(3) ?? 0;
  const value = percent(bothUs, totalUs(communication), 2);
  const row = rowMaker(rows, 'communication computation overlap');
  return [row({ figure: 'comp_comm_overlap_pctg', unit: '%', value })];
}

/** Exclusive time of every combination of types, over all devices; shares of the time in which any of them runs. */
export function kernelTypeBreakdown(devices: readonly HtaRows[]): DefinitionRow[] {
  const types = KERNEL_TYPES.slice(0, 3);
  const sums = new Map<string, number>();
  for (const rows of devices) {
    for (const [running, us] of combinedUs(types.map((_, type) => mergedOf(rows, type)))) {
      const subject = types.filter((_, type) => (running & (1 << type)) !== 0).join(' overlapping ');
      sums.set(subject, (sums.get(subject) ?? 0) + us);
    }
  }
  const allUs = [...sums.values()].reduce((sum, us) => sum + us, 0);
  const everywhere = { rank: NONE, device: NONE, capture: undefined };
  const row = rowMaker(everywhere, 'kernel type breakdown');
  return [...sums]
    .sort(([, a], [, b]) => b - a)
    .flatMap(([subject, us]) => [
      row({ subject, figure: 'sum', unit: 'us', value: us }),
      row({ subject, figure: 'percentage', unit: '%', value: percent(us, allUs, 1) }),
    ]);
}

/** Times of the kernels of each type by name. HTA's own table puts more of them together as "others". */
export function kernelBreakdown(rows: HtaRows): DefinitionRow[] {
  const byName = new Map<number, number[]>();
  for (let task = 0; task < rows.length; task++) {
    const durations = byName.get(rows.name[task]) ?? [];
    byName.set(rows.name[task], durations);
    durations.push(rows.endUs[task] - rows.startUs[task]);
  }
  const types = typesOfNames(rows);
  const names = [...byName].map(([name, us]) => ({ name, us: Float64Array.from(us) }));
  const kernels = names.map((each) => ({ ...each, sumUs: sumOf(each.us) })).sort((a, b) => b.sumUs - a.sumUs);
  return KERNEL_TYPES.slice(0, 3).flatMap((type, number) =>
    kernels
      .filter(({ name }) => types.get(name) === number)
      .slice(0, TOP_KERNELS)
      .flatMap(({ name, us }) => kernelRows(rows, type, rows.textOf(name), us)),
  );
}

function kernelRows(rows: HtaRows, type: KernelType, subject: string, us: Float64Array): DefinitionRow[] {
  const figures = {
    sum: sumOf(us),
    max: us.reduce((a, b) => Math.max(a, b)),
    min: us.reduce((a, b) => Math.min(a, b)),
    stddev: us.length < 2 ? 0 : deviation(us, 'sample'),
    mean: mean(us),
  };
  const row = rowMaker(rows, `kernel breakdown ${type}`);
  return Object.entries(figures).map(([figure, value]) => row({ subject, figure, unit: 'us', value }));
}

function typesOfNames({ length, name, type }: HtaRows): Map<number, number> {
  const types = new Map<number, number>();
  for (let task = 0; task < length; task++) types.set(name[task], type[task]);
  return types;
}

function mergedOf(rows: HtaRows, type: number): Merged {
  return mergedIntervals(rows, (task) => rows.type[task] === type);
}
