/**
 * Measures this project against its rivals on the same bytes: every contender in a process of its own, several rounds
 * in turn so that a busy moment of the machine hits all alike. A wrong count of events or rows fails the run.
 *
 *   npm run bench                     200 MB, three rounds
 *   npm run bench -- --full           1 GB, and 64 ranks
 *   npm run bench -- --bytes 20MB --runs 1 --only read --only stream-json
 *   npm run bench -- --only read-table --only csv-parse --only udsv
 *   npm run bench -- --only kineto --only read
 *   npm run bench -- --only sophon    raw records of a Sophon chip, 100 MB
 *   npm run bench -- --only analyse   the analyses of 1, 3 and 10 M tasks in memory
 */
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parseBytes } from '../fixtures/generate/scaled.ts';
import { TraceProcessor } from '../test/oracle/trace-processor.ts';
import { ANALYSE, benchAnalyses } from './analyse.ts';
import { CONTENDERS, type Contender, SECTIONS } from './contenders.ts';
import { type BenchInput, benchInput, type InputKind, RANK_BYTES } from './input.ts';
import { printMustReach } from './must-reach.ts';
import { type Result, runContender, wrongCounts } from './run-contender.ts';
import { printTable } from './table.ts';

const FOLDER = fileURLToPath(new URL('../node_modules/.cache/traceconv/bench', import.meta.url));

/** More than buffers of records hold. */
const MOST_RECORD_BYTES = 100e6;

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    bytes: { type: 'string' },
    only: { type: 'string', multiple: true },
    runs: { type: 'string', default: '3' },
  },
});
const bytes = parseBytes(values.bytes ?? (values.full ? '1GB' : '200MB'));
const bytesOf: Readonly<Record<InputKind, number>> = {
  trace: bytes,
  kineto: bytes,
  ranks: values.full && values.bytes === undefined ? 64 * RANK_BYTES : bytes,
  table: bytes,
  records: Math.min(bytes, MOST_RECORD_BYTES),
  commands: Math.min(bytes, MOST_RECORD_BYTES),
};
const rounds = Number(values.runs);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--runs ${values.runs}: expected a number from 1 on`);

const chosen = choose(values.only ?? []);
const inputs = new Map<InputKind, BenchInput>();
for (const kind of new Set(chosen.map(inputOf))) {
  const input = await benchInput(FOLDER, kind, bytesOf[kind]);
  inputs.set(kind, input);
  const { events, rows } = input.counts;
  const size = `${input.bytes.toLocaleString('en-US')} bytes`;
  const count =
    events === undefined
      ? `${(rows ?? input.counts.slices)?.toLocaleString('en-US')} rows`
      : `${events.toLocaleString('en-US')} events`;
  console.log(`${input.path}: ${size}, ${count}`);
}
console.log(`Node ${process.version}, ${availableParallelism()} x ${cpus()[0]?.model ?? 'unknown'}, ${rounds} rounds`);

const results = new Map<string, Result[]>();
const failures: string[] = [];
for (let round = 0; round < rounds; round++) {
  for (const contender of chosen) {
    const input = inputs.get(inputOf(contender));
    if (input !== undefined && (round === 0 || contender.runsOnce !== true)) await runOnce(contender, input, round);
  }
}
printTable(results, inputs);
printMustReach(results, inputs);
if (values.only === undefined || values.only.includes(ANALYSE)) await benchAnalyses(rounds);
for (const failure of failures) console.error(`FAILED ${failure}`);
process.exitCode = failures.length === 0 ? 0 : 1;

function inputOf({ section }: Contender): InputKind {
  return SECTIONS[section].input;
}

function choose(only: readonly string[]): Contender[] {
  const names = [...CONTENDERS.map(({ name }) => name), ANALYSE];
  const unknown = only.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`--only ${unknown}: expected one of ${names.join(', ')}`);
  return CONTENDERS.filter(({ name, label, largestBytes, script }) => {
    if (only.length > 0 && !only.includes(name)) return false;
    const isTooLarge = largestBytes !== undefined && bytes > largestBytes;
    const isMissing = script === 'trace-processor' && !TraceProcessor.available();
    if (isTooLarge) console.log(`left out: ${label}: the input is too large for it`);
    if (isMissing) console.log(`left out: ${label}: node scripts/fetch-trace-processor.mjs fetches it`);
    return !isTooLarge && !isMissing;
  });
}

async function runOnce(contender: Contender, input: BenchInput, round: number): Promise<void> {
  const { name, isLossy } = contender;
  try {
    const result = await runContender(contender, input, FOLDER);
    const wrong = isLossy === true ? [] : wrongCounts(result, input);
    for (const each of wrong) failures.push(`${name}: ${each}`);
    results.set(name, [...(results.get(name) ?? []), result]);
    console.error(`round ${round + 1}  ${name.padEnd(20)}${(result.tookMs / 1000).toFixed(2).padStart(8)} s`);
  } catch (error) {
    const message = `${name}: ${error instanceof Error ? error.message : String(error)}`;
    // A rival that gives up is no fault of ours.
    if (isLossy === true) console.error(`${name} gave up: ${message}`);
    else failures.push(message);
  }
}
