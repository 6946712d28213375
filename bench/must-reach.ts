import type { BenchInput, InputKind } from './input.ts';
import { medianMs, peakRssBytes, type Results } from './table.ts';

interface Goal {
  readonly what: string;
  readonly wanted: string;
  /** undefined where the runs it needs were left out. */
  readonly measured: number | undefined;
  readonly isReached: (measured: number) => boolean;
}

/** From here on the program itself no longer weighs anything in its memory. */
const LARGE_INPUT_BYTES = 1e9;

/** The goals this project has set itself, beside what was measured. */
export function printMustReach(results: Results, inputs: ReadonlyMap<InputKind, BenchInput>): void {
  const timesAsFast = (ours: string, theirs: string, what: string, wanted: number): Goal => ({
    what,
    wanted: `>= ${wanted} x`,
    measured: quotient(medianMs(results, theirs), medianMs(results, ours)),
    isReached: (measured) => measured >= wanted,
  });
  const goals: Goal[] = [
    timesAsFast('read', 'stream-json', 'reading against stream-json', 8),
    timesAsFast('read', 'json-chunks', 'reading against JSON.parse of chunks', 2),
    {
      what: 'reading Kineto against reading msprof, by bytes',
      wanted: '>= 0.85 x',
      measured: quotient(rateOf(results, inputs, 'kineto', 'kineto'), rateOf(results, inputs, 'read', 'trace')),
      isReached: (measured) => measured >= 0.85,
    },
    timesAsFast('write-perfetto', 'protobufjs', 'Perfetto writer against protobufjs', 3),
    timesAsFast('read-table', 'csv-parse', 'reading an op table against csv-parse', 5),
    timesAsFast('read-table', 'udsv', 'reading an op table against uDSV', 1.5),
    timesAsFast('write-chrome', 'json-stringify', 'Chrome writer against JSON.stringify', 3),
    {
      what: 'whole conversion to .pftrace, in times of reading alone',
      wanted: '<= 3 x',
      measured: quotient(medianMs(results, 'cli'), medianMs(results, 'read')),
      isReached: (measured) => measured <= 3,
    },
  ];
  goals.push({
    what: 'peak RSS of reading many ranks, in sizes of the input',
    wanted: '< 1.2 x',
    measured: quotient(peakRssBytes(results, 'ranks'), inputs.get('ranks')?.bytes),
    isReached: (measured) => measured < 1.2,
  });
  const traceBytes = inputs.get('trace')?.bytes ?? 0;
  if (traceBytes >= LARGE_INPUT_BYTES) {
    goals.push({
      what: 'peak RSS of reading, in sizes of the input',
      wanted: '< 0.6 x',
      measured: quotient(peakRssBytes(results, 'read'), traceBytes),
      isReached: (measured) => measured < 0.6,
    });
  }
  const rows = goals.flatMap(({ what, wanted, measured, isReached }) =>
    measured === undefined
      ? []
      : [[what, wanted, `${measured.toFixed(2)} x`, isReached(measured) ? 'OK' : 'SHORT'] as const],
  );
  if (rows.length === 0) return;
  console.log('\nmust reach');
  const width = Math.max(...rows.map(([what]) => what.length));
  for (const [what, wanted, measured, verdict] of rows) {
    console.log(`${what.padEnd(width)}  ${wanted.padStart(6)}  measured ${measured.padStart(7)}  ${verdict}`);
  }
  if (traceBytes > 0 && traceBytes < LARGE_INPUT_BYTES)
    console.log('peak RSS below 0.6 x the input is a goal at 1 GB: --full');
  console.log('Memory is that of a plain file on disk; gzip and stdin are first unpacked into a temporary file.');
}

function rateOf(
  results: Results,
  inputs: ReadonlyMap<InputKind, BenchInput>,
  name: string,
  kind: InputKind,
): number | undefined {
  return quotient(inputs.get(kind)?.bytes, medianMs(results, name));
}

function quotient(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a / b;
}
