/** What is known of a machine; that of this process where none is given. */
export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
  /** Where one may be that is not on the path. */
  readonly elsewhere: readonly string[];
  /** The program that brings one of Playwright's. */
  readonly playwright: string;
  readonly say: (line: string) => void;
}

/** The path of a Chromium or Chrome; undefined where none is installed. */
export function findChromium(machine?: Pick<Machine, 'env' | 'elsewhere'>): string | undefined;

/** Why there still is none; undefined where there is one now. */
export function installChromium(machine?: Machine): string | undefined;
