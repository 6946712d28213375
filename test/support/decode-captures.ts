/** Captures on a disk, as msprof leaves them, of runs of a language model with known steps. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commonStartNs } from './device-events.ts';
import { type DecodeShape, plantedRanks } from './planted-decode.ts';
import { msprofJson, type PlantedRank } from './planted-run.ts';

export interface Capture extends Partial<DecodeShape> {
  readonly chip?: string;
  readonly world?: number;
  readonly tp?: number;
  /** The first dimension of every op, in a table beside the timeline. */
  readonly batch?: number;
  /** The timeline stops in the middle of an event. */
  readonly isCut?: boolean;
  /** Ops of these kinds have other names. */
  readonly renamed?: Readonly<Record<string, string>>;
}

/** Unseen seeds give other jitter; 40 tokens of 8 layers where nothing else is said. Resolves to the name of the folder. */
export function writeCapture(folder: string, name: string, capture: Capture = {}): string {
  const { chip = '5', world = 1, tp = 1, batch, isCut = false, renamed = {}, ...shape } = capture;
  const ranks = plantedRanks({ seed: 1, layers: 8, tokens: 40, prefill: 'longer', ...shape });
  for (const { rank } of ranks) {
    const home = join(folder, name, `host_${rank.rank}_20260823165326071_ascend_pt`);
    const prof = join(home, `PROF_000001_20260823165326071_0062553${rank.rank}ABCDEFGH`);
    const output = join(prof, 'mindstudio_profiler_output');
    for (const each of [output, join(prof, 'host')]) mkdirSync(each, { recursive: true });
    const write = (path: string, text: string | Uint8Array): void => writeFileSync(path, text);
    write(
      join(home, `profiler_info_${rank.rank}.json`),
      JSON.stringify({ config: { common_config: {} }, rank_id: rank.rank, cann_version: '8.3.RC1' }),
    );
    const groups = { rank: rank.rank, world_size: world, tensor_model_parallel_size: tp };
    write(join(home, 'profiler_metadata.json'), JSON.stringify({ distributed_args: groups }));
    write(
      join(prof, 'host', 'info.json'),
      JSON.stringify({ drvVersion: 1, platform_version: chip, devices: `${rank.rank}` }),
    );
    const tasks = rank.tasks.map((task) => ({ ...task, name: renamed[task.name] ?? task.name }));
    const bytes = msprofJson({ ...rank, tasks });
    write(
      join(output, 'msprof_20260823165335.json'),
      isCut ? bytes.subarray(0, Math.floor(bytes.length * 0.6)) : bytes,
    );
    if (batch !== undefined) write(join(output, 'op_summary_20260823165335.csv'), opSummary({ ...rank, tasks }, batch));
  }
  return name;
}

const COLUMNS = [
  ...['Device_id', 'Model ID', 'Task ID', 'Stream ID', 'Op Name', 'OP Type', 'Task Type', 'Task Start Time(us)'],
  ...['Task Duration(us)', 'Task Wait Time(us)', 'Block Num', 'Input Shapes', 'Input Data Types', 'Input Formats'],
];

function opSummary({ rank, tasks }: PlantedRank, batch: number): string {
  const micros = (ns: bigint): string => `${ns / 1000n}.${String(ns % 1000n).padStart(3, '0')}`;
  const rows = tasks.map(({ name, stream, startNs, endNs }, number) => [
    ...[rank, 4294967295, number, stream, name, name, 'AI_CORE', `${micros(commonStartNs + BigInt(startNs))}\t`],
    ...[(endNs - startNs) / 1000, 0, 20, `"""${batch},4096;4096,4096"""`, 'DT_BF16;DT_BF16', 'ND;ND'],
  ]);
  return [COLUMNS, ...rows].map((row) => `${row.join(',')}\n`).join('');
}
