/** Where in an input something was found. Offsets are bytes from 0, lines and columns count from 1. */
export interface Place {
  readonly path: string;
  readonly offset?: number;
  readonly line?: number;
  readonly column?: number;
  readonly field?: string;
}

/** A wrong flag, an ambiguous format, an unknown name: the command line has to change. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code: string;
  readonly hint: string | undefined;

  constructor(code: string, message: string, hint?: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}

export interface InputProblem {
  readonly at: Place;
  readonly expected: string;
  readonly found: string;
  readonly hint?: string;
}

/** Nothing useful can be read from an input. */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly code: string;
  readonly at: Place;
  readonly expected: string;
  readonly found: string;
  readonly hint: string | undefined;

  constructor(code: string, problem: InputProblem) {
    super(`${formatPlace(problem.at)}: expected ${problem.expected}, found ${problem.found}`);
    this.code = code;
    this.at = problem.at;
    this.expected = problem.expected;
    this.found = problem.found;
    this.hint = problem.hint;
  }
}

/** The machine said no: no permission, a full disk, a tool that fails. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  readonly code: string;
  readonly path: string;
  readonly hint: string | undefined;

  constructor(code: string, path: string, message: string, hint?: string) {
    super(message);
    this.code = code;
    this.path = path;
    this.hint = hint;
  }
}

export function formatPlace(place: Place): string {
  const parts = [place.path];
  if (place.line !== undefined) parts.push(`line ${place.line}`);
  if (place.column !== undefined) parts.push(`column ${place.column}`);
  if (place.offset !== undefined) parts.push(`byte ${place.offset}`);
  if (place.field !== undefined) parts.push(`field ${place.field}`);
  return parts.join(', ');
}
