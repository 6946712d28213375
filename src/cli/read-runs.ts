import type { Command } from 'commander';
import { analyseRun, type RunAnalysis, type StepOptions } from '../analysis/index.ts';
import { decodeBaseline, isBaseline, type NamedRun, type RunSummary, summarise } from '../analysis/compare/index.ts';
import { Diagnostics, InputError } from '../base/index.ts';
import { NodeHost } from '../platform/node/index.ts';
import { openRun, type OpenOptions } from '../session/index.ts';
import { addCaptureOptions, type CaptureFlags, openOptionsOf } from './capture-options.ts';
import type { CompareConfig } from './compare-config.ts';
import { describeDiagnostics } from './diagnostics-text.ts';
import { Progress } from './progress.ts';
import { type StepFlags, stepOptions, stepsFrom } from './step-options.ts';
import type { Terminal } from './terminal.ts';

const HEAD_BYTES = 512;

export interface ReadingFlags extends StepFlags, CaptureFlags {
  readonly wholeRun?: boolean;
}

/** How a run becomes a summary. */
export interface RunReading {
  readonly steps: StepOptions;
  readonly wholeRun: boolean;
  readonly open: OpenOptions;
}

export function addReadingOptions(command: Command): Command {
  for (const option of stepOptions) command.addOption(option);
  command.option('--whole-run', 'take each run as one step, where nothing in it repeats');
  return addCaptureOptions(command);
}

export function readingFrom(flags: ReadingFlags, { steps }: CompareConfig): RunReading {
  return {
    steps: stepsFrom(flags, steps),
    wholeRun: flags.wholeRun ?? steps.wholeRun ?? false,
    open: openOptionsOf(flags),
  };
}

/** Each input is one run (a folder may hold the captures of all its ranks), or a baseline, which has the runs it was made of. */
export async function readRuns(
  inputs: readonly string[],
  reading: RunReading,
  terminal: Terminal,
): Promise<NamedRun[]> {
  const runs: NamedRun[] = [];
  for (const input of inputs) {
    const host = new NodeHost();
    try {
      const kept = await readBaseline(input, host, reading.open);
      runs.push(...(kept ?? [await readRun(input, host, reading, terminal, namedRun)]));
    } finally {
      await host.close();
    }
  }
  return runs;
}

const namedRun: TakeRun<NamedRun> = (name, _, summary) => ({ name, summary });

/** What is kept of a run before the next one is read. */
export type TakeRun<T> = (name: string, analysis: RunAnalysis, summary: RunSummary) => T;

/** The same of captures alone: baselines do not keep enough of a run for every question. */
export async function readCaptures<T>(
  inputs: readonly string[],
  reading: RunReading,
  terminal: Terminal,
  take: TakeRun<T>,
): Promise<T[]> {
  const taken: T[] = [];
  for (const input of inputs) {
    const host = new NodeHost();
    try {
      taken.push(await readRun(input, host, reading, terminal, take));
    } finally {
      await host.close();
    }
  }
  return taken;
}

async function readBaseline(
  input: string,
  host: NodeHost,
  { anonymiser }: OpenOptions,
): Promise<NamedRun[] | undefined> {
  const { kind, files } = await host.find(input);
  if (kind !== 'file' && kind !== 'stdin') return undefined;
  const head = new TextDecoder().decode(await host.readHead(files[0], HEAD_BYTES));
  if (!isBaseline(head)) return undefined;
  const source = await host.openSource(files[0]);
  const text = new TextDecoder().decode(await source.slice(0, source.sizeBytes));
  anonymiser?.learn(text);
  return decodeBaseline(text, files[0].path);
}

async function readRun<T>(
  input: string,
  host: NodeHost,
  { steps, wholeRun, open }: RunReading,
  terminal: Terminal,
  take: TakeRun<T>,
): Promise<T> {
  const diagnostics = new Diagnostics();
  const progress = new Progress(terminal.progressStream);
  try {
    progress.start('reading');
    const onProgress = (read: number, total: number): void => progress.update(read / total, read);
    const { run, files } = await openRun([input], host, { ...open, onProgress }, diagnostics);
    const analysis = analyseRun(run, { steps });
    const losses = diagnostics.list().filter(({ severity }) => severity === 'data_loss');
    progress.clear();
    if (terminal.verbose) {
      for (const line of describeDiagnostics(diagnostics, { withPlaces: true })) terminal.note(line);
    }
    const toolVersions = files.map(({ toolVersion }) => toolVersion);
    const dataLoss = Object.fromEntries(losses.map(({ kind, count }) => [kind, count]));
    const summary = summarise(analysis, { dataLoss, toolVersions, wholeRun });
    if (analysis.devices.length === 0 && summary.metrics.length === 0) throw noOps(input);
    return take(input, analysis, summary);
  } finally {
    progress.clear();
  }
}

function noOps(input: string): InputError {
  return new InputError('no_ops', {
    at: { path: input },
    expected: 'ops that ran on a device, or numbers of a benchmark',
    found: 'none',
    hint: 'traceconv inspect shows what is in it',
  });
}

/** Once all runs are read: only then all is known that has to be replaced in each of them, and in baselines. */
export function anonymousRuns(runs: readonly NamedRun[], { open: { anonymiser } }: RunReading): readonly NamedRun[] {
  if (anonymiser === undefined) return runs;
  return anonymiser.texts(runs.map(({ name, summary }) => ({ name: anonymiser.path(name), summary })));
}

/** Whether nothing stands where any of the inputs should be. */
export async function areMissing(inputs: readonly string[]): Promise<boolean> {
  const host = new NodeHost();
  try {
    for (const input of inputs) {
      const isFound = await host.find(input).then(
        () => true,
        (error: unknown) => {
          if (error instanceof InputError && error.code === 'not_found') return false;
          throw error;
        },
      );
      if (isFound) return false;
    }
    return true;
  } finally {
    await host.close();
  }
}
