import { NONE, type Run, tableCell } from '../../timeline/index.ts';
import type { RunAnalysis } from '../analyse-run.ts';

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

/** The last word of a setting's key, as profilers write them. */
const KEYS: Readonly<Record<'chip' | 'cann' | 'torchNpu' | 'world' | 'tp' | 'pp', RegExp>> = {
  chip: /(^|\.)(soc_name|soc_version|chip|platform_version)$/i,
  cann: /(^|\.)cann_version$/i,
  torchNpu: /(^|\.)torch_npu_version$/i,
  world: /(^|\.)world_size$/i,
  tp: /(^|\.)tensor_model_parallel_size$/i,
  pp: /(^|\.)pipeline_model_parallel_size$/i,
};

export function environmentOf({ run, devices }: RunAnalysis): Environment {
  const settings = settingsOf(run);
  const told = (key: keyof typeof KEYS): string | undefined =>
    settings.find(([name, value]) => KEYS[key].test(name) && value !== '')?.[1];
  const count = (key: keyof typeof KEYS): number | undefined => {
    const value = Number(told(key) ?? Number.NaN);
    return Number.isSafeInteger(value) && value > 0 ? value : undefined;
  };
  const versions = [
    ['CANN', told('cann')],
    ['torch_npu', told('torchNpu')],
  ].flatMap(([name, version]) => (version === undefined ? [] : [`${name} ${version}`]));
  const ranks = new Set(devices.map(({ tasks }) => tasks.rank).filter((rank) => rank !== NONE));
  return {
    device: run.shards[0]?.readerId.split('-')[0],
    chip: told('chip'),
    toolkit: versions.length === 0 ? undefined : versions.join(', '),
    devices: devices.length,
    world: count('world') ?? (ranks.size > 1 ? ranks.size : undefined),
    tp: count('tp'),
    pp: count('pp'),
  };
}

function settingsOf({ shards }: Run): [key: string, value: string][] {
  return shards
    .flatMap(({ timeline }) => timeline.tables)
    .filter(({ kind }) => kind === 'settings')
    .flatMap((table) =>
      Array.from({ length: table.rowCount }, (_, row): [string, string] => [
        `${tableCell(table, 'key', row) ?? ''}`,
        `${tableCell(table, 'value', row) ?? ''}`,
      ]),
    );
}
