/** Planted runs with what other analyses would have found in them, said by the test itself. */
import { analyseRun, type DeviceAnalysis, type RunAnalysis } from '../../src/analysis/analyse-run.ts';
import type { BubbleCause, DeviceBubbles } from '../../src/analysis/bubbles/bubble.ts';
import type { DeviceTasks } from '../../src/analysis/device-tasks.ts';
import { findings, type RuleName, type RunFinding } from '../../src/analysis/findings/index.ts';
import type { DeviceSteps, Phase } from '../../src/analysis/steps/step.ts';
import type { Table } from '../../src/timeline/index.ts';
import { type PlantedRank, plantedRun, type PlantedTime } from './planted-run.ts';
import { saidBubbles } from './said-bubbles.ts';

export type PlantedBubble = PlantedTime & { readonly cause: BubbleCause; readonly confidence?: number };
export type PlantedStep = PlantedTime & { readonly phase?: Phase };

/** Said of every device; all times count from the first event of the run. */
export interface Said {
  readonly bubbles?: readonly PlantedBubble[];
  readonly steps?: readonly PlantedStep[];
  readonly tables?: readonly Table[];
}

export async function analysedRun(ranks: readonly PlantedRank[], said: Said = {}): Promise<RunAnalysis> {
  const run = await plantedRun(ranks);
  const shards = run.shards.map((shard) => ({
    ...shard,
    timeline: { ...shard.timeline, tables: [...shard.timeline.tables, ...(said.tables ?? [])] },
  }));
  const analysis = analyseRun({ ...run, shards }, { steps: { detect: false } });
  const devices = analysis.devices.map((device): DeviceAnalysis => {
    const { tasks } = device;
    return { ...device, bubbles: [bubblesOf(tasks, said.bubbles ?? [])], steps: stepsOf(tasks, said.steps ?? []) };
  });
  return { ...analysis, devices };
}

/** What one rule finds. */
export async function found<Rule extends RuleName>(
  rule: Rule,
  ranks: readonly PlantedRank[],
  said?: Said,
): Promise<Extract<RunFinding, { rule: Rule }> | undefined> {
  const all = await findings(await analysedRun(ranks, said));
  return all.find((each): each is Extract<RunFinding, { rule: Rule }> => each.rule === rule);
}

function bubblesOf(
  { rank, device, capture, length, startNs, endNs }: DeviceTasks,
  said: readonly PlantedBubble[],
): DeviceBubbles {
  const taskAt = (times: Float64Array, timeNs: number): number =>
    times.findIndex((each, task) => task < length && each === timeNs);
  const found = said.map((each) => ({
    ...each,
    before: taskAt(endNs, each.startNs),
    after: taskAt(startNs, each.endNs),
  }));
  return saidBubbles({ rank, device, capture }, found, 0);
}

function stepsOf({ rank, device, capture, startNs }: DeviceTasks, said: readonly PlantedStep[]): DeviceSteps {
  const steps = said.map(({ startNs: from, endNs, phase = 'other' }, number) => ({
    ...{ id: `${number}`, phase, startNs: from, endNs, isFirst: number === 0, isOutlier: false },
  }));
  const stepOf = Int32Array.from(startNs, (timeNs) =>
    said.findIndex((each) => each.startNs <= timeNs && timeNs < each.endNs),
  );
  const source = said.length === 0 ? 'none' : 'profiler-step';
  return { rank, device, capture, source, confidence: said.length === 0 ? 0 : 1, steps, stepOf };
}

/** Ops of equal length one behind the other with equal gaps before all but the first, which starts at 0. */
export function opsInRow(
  count: number,
  { durNs, gapNs = 0, name = 'MatMul' }: { durNs: number; gapNs?: number; name?: string },
): { name: string; stream: number; startNs: number; endNs: number }[] {
  return Array.from({ length: count }, (_, i) => {
    const startNs = i * (durNs + gapNs);
    return { name, stream: 2, startNs, endNs: startNs + durNs };
  });
}
