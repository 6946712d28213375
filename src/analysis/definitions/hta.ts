/**
 * The numbers of HolisticTraceAnalysis (the version of 2026), in its names and units: whole microseconds, without the last
 * step, and told by names of kernels. What each table is stands beside its function. A run without correlations of launches
 * has none.
 */
import type { Run } from '../../timeline/index.ts';
import { type DefinitionFigures, type DefinitionRow, rowMaker } from './definition.ts';
import { communicationOverlap, kernelBreakdown, kernelTypeBreakdown, temporalBreakdown } from './hta/breakdowns.ts';
import { type HtaRows, htaRows } from './hta/rank-rows.ts';
import { idleTimeBreakdown, launchStatistics, memoryBandwidth, queueLengths } from './hta/streams.ts';

const OF_RANK = [
  profilerSteps,
  temporalBreakdown,
  communicationOverlap,
  idleTimeBreakdown,
  kernelBreakdown,
  queueLengths,
  memoryBandwidth,
  launchStatistics,
];

export function htaFigures(run: Run): DefinitionFigures {
  const ranks = htaRows(run);
  const ofRanks = OF_RANK.flatMap((figures) => ranks.flatMap((rows) => figures(rows)));
  return { definition: 'hta', rows: [...ofRanks, ...kernelTypeBreakdown(ranks)] };
}

/** The steps that count, each with the time of its mark on the host. */
function profilerSteps(rows: HtaRows): DefinitionRow[] {
  const row = rowMaker(rows, 'profiler steps');
  const first = rows.steps.filter(({ step }, index) => rows.steps.findIndex((other) => other.step === step) === index);
  return first.map(({ step, startUs, endUs }) => row({ step, figure: 'duration', unit: 'us', value: endUs - startUs }));
}
