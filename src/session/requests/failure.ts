import { EnvironmentError, InputError, UsageError } from '../../base/index.ts';

/** Why a request has no answer, or a run cannot be opened, as it travels to whoever asked. */
export interface Failure {
  readonly code: string;
  readonly what: string;
  readonly expected?: string | undefined;
  readonly found?: string | undefined;
  readonly hint?: string | undefined;
}

export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.what);
    this.failure = failure;
  }
}

export function failureOf(error: unknown): Failure {
  if (error instanceof RequestError) return error.failure;
  if (error instanceof InputError) {
    const { code, message, expected, found, hint } = error;
    return { code, what: message, expected, found, hint };
  }
  if (error instanceof UsageError || error instanceof EnvironmentError) {
    return { code: error.code, what: error.message, hint: error.hint };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'bug', what: `a bug in traceconv: ${message}`, hint: 'please report it' };
}
