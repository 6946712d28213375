import { scriptOutput } from './run-contender.ts';

/** The name of this benchmark on the command line, beside those of the contenders. */
export const ANALYSE = 'analyse';

const TASK_COUNTS = [1e6, 3e6, 10e6];
/** Steps by marks of the host, and by the repetition of ops. */
const CASES = ['marked', 'unmarked'] as const;
const PARTS = ['analyseRun', 'topOps', 'overlap', 'bubbles', 'steps'] as const;
/** What a report says beyond these; shown, but no part of the goal. The path is that of one step in the middle. */
const BEYOND = ['ranks', 'findings', 'criticalPath'] as const;
type Times = Readonly<
  Record<(typeof PARTS | typeof BEYOND)[number], { readonly wallMs: number; readonly cpuMs: number }>
>;

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
    const wall = bestOf(runs, ({ wallMs }) => wallMs);
    const cpu = bestOf(runs, ({ cpuMs }) => cpuMs);
    sizes.push({ taskCount, wall, cpu });
  }
  const [smallest] = sizes;
  const largest = sizes[sizes.length - 1];
  const growths = sizes.map(
    ({ taskCount, cpu }) => cpu.together / smallest.cpu.together / (nLogN(taskCount) / nLogN(smallest.taskCount)),
  );
  const head = [...PARTS, 'together', ...BEYOND, 'of n log n'].map(cell).join('');
  console.log(`\n${`analyses, ${name} steps, s`.padEnd(28)}${head}`);
  for (const [i, { taskCount, wall, cpu }] of sizes.entries()) {
    const size = `${taskCount / 1e6} M`;
    console.log(`${`${size} wall`.padEnd(28)}${cells(wall)}`);
    console.log(`${`${size} processor`.padEnd(28)}${cells(cpu)}${cell(`${growths[i].toFixed(2)} x`)}`);
  }
  const isFast = largest.wall.together < GOAL_SECONDS;
  const isLinear = growths.every((growth) => growth <= MOST_GROWTH);
  console.log(`${largest.taskCount / 1e6} M tasks below ${GOAL_SECONDS} s of wall time: ${isFast ? 'OK' : 'SHORT'}`);
  console.log(`n log n at worst (<= ${MOST_GROWTH} x): ${isLinear ? 'OK' : 'SHORT'}`);
}

interface Seconds {
  readonly parts: readonly number[];
  readonly together: number;
  readonly beyond: readonly number[];
}

function bestOf(runs: readonly Times[], timeOf: (times: Times[keyof Times]) => number): Seconds {
  const best = (part: keyof Times): number => Math.min(...runs.map((times) => timeOf(times[part]))) / 1000;
  const parts = PARTS.map(best);
  return { parts, together: parts.reduce((total, each) => total + each, 0), beyond: BEYOND.map(best) };
}

function cells({ parts, together, beyond }: Seconds): string {
  return [...parts, together, ...beyond].map((each) => cell(each.toFixed(2))).join('');
}

function cell(text: string): string {
  return text.padStart(14);
}

function nLogN(n: number): number {
  return n * Math.log2(n);
}
