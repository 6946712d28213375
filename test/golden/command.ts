// The command as users run it: what was built, in folders of its own.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
export const DECODE = join(PROJECT, 'fixtures', 'ascend-msprof-json', 'decode-2026');
export const SLICED = join(PROJECT, 'fixtures', 'ascend-msprof-json', 'sliced');
export const TRUNCATED = join(PROJECT, 'fixtures', 'ascend-msprof-json', 'truncated', 'msprof_20260824165401.json');
export const COMMAND = join(PROJECT, 'dist', 'cli.js');

export const root = mkdtempSync(join(tmpdir(), 'traceconv cli '));
afterAll(() => rmSync(root, { recursive: true }));
let folderCount = 0;
export function freshFolder(): string {
  const folder = join(root, String(folderCount++));
  mkdirSync(folder);
  return folder;
}

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: Uint8Array;
  readonly stderr: string;
}

/** Runs the real command in a folder of its own, with its outputs piped. */
export function traceconv(
  words: readonly string[],
  { cwd = root, stdin = '' as string | Uint8Array, env = {} as Readonly<Record<string, string>> } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [COMMAND, ...words], { cwd, env: { ...process.env, ...env } });
  const stdout: Uint8Array[] = [];
  let stderr = '';
  child.stdout.on('data', (chunk: Uint8Array) => stdout.push(chunk));
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin);
  return new Promise((resolve) => {
    child.on('close', (exitCode) => resolve({ exitCode, stdout: joined(stdout), stderr }));
  });
}

export function joined(chunks: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
}

export const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

export interface ChromeTrace {
  readonly traceEvents: readonly {
    readonly ph: string;
    readonly name: string;
    readonly ts: number;
    readonly dur?: number;
  }[];
}
export const sliceCount = (json: string): number => {
  const trace: ChromeTrace = JSON.parse(json);
  return trace.traceEvents.filter(({ ph }) => ph === 'X').length;
};
