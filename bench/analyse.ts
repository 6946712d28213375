import { scriptOutput } from './run-contender.ts';

/** The name of this benchmark on the command line, beside those of the contenders. */
export const ANALYSE = 'analyse';

const TASK_COUNTS = [1e6, 3e6, 10e6];
const PARTS = ['analyseRun', 'topOps', 'combinations'] as const;
type Times = Readonly<Record<(typeof PARTS)[number], number>>;

const GOAL_SECONDS = 3;
/** What is not sorting but waiting for memory grows a little faster than in theory. */
const MOST_GROWTH = 1.5;

/**
 * The analyses of generated runs, each in a process of its own. They have no rival; what is judged is that the largest run
 * takes less than the goal, and no run more than n log n lets expect from the smallest.
 */
export async function benchAnalyses(rounds: number): Promise<void> {
  const sizes = [];
  for (const taskCount of TASK_COUNTS) {
    const runs: Times[] = [];
    for (let round = 0; round < rounds; round++) {
      runs.push(JSON.parse(await scriptOutput('analyse.mjs', [`${taskCount}`])));
      console.error(`round ${round + 1}  ${ANALYSE} ${taskCount / 1e6} M`);
    }
    const secondsOf = (part: (typeof PARTS)[number]): number => median(runs.map((times) => times[part])) / 1000;
    const parts = PARTS.map(secondsOf);
    sizes.push({ taskCount, parts, together: parts.reduce((sum, seconds) => sum + seconds, 0) });
  }
  const [smallest] = sizes;
  const largest = sizes[sizes.length - 1];
  const growths = sizes.map(
    ({ taskCount, together }) => together / smallest.together / (nLogN(taskCount) / nLogN(smallest.taskCount)),
  );
  console.log(
    `\n${'analyses of device tasks, s'.padEnd(28)}${[...PARTS, 'together', 'of n log n'].map(cell).join('')}`,
  );
  for (const [i, { taskCount, parts, together }] of sizes.entries()) {
    const seconds = [...parts, together].map((each) => cell(each.toFixed(2)));
    console.log(`${`${taskCount / 1e6} M`.padEnd(28)}${seconds.join('')}${cell(`${growths[i].toFixed(2)} x`)}`);
  }
  const isFast = largest.together < GOAL_SECONDS;
  const isLinear = growths.every((growth) => growth <= MOST_GROWTH);
  console.log(`${largest.taskCount / 1e6} M tasks below ${GOAL_SECONDS} s: ${isFast ? 'OK' : 'SHORT'}`);
  console.log(`n log n at worst (<= ${MOST_GROWTH} x): ${isLinear ? 'OK' : 'SHORT'}`);
}

function cell(text: string): string {
  return text.padStart(14);
}

function nLogN(n: number): number {
  return n * Math.log2(n);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
