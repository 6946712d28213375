import { NONE } from '../../timeline/index.ts';
import type { RunAnalysis } from '../analyse-run.ts';
import { Settings } from '../settings.ts';

/** What has to be equal for two runs to be comparable, as far as the capture tells; undefined where it does not. */
export interface Environment {
  /** The vendor whose reader read it. */
  readonly device: string | undefined;
  readonly chip: string | undefined;
  readonly toolkit: string | undefined;
  /** How many devices ran ops in what was captured. */
  readonly devices: number;
  readonly world: number | undefined;
  readonly tp: number | undefined;
  readonly pp: number | undefined;
}

/** Where profilers of different years write the chip down. */
const CHIP_KEYS = ['soc_name', 'soc_version', 'chip', 'platform_version'];

export function environmentOf({ run, devices }: RunAnalysis): Environment {
  const settings = new Settings(run);
  const versions = ['cann', 'torch_npu'].flatMap((name) => {
    const version = settings.valueOf(`${name}_version`);
    return version === undefined ? [] : [`${name === 'cann' ? 'CANN' : name} ${version}`];
  });
  const ranks = new Set(devices.map(({ tasks }) => tasks.rank).filter((rank) => rank !== NONE));
  return {
    device: run.shards[0]?.readerId.split('-')[0],
    chip: CHIP_KEYS.map((key) => settings.valueOf(key)).find((chip) => chip !== undefined),
    toolkit: versions.length === 0 ? undefined : versions.join(', '),
    devices: devices.length,
    world: settings.countOf('world_size') ?? (ranks.size > 1 ? ranks.size : undefined),
    tp: settings.countOf('tensor_model_parallel_size'),
    pp: settings.countOf('pipeline_model_parallel_size'),
  };
}
