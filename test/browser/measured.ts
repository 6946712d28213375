// Runs of which all is planted: a trace of a host and a device with a benchmark's results beside it, the same results with
// twice the time to the first token, and scrapes of a server.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder } from '../golden/command.ts';
import { projectRoot } from '../support/project.ts';

const FIXTURES = join(projectRoot, 'fixtures');
const TRACE = join(FIXTURES, 'torch-kineto', 'cuda-2025');
const RESULTS = join(FIXTURES, 'vllm-result-json', 'serve-0.11');
const SCRAPES = join(FIXTURES, 'vllm-metrics', 'series-restart');

interface TraceTruth {
  readonly slices: readonly { readonly thread: string; readonly name: string; readonly durNs: number }[];
}
interface ResultTruth {
  readonly results: readonly {
    readonly measurements: readonly {
      readonly labels: Readonly<Record<string, string>>;
      readonly metrics: Readonly<Record<string, number>>;
    }[];
  }[];
}
interface ScrapeTruth {
  readonly run: { readonly ttft: { readonly quantilesNs: Readonly<Record<string, readonly number[]>> } };
}

// Made by the project's own generators.
const truthOf = (folder: string): unknown => JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8'));
const trace = truthOf(TRACE) as TraceTruth;
export const MEASURED = (truthOf(RESULTS) as ResultTruth).results[0].measurements;
/** The median of all requests that the server answered. */
export const SCRAPED_TTFT_NS = (truthOf(SCRAPES) as ScrapeTruth).run.ttft.quantilesNs['p50'][0];

/** On one host thread or in a stream, of all slices whose name begins like this. */
export function plantedNs(thread: string, name: string): number {
  const found = trace.slices.filter((slice) => slice.thread === thread && slice.name.startsWith(name));
  if (found.length === 0) throw new Error(`no ${name} was planted on ${thread}`);
  return found.reduce((sum, { durNs }) => sum + durNs, 0);
}

/** Trace and results, slower results alone, scrapes: what `view` is told. */
export function measuredRuns(): readonly string[] {
  const home = freshFolder();
  const [traced, slower] = ['traced', 'slower'].map((name) => join(home, name));
  for (const folder of [traced, slower]) mkdirSync(folder);
  copyFileSync(join(TRACE, 'worker0.pt.trace.json'), join(traced, 'worker0.pt.trace.json'));
  copyFileSync(join(RESULTS, 'results.jsonl'), join(traced, 'results.jsonl'));
  const lines = readFileSync(join(RESULTS, 'results.jsonl'), 'utf8').trim().split('\n');
  writeFileSync(
    join(slower, 'results.jsonl'),
    lines.map((line) => `${JSON.stringify(withSlowStart(line))}\n`).join(''),
  );
  return ['--base', traced, '--head', slower, SCRAPES];
}

/** What is worked out from the requests is left out, so that it is worked out again. */
function withSlowStart(line: string): object {
  const result = JSON.parse(line) as Readonly<Record<string, unknown>>;
  const kept = Object.entries(result).filter(([key]) => !/_(ttft|e2el|tpot|itl)_ms$/.test(key));
  const ttfts = (result['ttfts'] as readonly number[]).map((seconds) => 2 * seconds);
  return { ...Object.fromEntries(kept), ttfts };
}
