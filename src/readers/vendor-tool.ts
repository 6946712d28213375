/** A program of a vendor that makes of a raw capture what can be read. It is never installed by us. */
export interface VendorTool {
  readonly name: string;
  /** What it is called where programs are looked for, the likeliest first. */
  readonly programs: readonly string[];
  /** What to do where it is not there. */
  readonly install: string;
  /** The Python package it comes in, as folders of installed packages spell it. */
  readonly packageName: string;
  /** A file of the capture, whose text `words` is given. */
  readonly aboutFile: string;
  /** Of the capture; NONE where unknown. */
  readonly device: number;
  /** What it calls ops whose names it does not know. */
  readonly unnamed: string;
  words(request: ToolRequest): string[];
  /** What it means when the tool says so; undefined where it is no message that is known. */
  explain(printed: string): ToolProblem | undefined;
  /** Of the files it wrote, those to be read: they may hold the same several times. */
  choose(paths: readonly string[]): readonly string[];
}

export interface ToolRequest {
  /** The options that the tool lists under `-h`. */
  readonly options: ReadonlySet<string>;
  readonly input: string;
  readonly output: string;
  readonly about: string;
  /** Cycles per microsecond, where the user said so. */
  readonly tiuMhz: number | undefined;
}

export interface ToolProblem {
  readonly what: string;
  readonly hint: string;
}
