/**
 * What a viewer waits for, with 10 M slices on 64 tracks in memory. Random windows lie anywhere in the run, and each zoom is
 * as likely as any other. The goal is for the time on the clock of a machine that does nothing else; on a busy one the time
 * of the processor says more.
 *
 *   npm run bench:viewer
 *   npm run bench:viewer -- --slices 1000000
 */
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { scriptOutput } from './run-contender.ts';

const { values } = parseArgs({ options: { slices: { type: 'string', default: '10000000' } } });
const sliceCount = Number(values.slices);
if (!Number.isInteger(sliceCount) || sliceCount < 1) throw new Error(`--slices ${values.slices}: expected a number`);

interface Took {
  readonly wallMs: number;
  readonly cpuMs: number;
}
interface Windows {
  readonly trackCount: number;
  readonly rowCount: number;
  readonly columnCount: number;
  /** Of the whole run, when nothing has been asked before. */
  readonly first: Took;
  readonly random: readonly Took[];
  readonly wholeRun: readonly Took[];
  readonly runBytes: number;
  readonly detailBytes: number;
}

const GOAL_P99_MS = 10;

console.log(`Node ${process.version}, ${availableParallelism()} x ${cpus()[0]?.model ?? 'unknown'}`);
await benchWindows();

async function benchWindows(): Promise<void> {
  const found: Windows = JSON.parse(await scriptOutput('window.mjs', [`${sliceCount}`]));
  const { trackCount, rowCount, columnCount, first, random, wholeRun } = found;
  console.log(
    `\nwindow: ${sliceCount / 1e6} M slices, ${trackCount} tracks in view (${rowCount} rows at first), ${columnCount} columns`,
  );
  console.log(`${''.padEnd(28)}${['wall ms', 'processor ms'].map(cell).join('')}`);
  print('first query', first);
  for (const [name, took] of [['random windows', random] as const, ['the whole run', wholeRun] as const]) {
    print(`${name}, p50`, quantile(took, 0.5));
    print(`${name}, p99`, quantile(took, 0.99));
  }
  console.log(`memory: the run ${megabytes(found.runBytes)}, beside it ${megabytes(found.detailBytes)}`);
  const { wallMs } = quantile(random, 0.99);
  console.log(`p99 of random windows below ${GOAL_P99_MS} ms: ${wallMs < GOAL_P99_MS ? 'OK' : 'SHORT'}`);
}

function print(what: string, { wallMs, cpuMs }: Took): void {
  console.log(`${what.padEnd(28)}${[wallMs, cpuMs].map((ms) => cell(ms.toFixed(2))).join('')}`);
}

/** Of each kind of time by itself. */
function quantile(took: readonly Took[], share: number): Took {
  const of = (key: keyof Took): number => {
    const sorted = took.map((each) => each[key]).sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  };
  return { wallMs: of('wallMs'), cpuMs: of('cpuMs') };
}

function cell(text: string): string {
  return text.padStart(14);
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
