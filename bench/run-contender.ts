import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { TraceProcessor } from '../test/oracle/trace-processor.ts';
import type { Contender } from './contenders.ts';
import type { BenchInput, Counts } from './input.ts';

export interface Result {
  readonly tookMs: number;
  readonly peakRssBytes?: number;
  readonly outputBytes?: number;
  readonly counts: Counts;
}

const SCRIPTS = fileURLToPath(new URL('./contenders', import.meta.url));
const execute = promisify(execFile);

/** One run in a process of its own: plain Node on the built program, so nothing is warm and nothing is transformed. */
export async function runContender(contender: Contender, input: BenchInput, folder: string): Promise<Result> {
  if (contender.script === 'trace-processor') return runTraceProcessor(input.path);
  const outputPath = contender.writes === undefined ? '' : join(folder, `output-${process.pid}.${contender.writes}`);
  // The CLI tells the format by the name.
  const namedPath = contender.writes === 'perfetto' ? `${outputPath}.pftrace` : outputPath;
  try {
    const result = await runScript(contender.script, [input.path, namedPath, contender.option ?? '']);
    if (contender.writes === undefined) return result;
    const { counts } = await runScript('count-output.mjs', [namedPath, contender.writes]);
    return { ...result, counts };
  } finally {
    if (namedPath !== '') rmSync(namedPath, { force: true });
  }
}

async function runScript(script: string, options: readonly string[]): Promise<Result> {
  const result: Result = JSON.parse(await scriptOutput(script, options));
  return result;
}

export async function scriptOutput(script: string, options: readonly string[]): Promise<string> {
  const { stdout } = await execute(execPath, ['--expose-gc', join(SCRIPTS, script), ...options]);
  return stdout;
}

async function runTraceProcessor(path: string): Promise<Result> {
  const processor = await TraceProcessor.open(path, { isTimed: true });
  try {
    const [row] = await processor.query('SELECT count(*) AS slices FROM slice');
    return {
      tookMs: processor.loadMs,
      peakRssBytes: processor.peakRssBytes,
      counts: { slices: Number(row.slices) },
    };
  } finally {
    await processor.close();
  }
}

/** What a contender counted otherwise than the generator did, in words. */
export function wrongCounts({ counts }: Result, { counts: expected }: BenchInput): string[] {
  return Object.entries(counts).flatMap(([kind, count]) => {
    const wanted = expected[kind as keyof Counts];
    return count === wanted ? [] : [`${count} ${kind}, expected ${wanted}`];
  });
}
