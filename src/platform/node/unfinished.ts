import { rmSync } from 'node:fs';

/** Temporary outputs not yet renamed, and folders of programs. Whoever ends the process early removes them first. */
const unfinished = new Set<string>();
/** Programs that were started and have not ended. */
const running = new Set<() => void>();

export function rememberUnfinished(path: string): void {
  unfinished.add(path);
}

export function forgetUnfinished(path: string): void {
  unfinished.delete(path);
}

export function rememberRunning(kill: () => void): void {
  running.add(kill);
}

export function forgetRunning(kill: () => void): void {
  running.delete(kill);
}

/** Not asynchronous, so that it can run from a signal handler just before the process ends. */
export function removeUnfinished(): void {
  for (const kill of running) kill();
  running.clear();
  for (const path of unfinished) rmSync(path, { force: true, recursive: true });
  unfinished.clear();
}
