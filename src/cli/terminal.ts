import type { WriteStream } from 'node:tty';
import type { Anonymiser } from '../session/index.ts';
import { unstyled } from '../report/text/style.ts';

export interface TerminalOptions {
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** False under --no-color. */
  readonly color: boolean;
  /** Remarks and errors name inputs; results are made of what was replaced already. */
  readonly anonymiser?: Anonymiser | undefined;
}

/** The only place that prints. Results go to standard output, everything about the work to standard error. */
export class Terminal {
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly #color: boolean;
  readonly #anonymiser: Anonymiser | undefined;

  constructor({ quiet, verbose, color, anonymiser }: TerminalOptions) {
    this.quiet = quiet;
    this.verbose = verbose;
    this.#anonymiser = anonymiser;
    this.#color = color && (process.env.NO_COLOR ?? '') === '' && process.env.TERM !== 'dumb';
  }

  /** A result: what the command was asked for. Resolves when whoever reads it has taken it. */
  print(lines: readonly string[]): Promise<void> {
    const text = lines.map((line) => `${this.#color && process.stdout.isTTY ? line : unstyled(line)}\n`).join('');
    return new Promise((resolve) => process.stdout.write(text, () => resolve()));
  }

  /** A remark, unless --quiet. */
  note(line: string): void {
    if (!this.quiet) this.complain(line);
  }

  complain(line: string): void {
    const said = this.#anonymiser?.message(line) ?? line;
    process.stderr.write(`${this.#color && process.stderr.isTTY ? said : unstyled(said)}\n`);
  }

  /** How many cells a line of results has; undefined where they go to no terminal. */
  get columns(): number | undefined {
    return process.stdout.isTTY ? process.stdout.columns : undefined;
  }

  /** Where a progress bar may be drawn, if anywhere. */
  get progressStream(): WriteStream | undefined {
    return process.stderr.isTTY && !this.quiet && process.env.TERM !== 'dumb' ? process.stderr : undefined;
  }
}
