// Opens the files of one run and answers requests about it, off the thread that draws.
import { BrowserHost } from '../src/platform/browser/index.ts';
import { failureOf } from '../src/session/requests/failure.ts';
import { answer } from '../src/session/requests/handlers.ts';
import { openViewedRun } from '../src/session/requests/open-viewed-run.ts';
import { prepare } from '../src/session/requests/prepare.ts';
import type { Answer } from '../src/session/requests/protocol.ts';
import type { ViewedRun } from '../src/session/requests/viewed-run.ts';
import type { Opening, WorkerMessage, WorkerOrder } from './api/worker-messages.ts';

let viewed: ViewedRun | undefined;

self.addEventListener('message', ({ data }: MessageEvent<WorkerOrder>) => {
  void ('open' in data ? open(data.open, data.version) : reply(data));
});

async function open({ name, files, inputs, options, folders }: Opening, version: string): Promise<void> {
  const onProgress = (read: number, total: number): void => {
    tell({ state: { name, state: 'loading', share: read / total } });
  };
  try {
    const host = new BrowserHost(files, folders);
    const tool = { name: 'traceconv', version };
    const opened = await openViewedRun(name, inputs, host, { ...options, onProgress }, tool);
    prepare(opened.viewed);
    viewed = opened.viewed;
    tell({ state: { name, state: 'ready' } });
  } catch (error) {
    const { what, hint = '' } = failureOf(error);
    tell({ state: { name, state: 'failed', why: what, hint } });
  }
}

async function reply({ id, name, ask }: Extract<WorkerOrder, { id: number }>): Promise<void> {
  try {
    if (viewed === undefined) throw new Error('asked before the run was open');
    const found = await answer(viewed, name, ask);
    tell({ id, answer: found }, buffersOf(found));
  } catch (error) {
    tell({ id, failure: failureOf(error) });
  }
}

function tell(message: WorkerMessage, transfer: ArrayBuffer[] = []): void {
  self.postMessage(message, { transfer });
}

/** Columns are handed over where they have their memory to themselves; views of a run's own columns are copied. */
function buffersOf({ columns }: Answer): ArrayBuffer[] {
  const whole = Object.values(columns).flatMap(({ buffer, byteLength }) =>
    buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [],
  );
  return [...new Set(whole)];
}
