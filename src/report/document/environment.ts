/**
 * What the run was made on, from what the profilers wrote down: the names of settings are those of torch_npu's
 * profiler_info and profiler_metadata and of msprof's info.json. Where captures disagree nothing is said.
 */
import { processGroups, Settings } from '../../analysis/index.ts';
import type { Run } from '../../timeline/index.ts';
import type { InputFacts } from './facts.ts';
import type { ReportEnvironment } from './report-document.ts';

/** By what the ids of readers begin with. */
const DEVICE_OF_VENDOR: Readonly<Record<string, string>> = { ascend: 'Ascend NPU' };

export function environmentSection(run: Run, inputs: readonly InputFacts[]): ReportEnvironment {
  const settings = new Settings(run);
  const devices = distinct(inputs.map(({ readerId }) => DEVICE_OF_VENDOR[readerId.split('-')[0]]));
  return {
    device: only(devices) ?? null,
    chip: settings.valueOf('platform_version') ?? null,
    toolkit: only(distinct(inputs.map(({ toolVersion }) => toolVersion))) ?? null,
    world: settings.countOf('world_size') ?? worldOfGroups(run),
    tp: settings.countOf('tensor_model_parallel_size') ?? null,
    pp: settings.countOf('pipeline_model_parallel_size') ?? null,
  };
}

/** The group that all ranks belong to has this name in torch.distributed. */
function worldOfGroups(run: Run): number | null {
  const world = processGroups(run).find(({ name }) => name === 'default_group');
  return world === undefined ? null : world.ranks.length;
}

function distinct(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== undefined && value !== ''))] as string[];
}

function only<T>(values: readonly T[]): T | undefined {
  return values.length === 1 ? values[0] : undefined;
}
