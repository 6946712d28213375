// A run of 1 ms on one stream whose every time is known, with a gap that is a bubble and a name that a spreadsheet would run.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder } from '../golden/command.ts';
import { plantedRanks } from '../support/planted-decode.ts';
import { msprofJson, type PlantedTask } from '../support/planted-run.ts';
import { savedTrace } from './viewed.ts';

export const FORMULA = '=HYPERLINK("x","click")';
export const ENDS_NS = 1_000_000;
export const BUBBLE = { startNs: 150_000, endNs: 400_000 } as const;

const task = (name: string, startUs: number, endUs: number): PlantedTask => ({
  ...{ name, stream: 3, startNs: startUs * 1000, endNs: endUs * 1000 },
  launch: { startNs: startUs * 1000 - 10_000 + 20_000 * Number(startUs === 0), endNs: startUs * 1000 + 15_000 },
});

/** MatMul takes most: 300 µs of 520. */
export const TASKS: readonly PlantedTask[] = [
  { name: 'MatMul', stream: 3, startNs: 0, endNs: 100_000 },
  task('Add', 100, 150),
  task('MatMul', 400, 500),
  task(FORMULA, 500, 520),
  task('MatMul', 800, 900),
  task('Add', 950, 1000),
];

export function knownRun(): string {
  return savedTrace('msprof_20260101000000.json', msprofJson({ rank: 0, tasks: TASKS }));
}

/** Tokens of a small model on two ranks, with pauses before each, collectives and memory. Each call makes the same run. */
export function decodeRun(): string {
  const folder = freshFolder();
  const ranks = plantedRanks({
    seed: 5,
    layers: 3,
    tokens: 8,
    ranks: 2,
    pauses: 'token',
    marks: (step) => `step ${step}`,
  });
  ranks.forEach(({ rank }, at) => {
    const samples = [0, 1, 2].map((sample) => ({
      ...{ counter: 'NPU_MEM', series: 'HBM(KB)', timeNs: sample * 1_000_000, value: 4096 + sample * 1024 },
    }));
    const collectives = [0, 1].map((each) => ({
      ...{ name: `hcom_allReduce__${each}`, startNs: each * 500_000, endNs: each * 500_000 + 50_000 },
    }));
    mkdirSync(join(folder, `rank_${at}`));
    writeFileSync(
      join(folder, `rank_${at}`, 'msprof_20260101000000.json'),
      msprofJson({ ...rank, samples, collectives }),
    );
  });
  return folder;
}

export const SLOWER = 1.4;

export interface ComparedRuns {
  /** Paths, base and head. */
  readonly paths: readonly [string, string];
  /** By side: what ran, on all ranks. */
  readonly tasks: readonly [readonly PlantedTask[], readonly PlantedTask[]];
}

/** The same tokens twice, without jitter: MatMulV3 takes longer in the second, and SwiGlu has another name. */
export function comparedRuns(): ComparedRuns {
  const folder = freshFolder();
  const [base, head] = (['before', 'after'] as const).map((name) => {
    const slower = name === 'after' ? { MatMulV3: SLOWER } : {};
    const shape = { seed: 5, layers: 3, tokens: 8, ranks: 2, jitter: 0, pauses: 'token', slower } as const;
    const ranks = plantedRanks({ ...shape, marks: (step) => `step ${step}` }).map(({ rank }) => ({
      ...rank,
      tasks: rank.tasks.map((each) =>
        name === 'after' && each.name === 'SwiGlu' ? { ...each, name: 'FusedSwiGlu' } : each,
      ),
    }));
    ranks.forEach((rank, at) => {
      const home = join(folder, name, `rank_${at}`);
      mkdirSync(home, { recursive: true });
      writeFileSync(join(home, 'msprof_20260101000000.json'), msprofJson(rank));
    });
    return { path: join(folder, name), tasks: ranks.flatMap(({ tasks }) => tasks) };
  });
  return { paths: [base.path, head.path], tasks: [base.tasks, head.tasks] };
}
