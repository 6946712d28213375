/**
 * What a run was made on, from what the profilers wrote down: the names of settings are those of torch_npu's
 * profiler_info and profiler_metadata and of msprof's info.json. Where captures disagree nothing is said.
 */
import { makerOf } from '../base/index.ts';
import { commonDeviceWord, type Run, type Timeline } from '../timeline/index.ts';
import { processGroups } from './process-groups.ts';
import { Settings } from './settings.ts';

/** undefined is not known. */
export interface Environment {
  readonly device: string | undefined;
  readonly chip: string | undefined;
  readonly toolkit: string | undefined;
  /** How many ranks there are, captured or not, and how they share a model: tensor and pipeline parallel. */
  readonly world: number | undefined;
  readonly tp: number | undefined;
  readonly pp: number | undefined;
}

/** `toolVersions`: what the files of the run say that they were written by. */
export function environmentOf(run: Run, toolVersions: readonly (string | undefined)[]): Environment {
  const settings = new Settings(run);
  return {
    device: deviceNameOf(run),
    chip: settings.valueOf('platform_version') ?? only(run.shards.map(({ timeline }) => factOf(timeline, 'chip'))),
    toolkit: only(toolVersions),
    world: settings.countOf('world_size') ?? worldOfGroups(run),
    tp: settings.countOf('tensor_model_parallel_size'),
    pp: settings.countOf('pipeline_model_parallel_size'),
  };
}

/** The group that all ranks belong to has this name in torch.distributed. */
function worldOfGroups(run: Run): number | undefined {
  return processGroups(run).find(({ name }) => name === 'default_group')?.ranks.length;
}

/** As the reader says it. Members of documents stand beside that as they are, and may be no JSON. */
function factOf({ metadata }: Timeline, key: 'chip' | 'maker'): string | undefined {
  try {
    const fact: unknown = JSON.parse(metadata.get(key) ?? 'null');
    return typeof fact === 'string' ? fact : undefined;
  } catch {
    return undefined;
  }
}

/** 'Ascend NPU', or 'GPU' where nothing tells whose. */
function deviceNameOf({ shards }: Run): string | undefined {
  const word = commonDeviceWord(shards);
  // Results of a benchmark beside a trace have no maker.
  const withDevice = shards.filter(({ timeline }) => timeline.processes.some(({ side }) => side === 'device'));
  const telling = withDevice.length > 0 ? withDevice : shards;
  const makers = new Set(
    telling.map(({ readerId, timeline }) => makerOf(readerId)?.maker ?? factOf(timeline, 'maker')),
  );
  const [maker] = makers.size === 1 ? makers : [undefined];
  return word === undefined || maker === undefined ? word : `${maker} ${word}`;
}

/** What all agree on that say anything. */
function only(values: readonly (string | undefined)[]): string | undefined {
  const known = new Set(values.filter((value) => value !== undefined && value !== ''));
  return known.size === 1 ? [...known][0] : undefined;
}
