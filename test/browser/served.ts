// `traceconv view` as users run it, until the test file is over.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll } from 'vitest';
import { COMMAND } from '../golden/command.ts';

export interface Served {
  /** As it was printed, with the token. */
  readonly url: string;
  readonly process: ChildProcess;
}

const started: ChildProcess[] = [];
afterAll(() => {
  for (const each of started) each.kill('SIGKILL');
});

export async function serve(...words: string[]): Promise<Served> {
  const child = spawn(process.execPath, [COMMAND, 'view', '--no-open', ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const [url]: string[] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`view ended with ${code}: ${said}`);
    }),
  ]);
  return { url, process: child };
}
