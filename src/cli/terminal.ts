import type { WriteStream } from 'node:tty';

export interface TerminalOptions {
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** False under --no-color. */
  readonly color: boolean;
}

type Style = 'bold' | 'dim' | 'red' | 'yellow';

const STYLE_CODES: Record<Style, readonly [on: number, off: number]> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
};

/** The only place that prints. Results go to standard output, everything about the work to standard error. */
export class Terminal {
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly #color: boolean;

  constructor({ quiet, verbose, color }: TerminalOptions) {
    this.quiet = quiet;
    this.verbose = verbose;
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
    process.stderr.write(`${this.#color && process.stderr.isTTY ? line : unstyled(line)}\n`);
  }

  /** Where a progress bar may be drawn, if anywhere. */
  get progressStream(): WriteStream | undefined {
    return process.stderr.isTTY && !this.quiet && process.env.TERM !== 'dumb' ? process.stderr : undefined;
  }
}

export function styled(text: string, style: Style): string {
  const [on, off] = STYLE_CODES[style];
  return `\u001b[${on}m${text}\u001b[${off}m`;
}

function unstyled(line: string): string {
  return line.replace(/\u001b\[\d+m/g, '');
}

/**
 * Names in a trace or a folder are anybody's text: control characters could move the cursor or recolour the screen,
 * and marks that turn the writing direction could make a line read as another.
 */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u{${code.toString(16)}}`;
  });
}
