import type { Diagnostics } from '../../base/index.ts';

/** What a report says of the inputs that the run itself does not know. */
export interface ReportFacts {
  readonly tool: { readonly name: string; readonly version: string };
  /** The files that were read. */
  readonly inputs: readonly InputFacts[];
  readonly diagnostics: Diagnostics;
}

export interface InputFacts {
  readonly path: string;
  readonly sha256?: string | undefined;
  readonly readerId: string;
  readonly toolVersion?: string | undefined;
  /** The folder of its capture, as shards know it. */
  readonly capture?: string | undefined;
  /** Of an op table: how many rows there are, and how many describe an op of the timeline. */
  readonly joined?: { readonly rowCount: number; readonly matchedCount: number } | undefined;
}
