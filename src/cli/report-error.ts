import { EnvironmentError, InputError, UsageError } from '../base/index.ts';
import { styled, visible } from '../report/text/style.ts';
import type { Terminal } from './terminal.ts';

export const EXIT = {
  ...{ ok: 0, usage: 2, input: 3, regression: 4, dataLoss: 5, notComparable: 6, environment: 7, ownBug: 70 },
} as const;

/** Says what went wrong in one line, what to do about it in another, and which exit code that is. */
export function reportError(error: unknown, terminal: Terminal): number {
  if (error instanceof EnvironmentError && error.code === 'output_closed') return EXIT.ok;
  if (error instanceof UsageError) return say(error.message, error.hint, EXIT.usage, terminal);
  if (error instanceof InputError) return say(error.message, error.hint, EXIT.input, terminal);
  if (error instanceof EnvironmentError) return say(error.message, error.hint, EXIT.environment, terminal);
  const message = error instanceof Error ? error.message : String(error);
  say(
    `a bug in traceconv: ${message}`,
    'please report it, with the output of the same command and --verbose',
    EXIT.ownBug,
    terminal,
  );
  if (terminal.verbose && error instanceof Error) terminal.complain(error.stack ?? '');
  return EXIT.ownBug;
}

function say(message: string, hint: string | undefined, exitCode: number, terminal: Terminal): number {
  terminal.complain(`${styled('traceconv:', 'red')} ${visible(message)}`);
  if (hint !== undefined) terminal.complain(`${styled('hint:', 'bold')} ${visible(hint)}`);
  return exitCode;
}
