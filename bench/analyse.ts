import { scriptOutput } from './run-contender.ts';

/** The name of this benchmark on the command line, beside those of the contenders. */
export const ANALYSE = 'analyse';

const TASK_COUNTS = [1e6, 3e6, 10e6];
/** Steps by marks of the host, and by the repetition of ops. */
const CASES = ['marked', 'unmarked'] as const;
const PARTS = ['analyseRun', 'topOps', 'overlap', 'bubbles', 'steps'] as const;
type Times = Readonly<Record<(typeof PARTS)[number], { readonly wallMs: number; readonly cpuMs: number }>>;

const GOAL_SECONDS = 3;
/** What is not sorting but waiting for memory grows a little faster than in theory. */
const MOST_GROWTH = 1.5;

/**
 * The analyses of generated runs, each in a process of its own. They have no rival; what is judged is that the largest run
 * takes less than the goal, and no run more than n log n lets expect from the smallest. Of several rounds the best counts:
 * the work is the same each time, and what makes a round slower is what else the machine does. The goal is for the time on
 * the clock of a machine that does nothing else; on a busy one the time of the processor, with that of the threads that
 * collect garbage, says more.
 */
export async function benchAnalyses(rounds: number): Promise<void> {
  for (const each of CASES) await benchCase(each, rounds);
}

async function benchCase(name: (typeof CASES)[number], rounds: number): Promise<void> {
  const sizes = [];
  for (const taskCount of TASK_COUNTS) {
    const runs: Times[] = [];
    for (let round = 0; round < rounds; round++) {
      runs.push(JSON.parse(await scriptOutput('analyse.mjs', [`${taskCount}`, name])));
      console.error(`round ${round + 1}  ${ANALYSE} ${taskCount / 1e6} M ${name}`);
    }
    const wallSeconds = bestOf(runs, ({ wallMs }) => wallMs);
    const cpuSeconds = bestOf(runs, ({ cpuMs }) => cpuMs);
    sizes.push({ taskCount, wallSeconds, cpuSeconds, wall: sum(wallSeconds), cpu: sum(cpuSeconds) });
  }
  const [smallest] = sizes;
  const largest = sizes[sizes.length - 1];
  const growths = sizes.map(
    ({ taskCount, cpu }) => cpu / smallest.cpu / (nLogN(taskCount) / nLogN(smallest.taskCount)),
  );
  const head = [...PARTS, 'together', 'of n log n'].map(cell).join('');
  console.log(`\n${`analyses, ${name} steps, s`.padEnd(28)}${head}`);
  for (const [i, { taskCount, wallSeconds, cpuSeconds, wall, cpu }] of sizes.entries()) {
    const size = `${taskCount / 1e6} M`;
    console.log(`${`${size} wall`.padEnd(28)}${[...wallSeconds, wall].map(seconds).join('')}`);
    console.log(
      `${`${size} processor`.padEnd(28)}${[...cpuSeconds, cpu].map(seconds).join('')}${cell(`${growths[i].toFixed(2)} x`)}`,
    );
  }
  const isFast = largest.wall < GOAL_SECONDS;
  const isLinear = growths.every((growth) => growth <= MOST_GROWTH);
  console.log(`${largest.taskCount / 1e6} M tasks below ${GOAL_SECONDS} s of wall time: ${isFast ? 'OK' : 'SHORT'}`);
  console.log(`n log n at worst (<= ${MOST_GROWTH} x): ${isLinear ? 'OK' : 'SHORT'}`);
}

/** In seconds, by part. */
function bestOf(runs: readonly Times[], timeOf: (times: Times[keyof Times]) => number): number[] {
  return PARTS.map((part) => Math.min(...runs.map((times) => timeOf(times[part]))) / 1000);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function seconds(value: number): string {
  return cell(value.toFixed(2));
}

function cell(text: string): string {
  return text.padStart(14);
}

function nLogN(n: number): number {
  return n * Math.log2(n);
}
