import { CONTENDERS, type Contender, SECTIONS, type Section } from './contenders.ts';
import type { BenchInput, InputKind } from './input.ts';
import type { Result } from './run-contender.ts';

export type Results = ReadonlyMap<string, readonly Result[]>;

export function medianMs(results: Results, name: string): number | undefined {
  const times = (results.get(name) ?? []).map(({ tookMs }) => tookMs).sort((a, b) => a - b);
  if (times.length === 0) return undefined;
  const middle = times.length >> 1;
  return times.length % 2 === 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2;
}

/** The most any run needed. */
export function peakRssBytes(results: Results, name: string): number | undefined {
  const peaks = (results.get(name) ?? []).flatMap(({ peakRssBytes }) => peakRssBytes ?? []);
  return peaks.length === 0 ? undefined : Math.max(...peaks);
}

const HEADER = ['', 'MB/s', 'fastest', 'x base', 'peak RSS', 'of input', 'output', 'events'];

/** MB/s are megabytes of the input, in every section, so that a ratio is a ratio of times. */
export function printTable(results: Results, inputs: ReadonlyMap<InputKind, BenchInput>): void {
  const lines: string[][] = [];
  for (const section of Object.keys(SECTIONS) as Section[]) {
    const measured = CONTENDERS.filter((each) => each.section === section && results.has(each.name));
    const input = inputs.get(SECTIONS[section].input);
    if (measured.length === 0 || input === undefined) continue;
    lines.push([], [SECTIONS[section].title, ...HEADER.slice(1)]);
    for (const contender of measured) lines.push(rowOf(contender, results, input));
  }
  const widths = HEADER.map((_, column) => Math.max(0, ...lines.map((line) => line[column]?.length ?? 0)));
  for (const line of lines) {
    console.log(line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  '));
  }
}

function rowOf({ name, label, section, isLossy }: Contender, results: Results, input: BenchInput): string[] {
  const runs = results.get(name) ?? [];
  const { bytes } = input;
  const median = medianMs(results, name);
  const baselineMs = medianMs(results, SECTIONS[section].baseline);
  const rss = peakRssBytes(results, name);
  const [first] = runs;
  if (median === undefined || first === undefined) return [label, 'failed'];
  const { slices = 0, counters = 0, flowStarts = 0, flowEnds = 0, rows } = first.counts;
  const events = (rows ?? slices + counters + flowStarts + flowEnds).toLocaleString('en-US');
  return [
    label,
    rate(bytes, median),
    rate(bytes, Math.min(...runs.map(({ tookMs }) => tookMs))),
    baselineMs === undefined ? '' : (baselineMs / median).toFixed(2),
    rss === undefined ? '' : megabytes(rss),
    rss === undefined ? '' : (rss / bytes).toFixed(2),
    first.outputBytes === undefined ? '' : megabytes(first.outputBytes),
    isLossy === true ? `${events} of ${input.counts.slices?.toLocaleString('en-US')} slices` : events,
  ];
}

function rate(bytes: number, ms: number): string {
  return (bytes / ms / 1000).toFixed(1);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
