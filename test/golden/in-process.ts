// The built command without a process of its own: starting one takes longer than most commands.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { vi } from 'vitest';
import type * as main from '../../src/cli/main.ts';
import type * as errors from '../../src/cli/report-error.ts';
import { type Ended, joined, PROJECT } from './command.ts';

export const built = async <T>(path: string): Promise<T> =>
  import(pathToFileURL(join(PROJECT, 'dist', path)).href) as Promise<T>;

/** Runs a command as `traceconv` does, in the folder that this process is in; one at a time. */
export async function traceconvHere(words: readonly string[]): Promise<Ended> {
  const { createProgram } = await built<typeof main>('cli/main.js');
  const { reportError } = await built<typeof errors>('cli/report-error.js');
  const stdout: Uint8Array[] = [];
  let stderr = '';
  const taken = (stream: NodeJS.WriteStream, take: (chunk: Uint8Array) => void): (() => void) => {
    const spy = vi.spyOn(stream, 'write').mockImplementation((...args: readonly unknown[]) => {
      const [chunk] = args;
      take(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : Uint8Array.from(chunk as Uint8Array));
      const done = args.at(-1);
      if (typeof done === 'function') done();
      return true;
    });
    return () => spy.mockRestore();
  };
  const restore = [
    taken(process.stdout, (chunk) => stdout.push(chunk)),
    taken(process.stderr, (chunk) => (stderr += new TextDecoder().decode(chunk))),
  ];
  let exitCode = 0;
  try {
    const program = createProgram(async (terminal, action) => {
      exitCode = await action(terminal).catch((error: unknown) => reportError(error, terminal));
    });
    await program.parseAsync(words, { from: 'user' });
  } finally {
    for (const each of restore) each();
  }
  return { exitCode, stdout: joined(stdout), stderr };
}
