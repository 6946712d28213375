import type { Command } from 'commander';
import { encodeBaseline, isMeasured } from '../analysis/compare/index.ts';
import { writeOutput } from '../platform/node/index.ts';
import { readConfig } from './compare-config.ts';
import { formatBytes, formatCounted } from '../report/format.ts';
import { addReadingOptions, anonymousRuns, readingFrom, type ReadingFlags, readRuns } from './read-runs.ts';
import { refuseToOverwriteInputs } from './refuse-overwrite.ts';
import { EXIT } from './report-error.ts';
import { visible } from '../report/text/style.ts';
import type { Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

interface BaselineFlags extends ReadingFlags {
  readonly output: string;
  readonly config?: string;
}

const EXAMPLES = `
Each input is one run. Keep three: what they differ by is what a change has to be larger than.

Examples:
  traceconv baseline PROF_000001_20260823165326062_ABC -o base.json
  traceconv baseline run1/ run2/ run3/ -o base.json`;

export function addBaseline(
  program: Command,
  run: (action: (terminal: Terminal) => Promise<number>) => Promise<void>,
): void {
  const command = program
    .command('baseline')
    .summary('keep what later runs are compared with, in a few kB')
    .description('Writes a summary of runs that "compare" takes in place of their captures, with the same verdict.')
    .argument('<inputs...>', 'captures, one input for each run; or baselines, to put them together')
    .requiredOption('-o, --output <file>', 'where to write; - is standard output')
    .option('--config <file>', 'how steps are told (default: traceconv.config.json or .yaml in the current folder)');
  addReadingOptions(command)
    .addHelpText('after', EXAMPLES)
    .action((inputs: string[], flags: BaselineFlags) => run((terminal) => baseline(inputs, flags, terminal)));
}

async function baseline(inputs: readonly string[], flags: BaselineFlags, terminal: Terminal): Promise<number> {
  const config = await readConfig(flags.config);
  await refuseToOverwriteInputs(inputs, [flags.output]);
  const reading = readingFrom(flags, config);
  const runs = anonymousRuns(await readRuns(inputs, reading, terminal), reading);
  const bytes = new TextEncoder().encode(encodeBaseline(runs, { name: 'traceconv', version: VERSION }));
  const writtenBytes = await writeOutput(flags.output, (output) => output.write(bytes));
  terminal.note(`${formatCounted(runs.length, 'run')} -> ${visible(flags.output)} (${formatBytes(writtenBytes)})`);
  for (const { name, summary } of runs) {
    if (summary.phases.length > 0 || summary.metrics.some(isMeasured)) continue;
    terminal.note(
      `${visible(name)}: no steps were found, so nothing can be compared with it; see --step-marker and --whole-run`,
    );
  }
  return EXIT.ok;
}
