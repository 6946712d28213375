import { rmSync } from 'node:fs';

/** Temporary outputs not yet renamed. Whoever ends the process early removes them first. */
const unfinished = new Set<string>();

export function rememberUnfinished(path: string): void {
  unfinished.add(path);
}

export function forgetUnfinished(path: string): void {
  unfinished.delete(path);
}

/** Not asynchronous, so that it can run from a signal handler just before the process ends. */
export function removeUnfinished(): void {
  for (const path of unfinished) rmSync(path, { force: true });
  unfinished.clear();
}
