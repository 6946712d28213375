import { removeUnfinished } from '../platform/node/index.ts';

const SIGNAL_EXITS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

let awaited: (() => void) | undefined;

export function endCleanlyOnSignals(): void {
  for (const [signal, exitCode] of Object.entries(SIGNAL_EXITS)) {
    process.on(signal, () => {
      if (signal === 'SIGINT' && awaited !== undefined) {
        awaited();
        awaited = undefined;
        return;
      }
      removeUnfinished();
      process.exit(exitCode);
    });
  }
}

/** Of a command that Ctrl-C is the way to end. A second Ctrl-C ends it at once. */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    awaited = resolve;
  });
}
