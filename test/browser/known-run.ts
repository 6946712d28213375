// A run of 1 ms on one stream whose every time is known, with a gap that is a bubble and a name that a spreadsheet would run.
import { msprofJson, type PlantedTask } from '../support/planted-run.ts';
import { savedTrace } from './viewed.ts';

export const FORMULA = '=HYPERLINK("http://127.0.0.1:1/","click")';
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
