import type { Failure } from '../../src/session/requests/failure.ts';
import type { Answer, RequestName, RunState } from '../../src/session/requests/protocol.ts';
import type { BrowserFile } from '../../src/platform/browser/index.ts';

/** The files of one run, wherever the page has them from. */
export interface Opening {
  readonly name: string;
  readonly files: readonly BrowserFile[];
  /** What of the files was named, as openRun takes it. */
  readonly inputs: readonly string[];
}

/** To the worker: what to open, once, then requests. */
export type WorkerOrder =
  | { readonly open: Opening; readonly version: string }
  | { readonly saved: Blob }
  | { readonly id: number; readonly name: RequestName; readonly ask: unknown };

export type WorkerMessage =
  | { readonly state: RunState }
  | { readonly id: number; readonly answer: Answer }
  | { readonly id: number; readonly failure: Failure };
