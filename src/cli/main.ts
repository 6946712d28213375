import { Command, CommanderError } from 'commander';
import type { Anonymiser } from '../session/index.ts';
import { addBaseline } from './baseline.ts';
import { learnNamedPaths } from './capture-options.ts';
import { addCompare } from './compare.ts';
import { addCompletion } from './completion.ts';
import { addConvert } from './convert.ts';
import { addInspect } from './inspect.ts';
import { addReport } from './report.ts';
import { refuseMistypedCommand } from './mistyped-command.ts';
import { EXIT, reportError } from './report-error.ts';
import { addScrape } from './scrape.ts';
import { endCleanlyOnSignals } from './signals.ts';
import { Terminal } from './terminal.ts';
import { VERSION } from './version.ts';
import { addView } from './view.ts';

/** Runs one command line and returns its exit code. */
export async function main(words: readonly string[]): Promise<number> {
  endCleanlyOnSignals();
  // A reader that closes our output early (head, less) is told apart where the bytes are written.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  let exitCode: number = EXIT.ok;
  const program = createProgram(async (terminal, action) => {
    exitCode = await action(terminal).catch((error) => reportError(error, terminal));
  });
  if (words.length === 0) {
    program.outputHelp({ error: true });
    return EXIT.usage;
  }
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    // Commander has already said what it did not understand, or printed the help asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    throw error;
  }
  return exitCode;
}

type RunAction = (terminal: Terminal, action: (terminal: Terminal) => Promise<number>) => Promise<void>;

export function createProgram(runAction: RunAction): Command {
  let anonymiser: Anonymiser | undefined;
  const program = new Command('traceconv')
    .description('Reads the traces that profilers of AI accelerators leave and converts them, to the nanosecond.')
    .version(VERSION, '--version', 'print the version')
    .option('--quiet', 'print nothing but errors')
    .option('--verbose', 'say where each finding was made; print the stack of a bug')
    .option('--no-color', 'no colours (also with NO_COLOR set)')
    .helpOption('-h, --help', 'print this help')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'traceconv: ')) })
    .showHelpAfterError('(--help tells more)')
    .hook('preSubcommand', refuseMistypedCommand)
    .hook('preAction', (_, command) => {
      anonymiser = learnNamedPaths(command);
    })
    .exitOverride();
  const run = (action: (terminal: Terminal) => Promise<number>): Promise<void> => {
    const options = program.opts<{ quiet?: boolean; verbose?: boolean; color: boolean }>();
    const terminal = new Terminal({
      quiet: options.quiet === true,
      verbose: options.verbose === true,
      color: options.color,
      anonymiser,
    });
    return runAction(terminal, action);
  };
  addConvert(program, run);
  addInspect(program, run);
  addReport(program, run);
  addView(program, run);
  addCompare(program, run);
  addBaseline(program, run);
  addScrape(program, run);
  addCompletion(program, run);
  return program.addHelpText(
    'after',
    '\nStart with: traceconv <capture> -o trace.json. More: traceconv convert --help',
  );
}
